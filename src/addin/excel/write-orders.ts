import type { OrderRow } from '../../contract/orders';
import { daysLate } from '../../domain/lateness';
import { type Formats, formatsFor } from '../../language/formats';
import type { Language } from '../../language/text';
import type { Block } from '../sync/blocks';
import type { DateSystem } from '../sync/cells';
import { lazily } from '../sync/chunks';
import { cellsOf, isPlanners, orderColumns, type RowCells } from '../sync/columns';
import { type ExistingRow, type PlannedRow, planSearch } from '../sync/plan-search';
import { type LeftRow, planStop } from '../sync/plan-stop';
import { keptCells } from '../sync/kept-wanted';
import { rowKeyOf, rowKeyText } from '../sync/row-key';
import type { LoadedSearch, SearchReport, Writing } from '../sync/sheet';
import { textsIn, type Translate } from '../texts';
import { addNewerColumns } from './add-columns';
import { growTable } from './grow-table';
import { macrotask } from './macrotask';
import { openOrMakeTable } from './make-table';
import { offerByState } from './offer-by-state';
import { readRows } from './order-rows';
import { type OpenOrders, ordersTable } from './orders-table';
import { removeRows } from './remove-rows';
import { areRowsInPlace } from './rows-in-place';
import { unpaint } from './unpaint';
import { loadedSearch, queueSetting, workbookCompany } from './workbook-setting';
import { writeAtRest } from './write-at-rest';
import { type ChunkedWrite, writeRows } from './write-rows';

export interface OrdersWriting extends Writing, Pick<ChunkedWrite, 'chunkBytes'> {
  /** How values are written in sentences. Default: as the language does. */
  readonly formats?: Formats;
}

/** One writing of a search result, with what has come of it so far. */
interface Job {
  readonly orders: ReadonlyMap<string, OrderRow>;
  readonly search: LoadedSearch;
  readonly language: Language;
  readonly writing: OrdersWriting;
  /** Keys of the orders whose rows are written. */
  readonly fresh: Set<string>;
  kept: number;
  columnsLeftOut: readonly string[];
  /** What is in the sheet; null as long as nothing was changed. */
  loaded: LoadedSearch | null;
}

/**
 * Puts a search result into the orders table, beside whatever the planner made of it. Where rows move meanwhile, everything is
 * planned again from the rows as they are: a mark or a note must never end up beside another order. Fails with `rowsMoved`
 * when they never come to rest. Where the planner stops it, the table is made whole with what it has by then.
 */
export async function writeOrders(
  context: Excel.RequestContext,
  orders: readonly OrderRow[],
  search: LoadedSearch,
  language: Language,
  writing: OrdersWriting = {},
): Promise<SearchReport> {
  const byKey = new Map(orders.map((order) => [rowKeyText(order.key, search.company), order]));
  const job: Job = {
    ...{ orders: byKey, search, language, writing, fresh: new Set() },
    ...{ kept: 0, columnsLeftOut: [], loaded: null },
  };
  const reopen = () => openOrMakeTable(context, ordersTable, language);
  const open = await reopen();
  const filtersLost = await writeAtRest(context, open, reopen, async (found) => {
    const { open: whole, leftOut } = await addNewerColumns(context, found, ordersTable, language);
    job.columnsLeftOut = leftOut;
    const rows = await readRows(context, whole);
    if (rows === null) return false;
    if (writing.signal?.aborted !== true) return writeUntilMoved(context, whole, rows, job);
    return job.loaded === null || makeWhole(context, whole, rows, job);
  });
  const { kept, columnsLeftOut, loaded } = job;
  const report = { kept, filtersLost, columnsLeftOut, loaded };
  if (loaded === null) return report;
  queueSetting(context, workbookCompany, search.company);
  queueSetting(context, loadedSearch, loaded);
  await context.sync();
  open.sheet.activate();
  // Only to show it: another workbook in front is no reason to call the search failed.
  await context.sync().catch(() => {});
  return report;
}

