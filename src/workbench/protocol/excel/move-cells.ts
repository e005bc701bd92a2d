import {
  type Area,
  SHEET_COLUMNS,
  SHEET_ROWS,
  between,
  intersect,
  lastColumn,
  lastRow,
} from '../../engine/area';
import type { Sheet } from '../../engine/workbook';
import { invalidArgument, invalidOperation, notImplemented } from '../errors';
import type { ExcelContext } from './context';

/**
 * `Range.insert` and `Range.delete`. Whole rows and columns move as such. A part of a row moves like the whole row when
 * nothing else stands in it, which is what a sheet with one table looks like; anything else is not modelled.
 */
export function insertCells(sheet: Sheet, area: Area, shift: unknown): void {
  if (shift !== 'Down' && shift !== 'Right') throw invalidArgument('shift must be Down or Right.');
  if (shift === 'Down') {
    demandAlone(sheet, area, 'rows', 'Range.insert');
    sheet.insertRows(area.row, area.rows);
  } else {
    demandAlone(sheet, area, 'columns', 'Range.insert');
    sheet.insertColumns(area.column, area.columns);
  }
}

export function deleteCells(context: ExcelContext, sheet: Sheet, area: Area, shift: unknown): void {
  if (shift !== 'Up' && shift !== 'Left') throw invalidArgument('shift must be Up or Left.');
  if (shift === 'Left') {
    demandAlone(sheet, area, 'columns', 'Range.delete');
    sheet.deleteColumns(area.column, area.columns);
    return;
  }
  demandAlone(sheet, area, 'rows', 'Range.delete');
  for (const table of context.workbook.tables) {
    if (table.sheet.id !== sheet.id || !intersect(table.area, area)) continue;
    const takesHeader = area.row <= table.area.row && lastRow(area) >= table.area.row;
    const takesAll = area.row <= table.area.row && lastRow(area) >= lastRow(table.area);
    if (takesHeader && !takesAll) throw invalidOperation("A table's header row can't be deleted.");
  }
  sheet.deleteRows(area.row, area.rows);
}

function demandAlone(sheet: Sheet, area: Area, whole: 'rows' | 'columns', member: string): void {
  const isWhole = whole === 'rows' ? area.columns >= SHEET_COLUMNS : area.rows >= SHEET_ROWS;
  const used = isWhole ? null : sheet.usedArea(true);
  if (!used) return;
  const beside =
    whole === 'rows'
      ? [
          area.column > 0 && between(area.row, 0, lastRow(used), area.column - 1),
          lastColumn(area) < SHEET_COLUMNS - 1 &&
            between(area.row, lastColumn(area) + 1, lastRow(used), SHEET_COLUMNS - 1),
        ]
      : [
          area.row > 0 && between(0, area.column, area.row - 1, lastColumn(used)),
          lastRow(area) < SHEET_ROWS - 1 &&
            between(lastRow(area) + 1, area.column, SHEET_ROWS - 1, lastColumn(used)),
        ];
  for (const side of beside) {
    const content = side && side.rows > 0 && side.columns > 0 && intersect(side, used);
    if (
      content &&
      sheet
        .values(content)
        .flat()
        .some((value) => value !== '')
    ) {
      throw notImplemented(`${member} of a part of the ${whole} beside other cells`);
    }
  }
}
