import { type Area, formatArea } from '../../engine/area';
import type { Entry, Sheet } from '../../engine/workbook';
import { invalidArgument } from '../errors';

/**
 * A written value as one entry per cell of the area: a single value is repeated, a two-dimensional array has to fit.
 * `null` for a whole property means nothing to Excel and is refused.
 */
export function spread<T>(value: unknown, area: Area, isEntry: (value: unknown) => value is T): T[][] {
  if (!Array.isArray(value)) {
    if (value === null || value === undefined || !isEntry(value)) throw wrongShape(area);
    return Array.from({ length: area.rows }, () => Array.from({ length: area.columns }, () => value));
  }
  if (value.length !== area.rows) throw wrongShape(area);
  return value.map((line: unknown) => {
    if (!Array.isArray(line) || line.length !== area.columns || !line.every(isEntry)) throw wrongShape(area);
    return line;
  });
}

/** Excel's trap: the lines of the block go to the rows that are shown, one after the other; what is left over is lost. */
export function writeVisible(sheet: Sheet, area: Area, entries: readonly (readonly Entry[])[]): void {
  let next = 0;
  for (let row = area.row; row < area.row + area.rows; row++) {
    if (area.rows > 1 && sheet.isRowFilteredOut(row)) continue;
    const line = entries[next++];
    if (line) sheet.write(row, area.column, [line]);
  }
}

export function wrongShape(area: Area): Error {
  return invalidArgument(
    `The value doesn't fit the range ${formatArea(area)}: one value, or an array of its size.`,
  );
}
