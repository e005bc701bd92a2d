import type { Movement } from '../../contract/movements';
import type { Translate } from '../texts';
import { type Cell, quantityCell, serialOfDay, textCell } from './cells';
import type { Column } from './columns';

/** The columns of the movements table; the last one, hidden, says which movement of which company a row is. */
export const movementColumns = [
  { field: 'run', header: 'column.run', kind: 'version', width: 44 },
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'line', header: 'column.line', kind: 'version', width: 40 },
  { field: 'item', header: 'column.item', kind: 'text', width: 96 },
  { field: 'description', header: 'column.description', kind: 'text', width: 170 },
  { field: 'warehouse', header: 'column.warehouse', kind: 'text', width: 72 },
  { field: 'reason', header: 'column.reason', kind: 'text', width: 60 },
  { field: 'quantity', header: 'column.movementQuantity', kind: 'quantity', width: 66 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 44 },
  { field: 'lot', header: 'column.lot', kind: 'text', width: 60 },
  { field: 'date', header: 'column.date', kind: 'date', width: 72 },
  { field: 'status', header: 'column.status', kind: 'state', width: 78 },
  { field: 'movement', header: 'column.movement', kind: 'text', width: 90, hidden: true },
] as const satisfies readonly Column<string>[];

export type MovementField = (typeof movementColumns)[number]['field'];

/** A movement as cells. Its quantity is always positive, the reason says which way. Source: Fluentis, stock records. */
export function movementCells(
  movement: Movement,
  company: string,
  t: Translate,
): Record<MovementField, Cell> {
  return {
    run: movement.runNumber ?? '',
    order: textCell(movement.order),
    line: movement.line,
    item: textCell(movement.variant === '' ? movement.item : `${movement.item} ${movement.variant}`),
    description: textCell(movement.description),
    warehouse: textCell(movement.warehouse),
    reason: textCell(movement.reason),
    quantity: quantityCell(movement.quantity),
    unit: textCell(movement.unit),
    lot: textCell(movement.lot),
    date: serialOfDay(movement.postedOn),
    status: t(`sheet.status.${movement.status}`),
    movement: textCell(rowIdOf(movement, company)),
  };
}

export interface MovementPlan {
  /** Every row that is there, top to bottom: the movement it is to show now, or null to leave it. */
  readonly update: readonly (Movement | null)[];
  readonly append: readonly Movement[];
}

/** Movements are never dropped: known ones are brought up to date in their row, new ones come below. */
export function planMovements(
  table: readonly string[],
  movements: readonly Movement[],
  company: string,
): MovementPlan {
  const byId = new Map(movements.map((movement) => [rowIdOf(movement, company), movement]));
  const placed = new Set(table);
  return {
    update: table.map((id) => byId.get(id) ?? null),
    append: [...byId].flatMap(([id, movement]) => (placed.has(id) ? [] : [movement])),
  };
}

/** Companies number their orders, and so their movements, each for itself. */
function rowIdOf({ id }: Movement, company: string): string {
  return `${id} ${company}`;
}
