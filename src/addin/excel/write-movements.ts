import type { Movement } from '../../contract/movements';
import type { Language } from '../../language/text';
import { type Block, blocksOf } from '../sync/blocks';
import { CHUNK_BYTES } from '../sync/chunks';
import { movementCells, movementColumns, type MovementField, planMovements } from '../sync/movement-columns';
import { textsIn } from '../texts';
import { growTable } from './grow-table';
import { openOrMakeTable, type TablePlan } from './make-table';
import { bodyCells, columnValues, type OpenTable, openTable } from './open-table';
import { areRowsInPlace } from './rows-in-place';
import { writeAtRest } from './write-at-rest';
import { movementsLink } from './workbook-setting';
import { writeRows } from './write-rows';

export const movementsTable: TablePlan<MovementField> = {
  link: movementsLink,
  sheetName: 'sheet.movements',
  tableName: 'Movements',
  columns: movementColumns,
  needed: ['movement', 'status'],
  frozenColumns: 2,
};

/**
 * Brings the movements sheet up to date with movements of a company: a row per movement, restored ones keep theirs with the new status. Where the planner
 * sorts or deletes rows meanwhile, everything is planned again from the rows as they are, which changes nothing in those
 * already written. Fails with `rowsMoved` when rows never come to rest.
 */
export async function writeMovements(
  context: Excel.RequestContext,
  movements: readonly Movement[],
  company: string,
  language: Language,
  chunkBytes = CHUNK_BYTES,
): Promise<void> {
  if (movements.length === 0) return;
  const open = await openOrMakeTable(context, movementsTable, language);
  await writeAtRest(
    context,
    open,
    () => openOrMakeTable(context, movementsTable, language),
    (found) => writeUntilMoved(context, found, movements, company, language, chunkBytes),
  );
}

/** Writes chunk by chunk as long as the rows stay where they are; answers whether all of them were written. */
async function writeUntilMoved(
  context: Excel.RequestContext,
  open: OpenTable<MovementField>,
  movements: readonly Movement[],
  company: string,
  language: Language,
  chunkBytes: number,
): Promise<boolean> {
  const ids = await readIds(context, open);
  const { update, append } = planMovements(ids, movements, company);
  const filled = fill(update, append.length === 0 ? [] : await freeRows(context, open, ids), append);
  const grown = await growTable(context, open, movementColumns, filled.length - open.rows, language);
  const t = textsIn(language);
  const rows = filled.map((movement) => (movement === null ? null : movementCells(movement, company, t)));
  const isInPlace = ({ first, count }: Block) => {
    const concerned = rows.slice(first, first + count);
    // Rows that are to be filled have no movement yet.
    const found = concerned.map((row, at) => (row === null ? null : (ids[first + at] ?? '')));
    return areRowsInPlace(context, grown, 'movement', first, found);
  };
  return (await writeRows(context, grown, 0, rows, { chunkBytes, isInPlace })) === rows.length;
}

/** Puts the new movements into the free rows first, then below. */
function fill(
  update: readonly (Movement | null)[],
  free: readonly number[],
  append: readonly Movement[],
): (Movement | null)[] {
  const rows = [...update];
  free.slice(0, append.length).forEach((row, at) => (rows[row] = append[at] ?? null));
  return [...rows, ...append.slice(free.length)];
}

/** Rows with nothing in them but formulas: the one a new table has, and those an interrupted writing made room with. */
async function freeRows(
  context: Excel.RequestContext,
  open: OpenTable<MovementField>,
  ids: readonly string[],
): Promise<number[]> {
  const blank = blocksOf(ids.flatMap((id, row) => (id === '' ? [row] : [])));
  if (blank.length === 0) return [];
  const blocks = blank.map(({ first, count }) => {
    const cells = bodyCells(open, first, count, 0, open.headers.length);
    cells.load('formulas');
    return { first, cells };
  });
  await context.sync();
  return blocks.flatMap(({ first, cells }) =>
    cells.formulas.flatMap((row: unknown[], at) =>
      row.every((cell) => cell === '' || String(cell).startsWith('=')) ? [first + at] : [],
    ),
  );
}

async function readIds(context: Excel.RequestContext, open: OpenTable<MovementField>): Promise<string[]> {
  const ids = open.table.columns.getItemAt(open.columns.get('movement') ?? 0).getDataBodyRange();
  ids.load('values');
  await context.sync();
  return columnValues(ids).map(String);
}

/** Brings the movements sheet to the front, if there is one. */
export async function showMovements(context: Excel.RequestContext): Promise<void> {
  const open = await openTable(context, movementsTable.link, movementsTable.needed);
  open?.sheet.activate();
  await context.sync();
}
