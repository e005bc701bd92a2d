import type { ICellData, IObjectMatrixPrimitiveType } from '@univerjs/core';
import { LexerTreeBuilder } from '@univerjs/engine-formula';
import { type Area, between, intersect, lastColumn, lastRow } from './area';
import type { UniverSheet } from './univer-sheet';
import type { UniverTable } from './univer-table';

/**
 * What Excel does when something is written directly under a table or directly beside it: the table takes it in.
 * Rows taken in get the formats, the validations, the conditional formats and the calculated columns of the last row.
 * @param rowLimit how many rows a table takes in at once; fewer than written is a fault of Excel that can be switched on
 */
export function growTables(
  tables: readonly UniverTable[],
  sheet: UniverSheet,
  written: Area,
  rowLimit: number,
): void {
  for (const table of tables) {
    if (table.sheet !== sheet || table.isDeleted) continue;
    const { area } = table;
    if (written.row === area.row || intersect({ ...area, rows: 1 }, written)) table.readHeader();
    if (!table.showTotals && isDirectlyUnder(area, written))
      growDown(table, Math.min(written.rows, rowLimit));
    else if (isDirectlyBeside(area, written))
      table.resize({ ...area, columns: area.columns + written.columns });
  }
}

function isDirectlyUnder(area: Area, written: Area): boolean {
  const overlaps = written.column <= lastColumn(area) && lastColumn(written) >= area.column;
  return overlaps && written.row === lastRow(area) + 1;
}

function isDirectlyBeside(area: Area, written: Area): boolean {
  const isInside = written.row >= area.row && lastRow(written) <= lastRow(area);
  return isInside && written.column === lastColumn(area) + 1;
}

/** Takes in the rows below. They get what the last row has, where they have none of their own. */
export function growDown(table: UniverTable, count: number): void {
  const { area, body, sheet } = table;
  table.resize({ ...area, rows: area.rows + count });
  sheet.validations.extendDown(body, count);
  sheet.conditionalFormats.extendDown(body, count);
  sheet.writeCells(inherited(sheet, body, count));
}

/** Formats and calculated columns of the last row for the rows below it, where these have none of their own. */
function inherited(sheet: UniverSheet, body: Area, count: number): IObjectMatrixPrimitiveType<ICellData> {
  const lexer = sheet.session.injector.get(LexerTreeBuilder);
  const source = lastRow(body);
  const block: IObjectMatrixPrimitiveType<ICellData> = {};
  const area = between(source + 1, body.column, source + count, lastColumn(body));
  for (let row = area.row; row <= lastRow(area); row++) {
    const line: Record<number, ICellData> = {};
    for (let column = area.column; column <= lastColumn(area); column++) {
      const [model, cell] = [sheet.cell(source, column), sheet.cell(row, column)];
      const formula = isCalculated(sheet, body, column) && model?.f;
      const isEmpty = cell?.v === undefined && !cell?.f && !cell?.p;
      const inheritedCell: ICellData = {
        ...(model?.s && !cell?.s ? { s: model.s } : {}),
        ...(formula && isEmpty ? { f: lexer.moveFormulaRefOffset(formula, 0, row - source) } : {}),
      };
      if (Object.keys(inheritedCell).length > 0) line[column] = inheritedCell;
    }
    if (Object.keys(line).length > 0) block[row] = line;
  }
  return block;
}

/** A column counts as calculated when its first and last row hold formulas. */
function isCalculated(sheet: UniverSheet, body: Area, column: number): boolean {
  return Boolean(sheet.cell(body.row, column)?.f) && Boolean(sheet.cell(lastRow(body), column)?.f);
}
