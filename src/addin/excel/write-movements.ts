import type { Movement } from '../../contract/movements';
import type { Language } from '../../language/text';
import { type Block, blocksOf } from '../sync/blocks';
import { movementCells, movementColumns, type MovementField } from '../sync/movement-columns';
import { planMovements, planMovementSearch } from '../sync/plan-movements';
import type { FoundReport } from '../sync/sheet';
import { textsIn } from '../texts';
import { addNewerColumns } from './add-columns';
import { growTable } from './grow-table';
import { openOrMakeTable, type TablePlan } from './make-table';
import { bodyCells, isFormula, type OpenTable, openTable } from './open-table';
import { removeRows } from './remove-rows';
import { areRowsInPlace } from './rows-in-place';
import { readTypedRows } from './typed-rows';
import { writeAtRest } from './write-at-rest';
import { movementsLink } from './workbook-setting';
import { type ChunkedWrite, writeRows } from './write-rows';

export type MovementsWriting = Pick<ChunkedWrite, 'chunkBytes' | 'progress'>;

export const movementsTable: TablePlan<MovementField> = {
  link: movementsLink,
  sheetName: 'sheet.movements',
  tableName: 'Movements',
  columns: movementColumns,
  needed: ['movement', 'status'],
  frozenColumns: 2,
};

/**
 * Brings the movements sheet up to date with movements of a company: a row per movement, restored ones keep theirs with the new
 * status. Fails with `rowsMoved` when rows never come to rest.
 */
export async function writeMovements(
  context: Excel.RequestContext,
  movements: readonly Movement[],
  company: string,
  language: Language,
  writing: MovementsWriting = {},
): Promise<void> {
  if (movements.length === 0) return;
  await writeTable(context, language, writing, company, async (open) => {
    const read = await readTypedRows(context, open, 'movement');
    if (read === null) return null;
    const { update, append } = planMovements(read.keys, movements, company);
    return { open, rows: update, standing: read.keys, append };
  });
}

/**
 * Puts the result of a search for movements in place of what the sheet shows, but for rows the planner typed into, and brings
 * the sheet to the front. Fails as {@link writeMovements} does.
 */
export async function writeFoundMovements(
  context: Excel.RequestContext,
  found: readonly Movement[],
  company: string,
  language: Language,
  writing: MovementsWriting = {},
): Promise<FoundReport> {
  let kept = 0;
  const report = await writeTable(context, language, writing, company, async (open) => {
    const read = await readTypedRows(context, open, 'movement');
    if (read === null) return null;
    const rows = read.keys.map((id, row) => ({ id, typed: read.typed[row] === true }));
    const plan = planMovementSearch(rows, found, company);
    kept = plan.kept;
    return { ...plan, open: await removeRows(context, open, plan.remove) };
  });
  // Only to show it: another workbook in front is no reason to call the search failed.
  await showMovements(context).catch(() => {});
  return { kept, ...report };
}

/** What is to be in the table: rows that are there, by the ids they carry until they are written, and movements to add. */
interface TablePlanned {
  readonly open: OpenMovements;
  readonly rows: readonly (Movement | 'blank' | null)[];
  readonly standing: readonly string[];
  readonly append: readonly Movement[];
}

type OpenMovements = OpenTable<MovementField>;

/**
 * Writes what is planned; `plan` says null when rows moved while it read them. Where the planner sorts or deletes rows meanwhile, everything
 * is planned again from the rows as they are, which changes nothing in those already written.
 */
async function writeTable(
  context: Excel.RequestContext,
  language: Language,
  writing: MovementsWriting,
  company: string,
  plan: (open: OpenMovements) => Promise<TablePlanned | null>,
): Promise<Pick<FoundReport, 'filtersLost' | 'columnsLeftOut'>> {
  const reopen = () => openOrMakeTable(context, movementsTable, language);
  let columnsLeftOut: readonly string[] = [];
  const filtersLost = await writeAtRest(context, await reopen(), reopen, async (found) => {
    const { open, leftOut } = await addNewerColumns(context, found, movementsTable, language);
    columnsLeftOut = leftOut;
    const planned = await plan(open);
    return planned !== null && writeUntilMoved(context, planned, company, language, writing);
  });
  return { filtersLost, columnsLeftOut };
}

/** Writes chunk by chunk as long as the rows stay where they are; answers whether all of them were written. */
async function writeUntilMoved(
  context: Excel.RequestContext,
  { open, rows: planned, standing, append }: TablePlanned,
  company: string,
  language: Language,
  writing: MovementsWriting,
): Promise<boolean> {
  const filled = fill(planned, append.length === 0 ? [] : await freeRows(context, open, standing), append);
  const grown = await growTable(context, open, movementColumns, filled.length - open.rows, language);
  const t = textsIn(language);
  const rows = filled.map((row) =>
    row === null ? null : row === 'blank' ? blankCells : movementCells(row, company, t, grown.dateSystem),
  );
  const isInPlace = ({ first, count }: Block) => {
    const concerned = rows.slice(first, first + count);
    // Rows that are to be filled have no movement yet.
    const ids = concerned.map((row, at) => (row === null ? null : (standing[first + at] ?? '')));
    return areRowsInPlace(context, grown, 'movement', first, ids);
  };
  return (await writeRows(context, grown, 0, rows, { ...writing, isInPlace })) === rows.length;
}

const blankCells = Object.fromEntries(movementColumns.map(({ field }) => [field, '']));

/** Puts the new movements into the free rows first, then below. */
function fill<Row>(
  rows: readonly (Row | null)[],
  free: readonly number[],
  append: readonly Row[],
): (Row | null)[] {
  const filled = [...rows];
  free.slice(0, append.length).forEach((row, at) => (filled[row] = append[at] ?? null));
  return [...filled, ...append.slice(free.length)];
}

/** Rows with nothing in them but formulas: the one a new table has, and those an interrupted writing made room with. */
async function freeRows(
  context: Excel.RequestContext,
  open: OpenMovements,
  ids: readonly string[],
): Promise<number[]> {
  const blank = blocksOf(ids.flatMap((id, row) => (id === '' ? [row] : [])));
  if (blank.length === 0) return [];
  const blocks = blank.map(({ first, count }) => {
    const cells = bodyCells(open, first, count, 0, open.headers.length);
    cells.load('formulas,values');
    return { first, cells };
  });
  await context.sync();
  return blocks.flatMap(({ first, cells }) =>
    cells.formulas.flatMap((row: unknown[], at) =>
      row.every((cell, of) => cell === '' || isFormula(cell, cells.values[at]?.[of])) ? [first + at] : [],
    ),
  );
}

/**
 * Leaves only rows of this item, as the sheet names it, in view; null takes the filter of that column off. Nothing happens where there is
 * no such table or column.
 */
export async function filterMovements(context: Excel.RequestContext, item: string | null): Promise<void> {
  const open = await openTable(context, movementsTable.link, movementsTable.needed);
  const at = open?.columns.get('item');
  if (open === null || at === undefined) return;
  const { filter } = open.table.columns.getItemAt(at);
  if (item === null) filter.clear();
  else filter.applyValuesFilter([item]);
  open.sheet.activate();
  await context.sync();
}

/** Brings the movements sheet to the front, if there is one. */
export async function showMovements(context: Excel.RequestContext): Promise<void> {
  const open = await openTable(context, movementsTable.link, movementsTable.needed);
  open?.sheet.activate();
  await context.sync();
}
