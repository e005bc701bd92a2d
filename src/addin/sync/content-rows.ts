import type { Material, Operation } from '../../contract/order-content';
import type { OrderDetail } from '../../contract/orders';
import type { OrderKey } from '../../domain/order';
import { type Quantity, quantity, quantityText, roundToBook } from '../../domain/quantity';
import type { TimeUnit } from '../../domain/refresh/master-data';
import type { Translate } from '../texts';
import { type Cell, type DateSystem, quantityCell, textCell } from './cells';
import type { Column } from './columns';
import { serialOfMoment } from './plant-time';
import { rowKeyText } from './row-key';

/** The columns of the sheet in which materials and operations are edited. */
export const contentColumns = [
  { field: 'result', header: 'column.result', kind: 'result', width: 170 },
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'part', header: 'column.part', kind: 'text', width: 72 },
  { field: 'line', header: 'column.line', kind: 'version', width: 48 },
  { field: 'number', header: 'column.number', kind: 'version', width: 52 },
  { field: 'name', header: 'column.itemOrOperation', kind: 'text', width: 170 },
  { field: 'quantity', header: 'column.quantity', kind: 'quantity', width: 66 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 44 },
  { field: 'quantityPer', header: 'column.quantityPer', kind: 'quantity', width: 72 },
  { field: 'start', header: 'column.start', kind: 'moment', width: 104 },
  { field: 'end', header: 'column.end', kind: 'moment', width: 104 },
  { field: 'setup', header: 'column.setup', kind: 'quantity', width: 72 },
  { field: 'run', header: 'column.runTime', kind: 'quantity', width: 72 },
  { field: 'wait', header: 'column.wait', kind: 'quantity', width: 72 },
  { field: 'move', header: 'column.move', kind: 'quantity', width: 72 },
  { field: 'workCentre', header: 'column.workCentre', kind: 'text', width: 84 },
  { field: 'key', header: 'column.key', kind: 'text', width: 110, hidden: true },
  { field: 'version', header: 'column.version', kind: 'version', width: 50, hidden: true },
  { field: 'loaded', header: 'column.loaded', kind: 'text', width: 110, hidden: true },
] as const satisfies readonly Column<string>[];

export type ContentField = (typeof contentColumns)[number]['field'];
export type ContentCells = Record<ContentField, Cell>;

/** A row as Excel gives its values. */
export type ContentRow = Readonly<Record<ContentField, unknown>>;

/** Where a row of the sheet belongs: a material, or an operation of a line. */
export type ContentPart =
  | { readonly part: 'material'; readonly line: number }
  | { readonly part: 'operation'; readonly orderLine: number; readonly operation: number };

/** How a sheet of a plant is read and written. */
export interface ContentWords {
  readonly t: Translate;
  /** Of the plant. */
  readonly zone: string;
  readonly system: DateSystem;
}

/** What the planner may change of a part, in this order in the hidden cell that says what the row was loaded with. */
export const editable = {
  material: ['quantity', 'quantityPer'],
  operation: ['setup', 'run', 'wait', 'move', 'start'],
} as const;
const times = ['setup', 'run', 'wait', 'move'] as const;
export type EditedField = (typeof editable)[ContentPart['part']][number];
/** Quantities and minutes on the wire; the moment of a start, empty for none. */
export type Values = ReadonlyMap<EditedField, string>;

/** A row for each material and operation of an order. */
export function contentRows(order: OrderDetail, company: string, words: ContentWords): ContentCells[] {
  const head = { result: '', order: textCell(order.key), version: order.version };
  const keyOf = (part: string) => textCell(`${part} ${rowKeyText(order.key, company)}`);
  return [
    ...order.materials.map((material) => ({
      ...{
        ...blank,
        ...head,
        part: words.t('change.part.material'),
        key: keyOf(`material ${material.line}`),
        loaded: loadedText(materialValues(material)),
      },
      ...materialCells(material),
    })),
    ...order.operations.map((operation) => ({
      ...{ ...blank, ...head, part: words.t('change.part.operation') },
      key: keyOf(`operation ${operation.orderLine} ${operation.operation}`),
      loaded: loadedText(operationValues(operation)),
      ...operationCells(operation, words),
    })),
  ];
}

/** Says of orders that are not in the book that they are not. */
export type AbsentOrders = readonly { readonly order: OrderKey; readonly result: string }[];

/** The rows of orders, below those that name the orders there are not. */
export function contentRowsWith(
  orders: readonly OrderDetail[],
  absent: AbsentOrders,
  company: string,
  words: ContentWords,
): ContentCells[] {
  const without = absent.map(({ order, result }) => {
    return { ...blank, order: textCell(order), result: textCell(result) };
  });
  return [...without, ...orders.flatMap((order) => contentRows(order, company, words))];
}

const blank = Object.fromEntries(contentColumns.map(({ field }) => [field, ''])) as ContentCells;

function materialCells(material: Material): Partial<ContentCells> {
  const { line, orderLine, item, variant, quantity: need, unit, quantityPer } = material;
  return {
    ...{ line: orderLine, number: line, name: textCell(variant === '' ? item : `${item} ${variant}`) },
    ...{ quantity: quantityCell(need), unit: textCell(unit), quantityPer: quantityCell(quantityPer) },
  };
}

function operationCells(operation: Operation, { zone, system }: ContentWords): Partial<ContentCells> {
  const { orderLine, operation: number, description, workCentre, startsAt, endsAt } = operation;
  const at = (moment: string | null) => (moment === null ? '' : serialOfMoment(moment, zone, system));
  return {
    ...{ line: orderLine, number, name: textCell(description), workCentre: textCell(workCentre) },
    ...{ start: at(startsAt), end: at(endsAt) },
    ...Object.fromEntries(times.map((time) => [time, quantityCell(inMinutes(operation[time]))])),
  };
}

function loadedText(values: Values): string {
  return [...values.values()].join(' ');
}

/** What an order has of a material where the planner may change it. */
export function materialValues(material: Material): Values {
  return new Map(editable.material.map((field) => [field, material[field]] as const));
}

/** What an order has of an operation where the planner may change it. */
export function operationValues(operation: Operation): Values {
  const valueOf = (field: (typeof editable.operation)[number]) =>
    field === 'start' ? (operation.startsAt ?? '') : inMinutes(operation[field]);
  return new Map(editable.operation.map((field) => [field, valueOf(field)] as const));
}

const minutes: Readonly<Record<TimeUnit, (time: Quantity) => Quantity>> = {
  seconds: (time) => time.div(60),
  minutes: (time) => time,
  hours: (time) => time.mul(60),
  days: (time) => time.mul(24 * 60),
};

function inMinutes({ time, unit }: { readonly time: string; readonly unit: TimeUnit }): string {
  return quantityText(roundToBook(minutes[unit](quantity(time))));
}