/** Writes chunk by chunk as long as the rows stay where they are; answers whether all of them were written. */
async function writeUntilMoved(
  context: Excel.RequestContext,
  open: OpenOrders,
  table: readonly ExistingRow[],
  job: Job,
): Promise<boolean> {
  const { search, language, fresh } = job;
  await macrotask();
  const plan = planSearch(table, [...job.orders.values()], search.company);
  job.kept = plan.rows.filter(isKept).length;
  job.loaded = search;
  unpaint(open, plan.reused);
  const shrunk = await removeRows(context, open, plan.remove);
  const grown = await growTable(context, shrunk, orderColumns, plan.rows.length - plan.existing, language);
  const t = textsIn(language);
  const formats = job.writing.formats ?? formatsFor(language, language);
  const rows = lazily(plan.rows, (row) => cellsOfRow(row, search, t, formats, grown.dateSystem));
  const keys = plan.rows.map((_row, at) => plan.standing[at] ?? '');
  const onWritten = ({ first, count }: Block) => {
    for (const row of plan.rows.slice(first, first + count))
      if ('order' in row) fresh.add(rowKeyText(row.order.key, search.company));
  };
  const guard = { isInPlace: inPlace(context, grown, keys), onWritten };
  if ((await writeRows(context, grown, 0, rows, { ...job.writing, ...guard })) < rows.length) return false;
  offerByState(
    grown,
    plan.rows.map((row) => ('order' in row ? row.order.state : null)),
    language,
  );
  return true;
}

/** Ends a writing that was stopped; answers whether the rows stayed where they are meanwhile. */
async function makeWhole(
  context: Excel.RequestContext,
  open: OpenOrders,
  table: readonly ExistingRow[],
  job: Job,
): Promise<boolean> {
  const { orders, fresh, search, language } = job;
  const plan = planStop(table, new Set(orders.keys()), fresh);
  unpaint(open, plan.emptied);
  const left = await removeRows(context, open, plan.remove);
  const t = textsIn(language);
  const rows = plan.rows.map((row) => (row === null ? null : cellsOfLeftRow(row, t)));
  const isInPlace = inPlace(context, left, plan.standing);
  const written = await writeRows(context, left, 0, rows, { ...job.writing, signal: undefined, isInPlace });
  if (written < rows.length) return false;
  const states = plan.standing.map((key) => (fresh.has(key) ? (orders.get(key)?.state ?? null) : null));
  offerByState(left, states, language);
  job.kept = plan.rows.filter((row) => row === 'notFound').length;
  job.loaded = { ...search, written: new Set(plan.standing.filter((key) => fresh.has(key))).size };
  return true;
}

function inPlace(context: Excel.RequestContext, open: OpenOrders, keys: readonly string[]) {
  return ({ first, count }: Block) =>
    areRowsInPlace(context, open, 'key', first, keys.slice(first, first + count));
}

function isKept(row: PlannedRow): boolean {
  return 'kept' in row && (row.kept.marked || row.kept.typed);
}

function cellsOfRow(
  row: PlannedRow,
  { company, today }: LoadedSearch,
  t: Translate,
  formats: Formats,
  system: DateSystem,
): RowCells {
  if ('order' in row) {
    const late = today === undefined ? '' : daysLate(row.order, today);
    const { materialStatus } = row.order;
    const materials = materialStatus === undefined ? '' : t(`materials.${materialStatus}`);
    return {
      ...{ ...cellsOf(row.order, company, t, system), late, materials, result: '' },
      ...keptCells(row.order, row.wanted ?? null, t, formats, system),
    };
  }
  if (rowKeyOf(row.kept.key) !== null) return cellsOfLeftRow(isKept(row) ? 'notFound' : 'empty', t);
  // A row of the planner's own is theirs altogether.
  return {};
}

function cellsOfLeftRow(row: LeftRow, t: Translate): RowCells {
  if (row === 'empty') return emptyRow();
  return { result: t(row === 'stale' ? 'sheet.notRefreshed' : 'sheet.notInSearch') };
}

/** The one row a table without orders still has. Nothing is typed there, so what the planner's cells may hold is formulas. */
function emptyRow(): RowCells {
  const fields = orderColumns.flatMap(({ field, kind }) => (isPlanners(kind) ? [] : [field]));
  return Object.fromEntries(fields.map((field) => [field, '']));
}
