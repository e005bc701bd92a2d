import type { Movement } from '../../contract/movements';
import type { Translate } from '../texts';
import { type Cell, type DateSystem, quantityCell, serialOfDay, textCell } from './cells';
import type { Column } from './columns';

/** The columns of the movements table; the last one, hidden, says which movement of which company a row is. */
export const movementColumns = [
  { field: 'run', header: 'column.run', kind: 'version', width: 80 },
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'line', header: 'column.line', kind: 'version', width: 40 },
  { field: 'item', header: 'column.item', kind: 'text', width: 96 },
  { field: 'description', header: 'column.description', kind: 'text', width: 170 },
  { field: 'warehouse', header: 'column.warehouse', kind: 'text', width: 72 },
  { field: 'reason', header: 'column.reason', kind: 'text', width: 60 },
  { field: 'direction', header: 'column.direction', kind: 'text', width: 72 },
  { field: 'quantity', header: 'column.movementQuantity', kind: 'quantity', width: 66 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 44 },
  { field: 'lot', header: 'column.lot', kind: 'text', width: 60 },
  { field: 'date', header: 'column.date', kind: 'date', width: 72 },
  { field: 'status', header: 'column.status', kind: 'status', width: 78 },
  { field: 'movement', header: 'column.movement', kind: 'text', width: 90, hidden: true },
] as const satisfies readonly Column<string>[];

export type MovementField = (typeof movementColumns)[number]['field'];

/** A movement as cells. Its quantity is always positive, the direction says which way. Source: Fluentis, stock records. */
export function movementCells(
  movement: Movement,
  company: string,
  t: Translate,
  system: DateSystem,
): Record<MovementField, Cell> {
  return {
    run: movement.runNumber ?? '',
    order: textCell(movement.order),
    line: movement.line,
    item: textCell(itemOf(movement)),
    description: textCell(movement.description),
    warehouse: textCell(movement.warehouse),
    reason: textCell(movement.reason),
    direction: t(`direction.${movement.direction}`),
    quantity: quantityCell(movement.quantity),
    unit: textCell(movement.unit),
    lot: textCell(movement.lot),
    date: serialOfDay(movement.postedOn, system),
    status: t(`sheet.status.${movement.status}`),
    movement: textCell(rowIdOf(movement, company)),
  };
}

/** An item as the sheet names it. */
export function itemOf({ item, variant }: Movement): string {
  return variant === '' ? item : `${item} ${variant}`;
}

/** Companies number their orders, and so their movements, each for itself. */
export function rowIdOf({ id }: Movement, company: string): string {
  return `${id} ${company}`;
}
