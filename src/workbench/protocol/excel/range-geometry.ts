import { type Area, lastColumn, lastRow } from '../../engine/area';
import { invalidArgument } from '../errors';

/** One cell, counted from the top left of the area; it may lie outside of it. */
export function areaAt(area: Area, row: number, column: number): Area {
  return { row: area.row + row, column: area.column + column, rows: 1, columns: 1 };
}

export function rowOf(area: Area, row: number): Area {
  return { ...area, row: area.row + inside(row, area.rows), rows: 1 };
}

export function columnOf(area: Area, column: number): Area {
  return { ...area, column: area.column + inside(column, area.columns), columns: 1 };
}

/** So many rows directly below; above when the count is negative. */
export function rowsBeside(area: Area, count: number): Area {
  const row = beside(area.row, lastRow(area), count);
  return { ...area, row, rows: Math.abs(count) };
}

/** So many columns directly to the right; to the left when the count is negative. */
export function columnsBeside(area: Area, count: number): Area {
  const column = beside(area.column, lastColumn(area), count);
  return { ...area, column, columns: Math.abs(count) };
}

export function moved(area: Area, rows: number, columns: number): Area {
  return { ...area, row: area.row + rows, column: area.column + columns };
}

export function grown(area: Area, rows: number, columns: number): Area {
  return { ...area, rows: area.rows + rows, columns: area.columns + columns };
}

function beside(first: number, last: number, count: number): number {
  if (count === 0) throw invalidArgument('count must not be 0.');
  return count > 0 ? last + 1 : first + count;
}

function inside(index: number, count: number): number {
  if (index < 0 || index >= count) throw invalidArgument('The index is outside of the range.');
  return index;
}
