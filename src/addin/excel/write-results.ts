import type { OrderRow } from '../../contract/orders';
import type { Outcome } from '../../contract/runs';
import type { Language } from '../../language/text';
import type { Formats } from '../../language/formats';
import type { Block } from '../sync/blocks';
import type { DateSystem } from '../sync/cells';
import type { ChangedChoice } from '../sync/changed-elsewhere';
import { cellsOf, orderColumns, type OrderField, type RowCells } from '../sync/columns';
import { otherOrders, planChoice, planPreview, planResults, type ResultRow } from '../sync/plan-results';
import { isPreviewText } from '../sync/preview-text';
import { rowKeyText } from '../sync/row-key';
import { type ChangeCounts, SheetError, type WriteReport } from '../sync/sheet';
import type { WantedCells } from '../sync/wanted';
import { actionNamed, textOf } from '../sync/words';
import { textsIn } from '../texts';
import { growTable } from './grow-table';
import { offerByState } from './offer-by-state';
import { columnValues, isFormula } from './open-table';
import { type OpenOrders, openOrders, orderColumn } from './orders-table';
import { readLongColumn } from './read-in-blocks';
import { areColumnsInPlace, areRowsInPlace } from './rows-in-place';
import { takeRowsOut } from './take-rows-out';
import { writeAtRest } from './write-at-rest';
import { type ChunkedWrite, writeRows } from './write-rows';

export type ResultsWriting = Pick<ChunkedWrite, 'chunkBytes' | 'progress'>;

/** How outcomes are written: `left` are those that are not in the sheet yet. */
type PlanRows = (
  table: readonly ResultRow[],
  left: readonly Outcome[],
  system: DateSystem,
) => (RowCells | null)[];

/**
 * Writes what became of each order into its row: the result, and the order as it is now. The planner may sort or delete
 * rows meanwhile: what is not written by then is planned again from the rows as they are. Fails with `rowsMoved` when they
 * never come to rest; the outcomes are safe in the order book, and the next search shows them.
 */
export async function writeResults(
  context: Excel.RequestContext,
  outcomes: readonly Outcome[],
  company: string,
  language: Language,
  formats: Formats,
  writing: ResultsWriting = {},
): Promise<WriteReport> {
  const t = textsIn(language);
  const plan: PlanRows = (table, left, system) => planResults(table, left, company, t, formats, system);
  const report = await writeOutcomes(context, outcomes, { plan, idOf: byOrder(company), language, writing });
  const others = otherOrders(outcomes, company);
  if (others.size === 0) return report;
  const lost = await writeAtRest(
    context,
    await reopen(context),
    () => reopen(context),
    (open) => addRows(context, open, others, company, language),
  );
  return { ...report, filtersLost: [...report.filtersLost, ...lost] };
}

/**
 * Orders that have no row yet get one below the others: what a release in part has left. Answers whether the table is as it was opened;
 * where it is not, nothing is written.
 */
async function addRows(
  context: Excel.RequestContext,
  open: OpenOrders,
  orders: ReadonlyMap<string, OrderRow>,
  company: string,
  language: Language,
): Promise<boolean> {
  const table = await readTable(context, open);
  if (table === null) return false;
  const there = new Set(table.map(({ key }) => key));
  const missing = [...orders].filter(([key, { state }]) => !there.has(key) && state !== 'historical');
  if (missing.length === 0) return true;
  const grown = await growTable(context, open, orderColumns, missing.length, language);
  const t = textsIn(language);
  const none = Array.from(table, () => null);
  const rows = missing.map(([, order]) => cellsOf(order, company, t, grown.dateSystem));
  await writeRows(context, grown, 0, [...none, ...rows]);
  offerByState(grown, [...table.map(() => null), ...missing.map(([, { state }]) => state)], language);
  return true;
}

/** Writes what a run would do to each order into its row, as `writeResults` does; of the order itself nothing changes. */
export async function writePreview(
  context: Excel.RequestContext,
  outcomes: readonly Outcome[],
  company: string,
  language: Language,
  formats: Formats,
  { changes = new Map(), ...writing }: ResultsWriting & { readonly changes?: ChangeCounts } = {},
): Promise<WriteReport> {
  const t = textsIn(language);
  // All of them each time: what is left out counts as the preview before.
  const plan: PlanRows = (table) => planPreview(table, outcomes, changes, company, t, formats);
  return writeOutcomes(context, outcomes, { plan, idOf: byOrder(company), language, writing });
}

/** Does what the planner chose with the rows of orders that somebody else changed. */
export async function settleChanged(
  context: Excel.RequestContext,
  outcomes: readonly Outcome[],
  choice: ChangedChoice,
  company: string,
  language: Language,
): Promise<WriteReport> {
  if (choice === 'drop') {
    const dropped = new Set(outcomes.map(({ key }) => rowKeyText(key, company)));
    const open = await reopen(context);
    return { kept: 0, filtersLost: await takeRowsOut(context, open, 'key', (key) => dropped.has(key)) };
  }
  const t = textsIn(language);
  const plan: PlanRows = (table, left, system) => planChoice(table, left, choice, company, t, system);
  return writeOutcomes(context, outcomes, { plan, idOf: byOrder(company), language, writing: {} });
}

