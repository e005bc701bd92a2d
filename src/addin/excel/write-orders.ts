import type { OrderRow } from '../../contract/orders';
import { daysLate } from '../../domain/lateness';
import type { Language } from '../../language/text';
import type { Block } from '../sync/blocks';
import { CHUNK_BYTES } from '../sync/chunks';
import { cellsOf, isPlanners, orderColumns, type RowCells } from '../sync/columns';
import { type ExistingRow, type PlannedRow, planSearch, type SearchPlan } from '../sync/plan-search';
import { markText } from '../sync/read-marks';
import type { LoadedSearch, WriteReport } from '../sync/sheet';
import { textsIn, type Translate } from '../texts';
import { growTable } from './grow-table';
import { openOrMakeTable } from './make-table';
import { offerByState } from './offer-by-state';
import { bodyCells, columnValues, isFormula } from './open-table';
import { type OpenOrders, orderColumn, ordersTable } from './orders-table';
import { areRowsInPlace } from './rows-in-place';
import { loadedSearch, queueSetting, workbookCompany } from './workbook-setting';
import { writeAtRest } from './write-at-rest';
import { writeRows } from './write-rows';

/**
 * Puts a search result into the orders table, beside whatever the planner made of it. Where rows move meanwhile, everything is
 * planned again from the rows as they are: a mark or a note must never end up beside another order. Fails with `rowsMoved`
 * when they never come to rest.
 */
export async function writeOrders(
  context: Excel.RequestContext,
  orders: readonly OrderRow[],
  search: LoadedSearch,
  language: Language,
  chunkBytes = CHUNK_BYTES,
): Promise<WriteReport> {
  const reopen = () => openOrMakeTable(context, ordersTable, language);
  const open = await reopen();
  let kept = 0;
  const filtersLost = await writeAtRest(context, open, reopen, async (found) => {
    const plan = planSearch(await readRows(context, found), orders, search.company);
    kept = plan.rows.filter(isKept).length;
    return writeUntilMoved(context, found, plan, search, language, chunkBytes);
  });
  queueSetting(context, workbookCompany, search.company);
  queueSetting(context, loadedSearch, search);
  await context.sync();
  open.sheet.activate();
  // Only to show it: another workbook in front is no reason to call the search failed.
  await context.sync().catch(() => {});
  return { kept, filtersLost };
}

/** Writes chunk by chunk as long as the rows stay where they are; answers whether all of them were written. */
async function writeUntilMoved(
  context: Excel.RequestContext,
  open: OpenOrders,
  plan: SearchPlan,
  search: LoadedSearch,
  language: Language,
  chunkBytes: number,
): Promise<boolean> {
  const shrunk = await removeRows(context, open, plan);
  const grown = await growTable(context, shrunk, orderColumns, plan.rows.length - plan.existing, language);
  const t = textsIn(language);
  const rows = plan.rows.map((row) => cellsOfRow(row, search, t));
  const isInPlace = ({ first, count }: Block) => {
    const keys = rows.slice(first, first + count).map((_row, at) => plan.standing[first + at] ?? '');
    return areRowsInPlace(context, grown, 'key', first, keys);
  };
  if ((await writeRows(context, grown, 0, rows, { chunkBytes, isInPlace })) < rows.length) return false;
  offerByState(
    grown,
    plan.rows.map((row) => ('order' in row ? row.order.state : null)),
    language,
  );
  return true;
}

function isKept(row: PlannedRow): boolean {
  return 'kept' in row && (row.kept.marked || row.kept.typed);
}

function cellsOfRow(row: PlannedRow, { company, today }: LoadedSearch, t: Translate): RowCells {
  if ('order' in row) {
    const late = today === undefined ? '' : daysLate(row.order, today);
    const { materialStatus } = row.order;
    const materials = materialStatus === undefined ? '' : t(`materials.${materialStatus}`);
    return { ...cellsOf(row.order, company, t), late, materials, result: '' };
  }
  if (row.kept.key !== '')
    return row.kept.marked || row.kept.typed ? { result: t('sheet.notInSearch') } : emptyRow();
  // A row of the planner's own is theirs altogether.
  return {};
}

/** The one row a table without orders still has. Nothing is typed there, so what the planner's cells may hold is formulas. */
function emptyRow(): RowCells {
  const fields = orderColumns.flatMap(({ field, kind }) => (isPlanners(kind) ? [] : [field]));
  return Object.fromEntries(fields.map((field) => [field, '']));
}

async function readRows(context: Excel.RequestContext, open: OpenOrders): Promise<ExistingRow[]> {
  const key = orderColumn(open, 'key');
  const action = orderColumn(open, 'action');
  const order = orderColumn(open, 'order');
  const state = orderColumn(open, 'state');
  const ours = new Set([...open.columns].flatMap(([field, at]) => (field === 'priority' ? [] : [at])));
  const own = open.headers.flatMap((_header, at) =>
    ours.has(at) ? [] : [open.table.columns.getItemAt(at).getDataBodyRange()],
  );
  key.load('values');
  action.load('values,formulas');
  order.load('values');
  state.load('values');
  for (const column of own) column.load('formulas');
  await context.sync();
  const keys = columnValues(key);
  const actions = columnValues(action);
  const shown = columnValues(order);
  const states = columnValues(state);
  return keys.map((text, row) => ({
    key: String(text),
    marked:
      markText({
        action: actions[row],
        computed: isFormula(action.formulas[row]?.[0]),
        state: states[row],
      }) !== '',
    typed:
      own.some((column) => isTyped(column.formulas[row]?.[0])) ||
      (String(text) === '' && String(shown[row]) !== ''),
  }));
}

function isTyped(formula: unknown): boolean {
  return formula !== undefined && formula !== '' && !isFormula(formula);
}

async function removeRows(
  context: Excel.RequestContext,
  open: OpenOrders,
  plan: SearchPlan,
): Promise<OpenOrders> {
  if (plan.remove.length === 0) return open;
  for (const { first, count } of plan.remove) {
    bodyCells(open, first, count, 0, open.headers.length).delete(Excel.DeleteShiftDirection.up);
  }
  context.application.suspendScreenUpdatingUntilNextSync();
  await context.sync();
  return { ...open, rows: plan.existing };
}
