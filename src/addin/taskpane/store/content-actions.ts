import type { OrderDetail } from '../../../contract/orders';
import type { Outcome } from '../../../contract/runs';
import { formatsFor } from '../../../language/formats';
import { refusalText } from '../../../language/refusal-text';
import type { OrderKey } from '../../../domain/order';
import { ApiError } from '../../api/errors';
import { allFields, cellsOf, type Edited, editsIn, rowsByOrder, type Stale } from '../../sync/content-edits';
import { contentColumns, type ContentField, type ContentTexts } from '../../sync/content-rows';
import { mostContentRows } from '../../sync/most-rows';
import { SheetError, type Writing } from '../../sync/sheet';
import { textsIn } from '../../texts';
import type { PaneContext } from './context';
import type { SelectedOrders } from './selected-order';

export interface ContentActions {
  /** Puts materials and operations of the orders selected in the sheet, or of those marked, into their own sheet, to be edited there. */
  readonly loadContent: () => Promise<void>;
  /** Sends what the planner changed in that sheet, and shows how the orders are scheduled then. */
  readonly applyContent: () => Promise<void>;
}

/** As many as a browser asks one place for. */
const ASKED_AT_ONCE = 6;

/** Why a row of an order that was changed after it was loaded is refused, without and with who changed it. */
const staleTexts = {
  elsewhere: { unknown: 'sheet.content.elsewhere', known: 'sheet.content.elsewhere.by' },
  gone: { unknown: 'sheet.content.gone', known: 'sheet.content.gone.by' },
} as const;

type Said = Map<string, NonNullable<ReturnType<ContentTexts['get']>>>;

export function contentActions(
  pane: PaneContext,
  { refresh }: Pick<SelectedOrders, 'refresh'>,
): ContentActions {
  const { api, sheet, work, attempts, get, set } = pane;

  const write = async (orders: readonly OrderDetail[], said: Said, writing: Writing) => {
    const [company, zone] = [await pane.company(), await pane.zone()];
    await sheet.writeContent(orders, company, zone, pane.language(), said, writing);
  };
  /** Stops where `signal` does. */
  const read = async (keys: readonly OrderKey[], { progress, signal }: Writing, most = Infinity) => {
    const orders: OrderDetail[] = [];
    while (orders.length < keys.length && signal?.aborted !== true) {
      progress?.(orders.length, keys.length);
      const next = keys.slice(orders.length, orders.length + ASKED_AT_ONCE);
      orders.push(...(await Promise.all(next.map((key) => api.order(key)))));
      const rows = orders.reduce(
        (sum, { materials, operations }) => sum + materials.length + operations.length,
        0,
      );
      if (rows > most) throw new SheetError('tooManyRows', String(most));
    }
    return orders;
  };

  const chosen = async (): Promise<OrderKey[]> => {
    const company = await pane.company();
    const selected = (await sheet.readSelected()).filter((row) => row.company === company);
    await pane.readMarks();
    const rows = selected.length > 0 ? selected : pane.marked('refresh').going;
    if (rows.length === 0) throw new SheetError('nothingSelected');
    return rows.map(({ key }) => key);
  };

  /** Sends the changes of one order, one after the other, and notes what became of each. Answers with the last outcome. */
  const changeOrder = async (order: OrderDetail, edited: readonly Edited[], said: Said) => {
    let last: Outcome | null = null;
    let { version } = order;
    for (const { row, change, typed } of edited) {
      const attempt = `${order.key} ${version} ${JSON.stringify(change)}`;
      try {
        const { outcomes } = await api.changeContent(order.key, version, change, attempts.keyFor(attempt));
        attempts.settled(attempt);
        last = outcomes[0] ?? last;
        version = last?.order?.version ?? version;
        said.set(String(row.key), { result: changedText(), typed: {} });
      } catch (error) {
        if (!(error instanceof ApiError) || error.undecided) throw error;
        attempts.settled(attempt);
        said.set(String(row.key), { result: refusedText(error), typed });
      }
    }
    return last;
  };

  /** Who changed an order after the version that its rows show, and when; null where nobody knows. Nothing is written. */
  const changedBy = async ({ key }: OrderDetail, version: unknown) => {
    if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) return null;
    const { outcomes } = await api.preview(
      { command: 'refresh', orders: [{ key, version }], ...get().refreshOptions },
      new AbortController().signal,
    );
    const stale = outcomes[0]?.refusals.find(({ code }) => code === 'REF-15');
    const { user, at } = stale?.params ?? {};
    return user && at ? { user, at } : null;
  };

  /**
   * Notes what was typed into rows of an order that was changed after they were loaded. They stay as they stood, with their version, so
   * that they are refused until they are loaded again.
   */
  const refuseStale = async (order: OrderDetail, stale: readonly Stale[], said: Said) => {
    const by = await changedBy(order, stale[0]?.row.version);
    const t = textsIn(pane.language());
    const formats = formatsFor(pane.language(), pane.language());
    for (const { row, gone } of stale) {
      const { unknown, known } = staleTexts[gone ? 'gone' : 'elsewhere'];
      const result = by === null ? t(unknown) : t(known, { user: by.user, at: formats.moment(by.at) });
      said.set(String(row.key), { result, typed: cellsOf(row, allFields) });
    }
  };

  const changedText = () => textsIn(pane.language())('sheet.content.changed');
  const wrongText = (field: ContentField) => {
    const t = textsIn(pane.language());
    const column = contentColumns.find((each) => each.field === field)?.header ?? 'column.result';
    return t('sheet.content.wrong', { column: t(column) });
  };
  const refusedText = (error: ApiError) => {
    const t = textsIn(pane.language());
    const formats = formatsFor(pane.language(), pane.language());
    const refusals = error.problem?.refusals ?? [];
    const reasons = refusals.map((refusal) => refusalText(refusal, t, formats));
    return t('sheet.result.refused', { reason: reasons.join('\n') || (error.problem?.detail ?? error.code) });
  };

  return {
    loadContent: () =>
      work(
        'content',
        async ({ signal, progress, writing }) => {
          const orders = await read(await chosen(), { signal, progress }, mostContentRows);
          if (!signal.aborted) await write(orders, new Map(), writing);
        },
        true,
      ),
    applyContent: () =>
      work('change', async ({ progress, writingAll }) => {
        const [company, zone] = [await pane.company(), await pane.zone()];
        const content = await sheet.readContent();
        const byOrder = rowsByOrder(content, company);
        const said: Said = new Map();
        const outcomes: Outcome[] = [];
        for (const [at, [key, rows]] of [...byOrder].entries()) {
          progress(at, byOrder.size);
          const order = await api.order(key);
          const read = editsIn(rows, order, { ...content, zone });
          for (const { row, wrong, typed } of read.wrong)
            said.set(String(row.key), { result: wrongText(wrong), typed });
          if (read.stale.length > 0) await refuseStale(order, read.stale, said);
          const outcome = await changeOrder(order, read.edited, said);
          if (outcome !== null) outcomes.push(outcome);
        }
        await write(await read([...byOrder.keys()], {}), said, writingAll);
        if (outcomes.length === 0) return;
        set({ preview: null, syncedAt: pane.now() });
        await sheet.writeResults(outcomes, company, pane.language());
        await refresh(outcomes.map(({ key }) => key));
        await pane.readMarks();
      }),
  };
}