export interface OutcomesJob {
  readonly plan: PlanRows;
  /** What the key cell of an outcome's row holds when it is written. */
  readonly idOf: (outcome: Outcome) => string;
  readonly language: Language;
  readonly writing: ResultsWriting;
}

function byOrder(company: string) {
  return ({ key }: Outcome): string => rowKeyText(key, company);
}

/** Writes what `plan` makes of outcomes into their rows, as {@link writeResults} does. */
export async function writeOutcomes(
  context: Excel.RequestContext,
  outcomes: readonly Outcome[],
  job: OutcomesJob,
): Promise<WriteReport> {
  const open = await reopen(context);
  let left = outcomes;
  const filtersLost = await writeAtRest(
    context,
    open,
    () => reopen(context),
    async (found) => {
      const rest = await writeUntilMoved(context, found, left, job);
      left = rest ?? [];
      return rest === null;
    },
  );
  return { kept: 0, filtersLost };
}

async function reopen(context: Excel.RequestContext): Promise<OpenOrders> {
  const open = await openOrders(context);
  if (open === null) throw new SheetError('tableGone');
  return open;
}

/**
 * Writes outcomes chunk by chunk as long as the rows stay where they are; answers with the outcomes left over, null when all
 * is written.
 */
async function writeUntilMoved(
  context: Excel.RequestContext,
  open: OpenOrders,
  outcomes: readonly Outcome[],
  { plan, idOf, language, writing }: OutcomesJob,
): Promise<readonly Outcome[] | null> {
  const table = await readTable(context, open);
  if (table === null) return outcomes;
  const rows = plan(table, outcomes, open.dateSystem);
  // The first chunk follows the reading of all keys, so that one chunk needs no further look.
  let justRead = true;
  const isInPlace = ({ first, count }: Block) => {
    if (justRead) {
      justRead = false;
      return Promise.resolve(true);
    }
    const concerned = table.slice(first, first + count);
    const keys = concerned.map(({ key }, row) => (rows[first + row] === null ? null : key));
    return areRowsInPlace(context, open, 'key', first, keys);
  };
  const written = await writeRows(context, open, 0, rows, { ...writing, isInPlace });
  if (written === rows.length) {
    const states = new Map(outcomes.map((outcome) => [idOf(outcome), outcome.order?.state]));
    offerByState(
      open,
      table.map(({ key }) => states.get(key) ?? null),
      language,
    );
    return null;
  }
  const done = new Set(table.slice(0, written).map(({ key }) => key));
  // An order may stand in several rows.
  for (const { key } of table.slice(written)) done.delete(key);
  return outcomes.filter((outcome) => !done.has(idOf(outcome)));
}

/** What the plan needs of every row; null when the table is no longer as it was opened. The keys are those of the last sync. */
export async function readTable(
  context: Excel.RequestContext,
  open: OpenOrders,
): Promise<ResultRow[] | null> {
  const results = await readLongColumn(context, open, 'key', 'result');
  if (results === null) return null;
  const key = orderColumn(open, 'key');
  const action = orderColumn(open, 'action');
  const { columns, autoFilter } = open.table;
  const bodyOf = (field: OrderField) => {
    const at = open.columns.get(field);
    return at === undefined ? undefined : open.table.columns.getItemAt(at).getDataBodyRange();
  };
  const wantedColumns = (['quantity', 'due', 'start', 'loaded'] as const).map(
    (field) => [field, bodyOf(field)] as const,
  );
  for (const [, column] of wantedColumns) column?.load('values');
  key.load('values,rowIndex,columnIndex');
  action.load('values,formulas');
  const priority = bodyOf('priority');
  priority?.load('formulas');
  columns.load('items/name');
  autoFilter.load('isDataFiltered');
  await context.sync();
  const keyColumn = open.firstColumn + (open.columns.get('key') ?? 0);
  const moved =
    autoFilter.isDataFiltered ||
    key.rowIndex !== open.firstRow ||
    key.columnIndex !== keyColumn ||
    !areColumnsInPlace(open, columns);
  const keys = columnValues(key).map(String);
  if (moved || results.keys.some((text, row) => text !== keys[row])) return null;
  const wanted = wantedColumns.map(([field, column]) => [field, column && columnValues(column)] as const);
  const actions = columnValues(action);
  return keys.map((text, row) => ({
    key: text,
    actionIsFormula: isFormula(action.formulas[row]?.[0]),
    priorityIsFormula: isFormula(priority?.formulas[row]?.[0]),
    previewed: isPreviewText(String(results.values[row])),
    wanted:
      actionNamed(textOf(actions[row])) === 'refresh'
        ? // One of each of the fields.
          (Object.fromEntries(wanted.map(([field, values]) => [field, values?.[row] ?? ''])) as WantedCells)
        : null,
  }));
}
