import type { Language } from '../../language/text';
import { type Column, type ColumnKind, formatOf } from '../sync/columns';
import { SheetError } from '../sync/sheet';
import { textsIn } from '../texts';
import { bodyCells, type OpenTable } from './open-table';
import { helpTyping } from './table-looks';

/**
 * Makes room for `count` rows below the table and takes them in: whatever stands there is pushed down first, formats come
 * before values, and the row count is checked, because Excel may take in fewer rows than asked. Numbers and days look as those of
 * the first row do, which the planner may have formatted.
 */
export async function growTable<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  columns: readonly Column<Field>[],
  count: number,
  language: Language,
): Promise<OpenTable<Field>> {
  if (count === 0) return open;
  const width = open.headers.length;
  const below = bodyCells(open, open.rows, count, 0, width);
  const inTheWay = below.getUsedRangeOrNullObject(true);
  inTheWay.load('address');
  const top = bodyCells(open, 0, 1, 0, width);
  top.load('numberFormat');
  await context.sync();
  if (!inTheWay.isNullObject) below.insert(Excel.InsertShiftDirection.down);
  for (const { field, kind } of columns) {
    const at = open.columns.get(field);
    if (at === undefined) continue;
    const cells = bodyCells(open, open.rows, count, at, 1);
    // A single format stands for all cells; the typings know only the array.
    cells.numberFormat = chosen(kind, top.numberFormat[0]?.[at], language) as unknown as string[][];
    helpTyping(cells, kind, textsIn(language));
  }
  const rows = open.rows + count;
  open.table.resize(bodyCells(open, -1, rows + 1, 0, width));
  const body = open.table.getDataBodyRange();
  body.load('rowCount');
  await context.sync();
  if (body.rowCount !== rows) throw new SheetError('notAllWritten', `${body.rowCount}/${rows}`);
  return { ...open, rows };
}

/** The format the planner chose, unless it would make text of numbers, numbers of text, or nothing of days. */
function chosen(kind: ColumnKind, theirs: unknown, language: Language): string {
  const ours = formatOf(kind, language);
  return ours === '@' || typeof theirs !== 'string' || ['@', 'General'].includes(theirs) ? ours : theirs;
}
