import type { Cell } from './cells';
import type { Column } from './columns';

/** The columns of the sheet in which lots are chosen; what is typed into, and what became of it, stands in view beside the pane. */
export const lotColumns = [
  { field: 'order', header: 'column.order', kind: 'text', width: 80 },
  { field: 'line', header: 'column.line', kind: 'version', width: 36 },
  { field: 'item', header: 'column.item', kind: 'text', width: 88 },
  { field: 'need', header: 'column.need', kind: 'quantity', width: 72 },
  { field: 'lot', header: 'column.lot', kind: 'text', width: 80 },
  { field: 'available', header: 'column.available', kind: 'quantity', width: 76 },
  { field: 'quantity', header: 'column.toTake', kind: 'quantity', width: 80 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 38 },
  { field: 'result', header: 'column.result', kind: 'result', width: 178 },
  { field: 'expires', header: 'column.expires', kind: 'date', width: 72 },
  { field: 'warehouse', header: 'column.warehouse', kind: 'text', width: 76 },
  { field: 'description', header: 'column.description', kind: 'text', width: 150 },
  { field: 'key', header: 'column.key', kind: 'text', width: 84, hidden: true },
  { field: 'loaded', header: 'column.loaded', kind: 'text', width: 110, hidden: true },
] as const satisfies readonly Column<string>[];

export type LotField = (typeof lotColumns)[number]['field'];
export type LotCells = Record<LotField, Cell>;

/** A row as Excel gives its values. */
export type LotRow = Readonly<Record<LotField, unknown>>;

/** The sheet as it stands. */
export interface LotSheet {
  readonly rows: readonly LotRow[];
  /** Of the first one, as the sheet shows it. */
  readonly firstRow: number;
}
