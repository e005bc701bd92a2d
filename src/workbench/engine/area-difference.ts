import { type Area, between, intersect, lastColumn, lastRow } from './area';

/** What remains of an area when another is cut out of it: at most four areas that do not overlap. */
export function subtract(area: Area, cut: Area): Area[] {
  const hole = intersect(area, cut);
  if (!hole) return [area];
  const rest: Area[] = [];
  if (hole.row > area.row) rest.push(between(area.row, area.column, hole.row - 1, lastColumn(area)));
  if (lastRow(hole) < lastRow(area)) {
    rest.push(between(lastRow(hole) + 1, area.column, lastRow(area), lastColumn(area)));
  }
  if (hole.column > area.column) rest.push(between(hole.row, area.column, lastRow(hole), hole.column - 1));
  if (lastColumn(hole) < lastColumn(area)) {
    rest.push(between(hole.row, lastColumn(hole) + 1, lastRow(hole), lastColumn(area)));
  }
  return rest;
}
