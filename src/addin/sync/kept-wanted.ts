import type { OrderRow } from '../../contract/orders';
import type { Formats } from '../../language/formats';
import type { Translate } from '../texts';
import { type DateSystem, textCell } from './cells';
import type { RowCells } from './columns';
import { changedFields, type WantedCells, type WantedField } from './wanted';

/**
 * What differs in the row of an order that the planner changed for a refresh: their quantity and days stay, and the Result cell says what
 * the order book has instead.
 */
export function keptCells(
  order: OrderRow,
  wanted: WantedCells | null,
  t: Translate,
  formats: Formats,
  system: DateSystem,
): RowCells {
  const kept = wanted === null ? [] : changedFields(wanted, system, order);
  if (kept.length === 0) return {};
  const values = kept.map((field) => t(`sheet.kept.${field}`, { value: shown(order, field, formats) }));
  return { ...leftAlone(kept), result: textCell(t('sheet.kept', { values: values.join(', ') })) };
}

/** Cells that are not written. */
export function leftAlone(fields: readonly WantedField[]): RowCells {
  return Object.fromEntries(fields.map((field) => [field, null]));
}

function shown(order: OrderRow, field: WantedField, formats: Formats): string {
  return field === 'quantity' ? formats.quantity(order.quantity) : formats.day(order[field]);
}
