import type { OrderRow } from '../../contract/orders';
import type { Language, TextKey } from '../../language/text';
import type { Translate } from '../texts';
import { type Cell, type DateSystem, quantityCell, serialOfDay, textCell } from './cells';
import { lastDeclarationText, restorableText } from './restore-text';
import { rowKeyText } from './row-key';
import { loadedText } from './wanted';

/** `mark` and `priority` are the planner's, `result` is the sheet's own; the others hold what the order book says. */
export type ColumnKind =
  | 'mark'
  | 'priority'
  | 'result'
  | 'text'
  | 'quantity'
  | 'date'
  | 'moment'
  | 'days'
  | 'state'
  | 'status'
  | 'materials'
  | 'restorable'
  | 'version';

export interface Column<Field extends string> {
  readonly field: Field;
  readonly header: TextKey;
  readonly kind: ColumnKind;
  /** Points. */
  readonly width: number;
  readonly hidden?: boolean;
}

/** The columns of the orders table as it is first made; the planner may move and rename them, and add others. */
export const orderColumns = [
  { field: 'action', header: 'column.action', kind: 'mark', width: 70 },
  { field: 'priority', header: 'column.priority', kind: 'priority', width: 62 },
  { field: 'result', header: 'column.result', kind: 'result', width: 192 },
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'item', header: 'column.item', kind: 'text', width: 96 },
  { field: 'description', header: 'column.description', kind: 'text', width: 170 },
  { field: 'quantity', header: 'column.quantity', kind: 'quantity', width: 60 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 44 },
  { field: 'start', header: 'column.start', kind: 'date', width: 72 },
  { field: 'end', header: 'column.end', kind: 'date', width: 72 },
  { field: 'due', header: 'column.due', kind: 'date', width: 72 },
  { field: 'late', header: 'column.late', kind: 'days', width: 80 },
  { field: 'workCentre', header: 'column.workCentre', kind: 'text', width: 84 },
  { field: 'customer', header: 'column.customer', kind: 'text', width: 110 },
  { field: 'site', header: 'column.site', kind: 'text', width: 60 },
  { field: 'state', header: 'column.state', kind: 'state', width: 72 },
  { field: 'materials', header: 'column.materials', kind: 'materials', width: 72 },
  { field: 'hold', header: 'column.hold', kind: 'text', width: 110 },
  { field: 'produced', header: 'column.quantityProduced', kind: 'quantity', width: 66 },
  { field: 'lastDeclaration', header: 'column.lastDeclaration', kind: 'text', width: 110 },
  { field: 'restorable', header: 'column.restorable', kind: 'restorable', width: 150 },
  { field: 'key', header: 'column.key', kind: 'text', width: 84, hidden: true },
  { field: 'version', header: 'column.version', kind: 'version', width: 50, hidden: true },
  { field: 'loaded', header: 'column.loaded', kind: 'text', width: 110, hidden: true },
] as const satisfies readonly Column<string>[];

/** Columns the planner writes into: we only take back what is done with. */
export function isPlanners(kind: ColumnKind): boolean {
  return kind === 'mark' || kind === 'priority';
}

export type OrderField = (typeof orderColumns)[number]['field'];

/** Without these no mark can be read and no outcome written. */
export const neededFields = [
  'action',
  'result',
  'order',
  'state',
  'key',
  'version',
] as const satisfies readonly OrderField[];

/** Cells of one row by field; fields left out are left alone. */
export type RowCells = Partial<Record<OrderField, Cell>>;

/** What the order book says of a company's order, as cells; what the planner writes and the result are not among them. */
export function cellsOf(order: OrderRow, company: string, t: Translate, system: DateSystem): RowCells {
  return {
    order: textCell(order.key),
    item: textCell(order.variant === '' ? order.item : `${order.item} ${order.variant}`),
    description: textCell(order.description),
    quantity: quantityCell(order.quantity),
    unit: textCell(order.unit),
    start: serialOfDay(order.start, system),
    end: serialOfDay(order.end, system),
    due: serialOfDay(order.due, system),
    workCentre: textCell(order.workCentre),
    customer: textCell(order.customer),
    site: textCell(order.site),
    state: t(`state.${order.state}`),
    // Whether they are there matters until they are withdrawn.
    ...(order.state === 'launched' ? {} : { materials: '' }),
    hold: textCell(holdText(order, t)),
    produced: order.state === 'launched' ? '' : quantityCell(order.quantityProduced),
    lastDeclaration: textCell(lastDeclarationText(order.restore, t)),
    restorable: order.state === 'launched' ? '' : restorableText(order.restore, t),
    key: textCell(rowKeyText(order.key, company)),
    version: order.version,
    loaded: loadedText(order),
  };
}

/** Why an order is on hold and who holds it; empty when nobody does. */
function holdText({ holdReason, heldBy }: OrderRow, t: Translate): string {
  return holdReason === null ? '' : t('sheet.hold', { reason: holdReason, user: heldBy ?? '' });
}

/** Excel's format code of a kind of column; Excel itself shows separators and month names as the planner's computer does. */
export function formatOf(kind: ColumnKind, language: Language): string {
  switch (kind) {
    case 'date':
      return language === 'it' ? 'dd/mm/yyyy' : 'd mmm yyyy';
    case 'moment':
      return language === 'it' ? 'dd/mm/yyyy hh:mm' : 'd mmm yyyy hh:mm';
    case 'version':
    case 'days':
      return '0';
    // A format with optional decimals would show whole quantities as `2.`.
    case 'quantity':
    // What the planner writes may come from a formula, and a cell formatted as text would show the formula itself.
    case 'mark':
    case 'priority':
      return 'General';
    case 'result':
    case 'state':
    case 'status':
    case 'materials':
    case 'restorable':
    case 'text':
      return '@';
  }
}
