import { type Area, parseArea, splitSheet } from '../../engine/area';
import type { Sheet } from '../../engine/workbook';
import { invalidArgument, itemNotFound } from '../errors';
import type { ExcelContext } from './context';
import { RangeObject } from './range';

/** A range given as an object or as an address; an address without a sheet is on the given one. */
export function rangeArgument(
  context: ExcelContext,
  sheet: Sheet,
  value: unknown,
): { sheet: Sheet; area: Area } {
  if (value instanceof RangeObject) return { sheet: value.sheet, area: value.area };
  if (typeof value !== 'string') throw invalidArgument('A range or an address is expected.');
  const target = splitSheet(value);
  const wanted = target.sheet?.toLowerCase();
  const on =
    wanted === undefined ? sheet : context.workbook.sheets.find((one) => one.name.toLowerCase() === wanted);
  const area = parseArea(target.rest);
  if (!on) throw itemNotFound(`There is no worksheet ${target.sheet ?? ''}.`);
  if (!area) throw invalidArgument(`${value} is not an address.`);
  return { sheet: on, area };
}
