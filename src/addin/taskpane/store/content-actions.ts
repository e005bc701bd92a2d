import type { OrderDetail } from '../../../contract/orders';
import type { Outcome } from '../../../contract/runs';
import { formatsFor } from '../../../language/formats';
import { refusalText } from '../../../language/refusal-text';
import type { OrderKey } from '../../../domain/order';
import { ApiError } from '../../api/errors';
import {
  type ContentCells,
  type ContentChange,
  contentChange,
  contentColumns,
  type ContentField,
  contentKeyOf,
  type ContentRow,
  typedFields,
} from '../../sync/content-rows';
import { textCell } from '../../sync/cells';
import { type ContentSheet, SheetError } from '../../sync/sheet';
import { textsIn } from '../../texts';
import type { PaneContext } from './context';
import type { SelectedOrders } from './selected-order';

export interface ContentActions {
  /** Puts materials and operations of the orders selected in the sheet, or of those marked, into their own sheet, to be edited there. */
  readonly loadContent: () => Promise<void>;
  /** Sends what the planner changed in that sheet, and shows how the orders are scheduled then. */
  readonly applyContent: () => Promise<void>;
}

/** More is not edited by hand. */
const MOST_ORDERS = 100;

type Said = Map<string, { result: string; typed: Partial<ContentCells> }>;

export function contentActions(
  pane: PaneContext,
  { refresh }: Pick<SelectedOrders, 'refresh'>,
): ContentActions {
  const { api, sheet, work, attempts, set } = pane;

  const write = async (orders: readonly OrderDetail[], said: Said) => {
    const [company, zone] = [await pane.company(), await pane.zone()];
    await sheet.writeContent(orders, company, zone, pane.language(), said);
  };
  const read = (keys: readonly OrderKey[]) => Promise.all(keys.map((key) => api.order(key)));

  const chosen = async (): Promise<OrderKey[]> => {
    const company = await pane.company();
    const selected = (await sheet.readSelected()).filter((row) => row.company === company);
    await pane.readMarks();
    const rows = selected.length > 0 ? selected : pane.marked('refresh').going;
    if (rows.length === 0) throw new SheetError('nothingSelected');
    return rows.map(({ key }) => key).slice(0, MOST_ORDERS);
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
  const changedText = () => textsIn(pane.language())('sheet.content.changed');
  const refusedText = (error: ApiError) => {
    const t = textsIn(pane.language());
    const formats = formatsFor(pane.language(), pane.language());
    const refusals = error.problem?.refusals ?? [];
    const reasons = refusals.map((refusal) => refusalText(refusal, t, formats));
    return t('sheet.result.refused', { reason: reasons.join('\n') || (error.problem?.detail ?? error.code) });
  };

  return {
    loadContent: () => work('change', async () => write(await read(await chosen()), new Map())),
    applyContent: () =>
      work('change', async ({ progress }) => {
        const [company, zone] = [await pane.company(), await pane.zone()];
        const content = await sheet.readContent();
        const byOrder = rowsByOrder(content, company);
        const said: Said = new Map();
        const outcomes: Outcome[] = [];
        for (const [at, [key, rows]] of [...byOrder].entries()) {
          progress(at, byOrder.size);
          const order = await api.order(key);
          const edited = editedIn(rows, order, { ...content, zone }, said, textsIn(pane.language()));
          const outcome = await changeOrder(order, edited, said);
          if (outcome !== null) outcomes.push(outcome);
        }
        await write(await read([...byOrder.keys()]), said);
        if (outcomes.length === 0) return;
        set({ preview: null, syncedAt: pane.now() });
        await sheet.writeResults(outcomes, company, pane.language());
        await refresh(outcomes.map(({ key }) => key));
        await pane.readMarks();
      }),
  };
}

function rowsByOrder({ rows }: ContentSheet, company: string): Map<OrderKey, ContentRow[]> {
  const byOrder = new Map<OrderKey, ContentRow[]>();
  for (const row of rows) {
    const key = contentKeyOf(row);
    if (key === null || key.of.company !== company) continue;
    byOrder.set(key.of.order, [...(byOrder.get(key.of.order) ?? []), row]);
  }
  return byOrder;
}

interface Edited {
  readonly row: ContentRow;
  readonly change: ContentChange;
  /** The cells that say it. */
  readonly typed: Partial<ContentCells>;
}

/**
 * The rows of an order that the planner changed; those that cannot be sent are noted in `said`. Of an order that was changed elsewhere
 * nobody can tell what the planner typed: the row stays as it stood, with its version, so that it is refused until it is loaded again.
 */
function editedIn(
  rows: readonly ContentRow[],
  order: OrderDetail,
  words: { readonly zone: string; readonly system: ContentSheet['system'] },
  said: Said,
  t: ReturnType<typeof textsIn>,
): Edited[] {
  return rows.flatMap((row) => {
    const part = contentKeyOf(row);
    const change = part === null ? null : contentChange(row, part, order, words);
    if (part === null || change === null) return [];
    const refuse = (result: string, typed: Partial<ContentCells>) => {
      said.set(String(row.key), { result, typed });
      return [];
    };
    if (row.version !== order.version) return refuse(t('sheet.content.elsewhere'), cellsOf(row, allFields));
    const typed = cellsOf(row, typedFields(row, part, order, words));
    if (!('wrong' in change)) return [{ row, change, typed }];
    const column = contentColumns.find(({ field }) => field === change.wrong)?.header ?? 'column.result';
    return refuse(t('sheet.content.wrong', { column: t(column) }), typed);
  });
}

const allFields = contentColumns.map(({ field }) => field).filter((field) => field !== 'result');

/** Cells of a row, to be written as they stood. */
function cellsOf(row: ContentRow, fields: readonly ContentField[]): Partial<ContentCells> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = row[field];
      return [field, typeof value === 'number' ? value : textCell(String(value))];
    }),
  );
}
