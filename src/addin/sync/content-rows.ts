import type { ChangeMaterial, ChangeOperation } from '../../contract/change-order';
import type { Material, Operation } from '../../contract/order-content';
import type { OrderDetail } from '../../contract/orders';
import { type Quantity, quantity, quantityText, roundToBook } from '../../domain/quantity';
import type { TimeUnit } from '../../domain/refresh/master-data';
import type { Translate } from '../texts';
import { type Cell, type DateSystem, quantityCell, textCell } from './cells';
import type { Column } from './columns';
import { momentOfSerial, serialOfMoment } from './plant-time';
import { rowKeyOf, rowKeyText, type RowKey } from './row-key';
import { quantityOf } from './wanted';
import { textOf } from './words';

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
] as const satisfies readonly Column<string>[];

export type ContentField = (typeof contentColumns)[number]['field'];
export type ContentCells = Record<ContentField, Cell>;

/** A row as Excel gives its values. */
export type ContentRow = Readonly<Record<ContentField, unknown>>;

/** Where a row of the sheet belongs: a material, or an operation of a line. */
export type ContentPart =
  | { readonly part: 'material'; readonly line: number }
  | { readonly part: 'operation'; readonly orderLine: number; readonly operation: number };

/** What the planner changed of a part. */
export type ContentChange = ContentPart &
  (
    | { readonly part: 'material'; readonly edit: Omit<ChangeMaterial, 'version'> }
    | { readonly part: 'operation'; readonly edit: Omit<ChangeOperation, 'version'> }
  );

/** How a sheet of a plant is read and written. */
export interface ContentWords {
  readonly t: Translate;
  /** Of the plant. */
  readonly zone: string;
  readonly system: DateSystem;
}

const amounts = ['quantity', 'quantityPer'] as const;
const times = ['setup', 'run', 'wait', 'move'] as const;
/** What the planner may change of a part. */
type EditedField = (typeof amounts)[number] | (typeof times)[number] | 'start';

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
      },
      ...materialCells(material),
    })),
    ...order.operations.map((operation) => ({
      ...{ ...blank, ...head, part: words.t('change.part.operation') },
      key: keyOf(`operation ${operation.orderLine} ${operation.operation}`),
      ...operationCells(operation, words),
    })),
  ];
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

/** Which part of which order a row shows; null for a row of the planner's own. */
export function contentKeyOf({ key }: ContentRow): (ContentPart & { readonly of: RowKey }) | null {
  const text = textOf(key);
  const material = /^material (\d+) (.+)$/s.exec(text);
  const operation = /^operation (\d+) (\d+) (.+)$/s.exec(text);
  const of = rowKeyOf(material?.[2] ?? operation?.[3]);
  if (of === null) return null;
  if (material !== null) return { part: 'material', line: Number(material[1]), of };
  return { part: 'operation', orderLine: Number(operation?.[1]), operation: Number(operation?.[2]), of };
}

/**
 * What the planner changed in the row of a part, against the order as it was when the row was written; null for nothing, the column's field
 * where its cell holds no value of its kind.
 */
export function contentChange(
  row: ContentRow,
  part: ContentPart,
  order: OrderDetail,
  words: Omit<ContentWords, 't'>,
): ContentChange | { readonly wrong: ContentField } | null {
  return part.part === 'material'
    ? materialChange(row, part, order)
    : operationChange(row, part, order, words);
}

/**
 * The cells of a row that do not show what the order has: those the planner typed into, where the order is as it was when the row was
 * written.
 */
export function typedFields(
  row: ContentRow,
  part: ContentPart,
  order: OrderDetail,
  words: Omit<ContentWords, 't'>,
): readonly EditedField[] {
  return part.part === 'material'
    ? typedMaterial(row, materialIn(order, part))
    : typedOperation(row, operationIn(order, part), words);
}

function typedMaterial(row: ContentRow, material: Material | undefined): (typeof amounts)[number][] {
  return material ? amounts.filter((field) => quantityOf(row[field]) !== quantityOf(material[field])) : [];
}

function typedOperation(
  row: ContentRow,
  operation: Operation | undefined,
  { zone, system }: Omit<ContentWords, 't'>,
): ((typeof times)[number] | 'start')[] {
  if (operation === undefined) return [];
  const { startsAt } = operation;
  const unmoved = startsAt === null ? '' : serialOfMoment(startsAt, zone, system);
  const typed = times.filter((field) => quantityOf(row[field]) !== inMinutes(operation[field]));
  return isSameMinute(row.start, unmoved) ? typed : [...typed, 'start'];
}

function materialIn({ materials }: OrderDetail, part: Extract<ContentPart, { part: 'material' }>) {
  return materials.find(({ line }) => line === part.line);
}

function operationIn({ operations }: OrderDetail, part: Extract<ContentPart, { part: 'operation' }>) {
  return operations.find(
    ({ orderLine, operation }) => orderLine === part.orderLine && operation === part.operation,
  );
}

function materialChange(
  row: ContentRow,
  part: Extract<ContentPart, { part: 'material' }>,
  order: OrderDetail,
): ContentChange | { readonly wrong: ContentField } | null {
  const edit: Record<string, string> = {};
  for (const field of typedMaterial(row, materialIn(order, part))) {
    const now = quantityOf(row[field]);
    if (now === null) return { wrong: field };
    edit[field] = now;
  }
  return Object.keys(edit).length === 0 ? null : { ...part, edit };
}

function operationChange(
  row: ContentRow,
  part: Extract<ContentPart, { part: 'operation' }>,
  order: OrderDetail,
  words: Omit<ContentWords, 't'>,
): ContentChange | { readonly wrong: ContentField } | null {
  const edit: Record<string, string | { time: string; unit: TimeUnit }> = {};
  for (const field of typedOperation(row, operationIn(order, part), words)) {
    const now =
      field === 'start' ? momentOfSerial(row.start, words.zone, words.system) : quantityOf(row[field]);
    if (now === null) return { wrong: field };
    if (field === 'start') edit['startsAt'] = now;
    else edit[field] = { time: now, unit: 'minutes' };
  }
  return Object.keys(edit).length === 0 ? null : { ...part, edit };
}

const HALF_A_MINUTE = 0.5 / (24 * 60);

function isSameMinute(one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return textOf(one) === textOf(other);
  return Math.abs(one - other) < HALF_A_MINUTE;
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
