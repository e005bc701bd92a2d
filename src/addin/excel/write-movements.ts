import type { Movement } from '../../contract/movements';
import type { Language } from '../../language/text';
import { movementCells, movementColumns, type MovementField, planMovements } from '../sync/movement-columns';
import { textsIn } from '../texts';
import { growTable } from './grow-table';
import { openOrMakeTable, type TablePlan } from './make-table';
import { columnValues, type OpenTable, openTable } from './open-table';
import { withoutFilters } from './without-filters';
import { movementsLink } from './workbook-setting';
import { writeRows } from './write-rows';

const movementsTable: TablePlan<MovementField> = {
  link: movementsLink,
  sheetName: 'sheet.movements',
  tableName: 'Movements',
  columns: movementColumns,
  needed: ['movement', 'status'],
  frozenColumns: 2,
};

/** Brings the movements sheet up to date: a row per movement, restored ones keep theirs with the new status. */
export async function writeMovements(
  context: Excel.RequestContext,
  movements: readonly Movement[],
  language: Language,
): Promise<void> {
  if (movements.length === 0) return;
  const open = await openOrMakeTable(context, movementsTable, language);
  const ids = await readIds(context, open);
  const { update, append } = planMovements(ids, movements);
  const t = textsIn(language);
  await withoutFilters(context, open, async () => {
    // The empty row a new table has is the first to be filled.
    const blank = ids.findIndex((id) => id === '');
    const rows = [...update, ...append];
    const filled = blank >= 0 && append.length > 0 ? fill(update, blank, append) : rows;
    const grown = await growTable(context, open, movementColumns, filled.length - open.rows, language);
    await writeRows(
      context,
      grown,
      0,
      filled.map((movement) => (movement === null ? null : movementCells(movement, t))),
    );
  });
}

function fill(
  update: readonly (Movement | null)[],
  blank: number,
  [first, ...rest]: readonly Movement[],
): (Movement | null)[] {
  return [...update.map((movement, row) => (row === blank ? (first ?? null) : movement)), ...rest];
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
