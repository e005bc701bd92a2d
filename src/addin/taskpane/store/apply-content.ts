import type { OrderDetail } from '../../../contract/orders';
import type { Outcome } from '../../../contract/runs';
import { formatsFor } from '../../../language/formats';
import { refusalText } from '../../../language/refusal-text';
import type { OrderKey } from '../../../domain/order';
import { ApiError } from '../../api/errors';
import { MOST_ORDERS_READ } from '../../api/order-book';
import { allFields, cellsOf, type Edited, editsIn, type Stale, typedOrders } from '../../sync/content-edits';
import { contentColumns, type ContentField, type ContentRow } from '../../sync/content-rows';
import type { AppliedContent } from '../../sync/plan-content';
import type { ContentSheet } from '../../sync/sheet';
import { textsIn } from '../../texts';
import type { Job, PaneContext } from './context';
import type { AppliedCounts } from './state';

/** Filled while changes are sent, so that it says what was done also where that fails. */
export interface Applied extends AppliedContent {
  readonly orders: OrderDetail[];
  readonly rows: Map<string, NonNullable<ReturnType<AppliedContent['rows']['get']>>>;
  readonly absent: Map<OrderKey, string>;
  readonly counts: { -readonly [Count in keyof AppliedCounts]: AppliedCounts[Count] };
  /** The last of each order that was changed. */
  readonly outcomes: Map<OrderKey, Outcome>;
}

type OrderRows = readonly [OrderKey, readonly ContentRow[]];

/** An order as it was read, with those of its rows that show an earlier one. */
interface StaleOrder {
  readonly order: OrderDetail;
  readonly rows: readonly Stale[];
}

/** Why a row of an order that was changed after it was loaded is refused, without and with who changed it. */
const staleTexts = {
  elsewhere: { unknown: 'sheet.content.elsewhere', known: 'sheet.content.elsewhere.by' },
  gone: { unknown: 'sheet.content.gone', known: 'sheet.content.gone.by' },
} as const;

/** How changes that were typed into the sheet are sent. */
export function contentApplier(pane: PaneContext) {
  const { api, attempts, get } = pane;
  const texts = () => textsIn(pane.language());
  const formats = () => formatsFor(pane.language(), pane.language());

  /** Sends the changes of one order, one after the other, and notes what became of each. */
  const changeOrder = async (order: OrderDetail, edited: readonly Edited[], applied: Applied) => {
    let { version } = order;
    for (const { row, change, typed } of edited) {
      const attempt = `${order.key} ${version} ${JSON.stringify(change)}`;
      try {
        const { outcomes } = await api.changeContent(order.key, version, change, attempts.keyFor(attempt));
        attempts.settled(attempt);
        const [outcome] = outcomes;
        if (outcome !== undefined) applied.outcomes.set(order.key, outcome);
        version = outcome?.order?.version ?? version;
        applied.rows.set(String(row.key), { result: texts()('sheet.content.changed'), typed: {} });
        applied.counts.changedRows++;
      } catch (error) {
        if (!(error instanceof ApiError) || error.undecided) throw error;
        attempts.settled(attempt);
        refuse(applied, row, refusedText(error), typed);
      }
    }
  };

  /** Who changed these orders after the versions that their rows show, and when, as far as that is known. Nothing is written. */
  const changedBy = async (stale: readonly StaleOrder[]) => {
    const orders = stale.flatMap(({ order: { key }, rows: [first] }) => {
      const version = first?.row.version;
      return typeof version === 'number' && Number.isInteger(version) && version >= 0
        ? [{ key, version }]
        : [];
    });
    if (orders.length === 0) return new Map<OrderKey, undefined>();
    const { outcomes } = await api.preview(
      { command: 'refresh', orders, ...get().refreshOptions },
      new AbortController().signal,
    );
    return new Map(
      outcomes.map(({ key, refusals }) => [key, refusals.find(({ code }) => code === 'REF-15')?.params]),
    );
  };

  /**
   * Notes what was typed into rows of orders that were changed after they were loaded. They stay as they stood, with their version, so
   * that they are refused until they are loaded again.
   */
  const refuseStale = async (stale: readonly StaleOrder[], applied: Applied) => {
    const by = await changedBy(stale);
    for (const { order, rows } of stale) {
      const { user, at } = by.get(order.key) ?? {};
      for (const { row, gone } of rows) {
        const { unknown, known } = staleTexts[gone ? 'gone' : 'elsewhere'];
        const result = user && at ? texts()(known, { user, at: formats().moment(at) }) : texts()(unknown);
        refuse(applied, row, result, cellsOf(row, allFields));
      }
    }
  };

  const refuse = (applied: Applied, row: ContentRow, result: string, typed: Edited['typed']) => {
    applied.rows.set(String(row.key), { result, typed });
    applied.counts.refusedRows++;
  };
  /** Passes over an order whose changes were not sent, or that is not there. */
  const pass = (applied: Applied, key: OrderKey, why: 'notSent' | 'absent') => {
    applied.absent.set(key, texts()(`sheet.content.${why}`));
    applied.counts[why === 'absent' ? 'refusedRows' : 'ordersLeft']++;
  };
  const wrongText = (field: ContentField) => {
    const column = contentColumns.find((each) => each.field === field)?.header ?? 'column.result';
    return texts()('sheet.content.wrong', { column: texts()(column) });
  };
  const refusedText = ({ problem, code }: ApiError) => {
    const reasons = (problem?.refusals ?? []).map((refusal) => refusalText(refusal, texts(), formats()));
    return texts()('sheet.result.refused', { reason: reasons.join('\n') || (problem?.detail ?? code) });
  };

  /** Sends what was typed into the rows of some orders, and reads those that it changed anew. */
  const applySome = async (
    some: readonly OrderRows[],
    words: Parameters<typeof editsIn>[2],
    applied: Applied,
    { signal, progress }: { readonly signal: AbortSignal; readonly progress: (done: number) => void },
  ) => {
    const read = await api.ordersWhole(some.map(([key]) => key));
    const found = new Map(read.map((order) => [order.key, order]));
    const stale: StaleOrder[] = [];
    for (const [at, [key, rows]] of some.entries()) {
      progress(at);
      const order = found.get(key);
      if (signal.aborted || order === undefined) {
        found.delete(key);
        pass(applied, key, order === undefined ? 'absent' : 'notSent');
        continue;
      }
      const edits = editsIn(rows, order, words);
      for (const { row, wrong, typed } of edits.wrong) refuse(applied, row, wrongText(wrong), typed);
      if (edits.stale.length > 0) stale.push({ order, rows: edits.stale });
      await changeOrder(order, edits.edited, applied);
    }
    if (stale.length > 0) await refuseStale(stale, applied);
    const changed = [...found.keys()].filter((key) => applied.outcomes.has(key));
    const anew = changed.length === 0 ? [] : await api.ordersWhole(changed);
    applied.orders.push(...new Map([...found, ...anew.map((order) => [order.key, order] as const)]).values());
  };

  /** Sends what was typed into the rows of a company's orders; where the planner cancels, the orders left over say so. */
  return async (
    content: ContentSheet,
    company: string,
    zone: string,
    applied: Applied,
    { signal, progress }: Pick<Job, 'signal' | 'progress'>,
  ): Promise<void> => {
    const typed = [...typedOrders(content, company, zone)];
    const words = { zone, system: content.system };
    for (let first = 0; first < typed.length; first += MOST_ORDERS_READ) {
      const some = typed.slice(first, first + MOST_ORDERS_READ);
      if (signal.aborted) {
        for (const [key] of some) pass(applied, key, 'notSent');
        continue;
      }
      const done = (at: number) => progress(first + at, typed.length);
      await applySome(some, words, applied, { signal, progress: done });
    }
  };
}
