import type { ChangeMaterial, ChangeOperation } from '../../contract/change-order';
import type { OrderDetail } from '../../contract/orders';
import type { OrderKey } from '../../domain/order';
import type { TimeUnit } from '../../domain/refresh/master-data';
import { textCell } from './cells';
import {
  type ContentCells,
  contentColumns,
  type ContentField,
  type ContentPart,
  type ContentRow,
  type ContentWords,
  editable,
  type EditedField,
  materialValues,
  operationValues,
  type Values,
} from './content-rows';
import { momentOfSerial, serialOfMoment } from './plant-time';
import { rowKeyOf, type RowKey } from './row-key';
import type { ContentSheet } from './sheet';
import { quantityOf } from './wanted';
import { textOf } from './words';

/** How the sheet shows days of the plant. */
type PlantDays = Pick<ContentWords, 'zone' | 'system'>;

/** What the planner changed of a part. */
export type ContentChange = ContentPart &
  (
    | { readonly part: 'material'; readonly edit: Omit<ChangeMaterial, 'version'> }
    | { readonly part: 'operation'; readonly edit: Omit<ChangeOperation, 'version'> }
  );

/** The rows of a company's orders, by order. */
function rowsByOrder({ rows }: ContentSheet, company: string): Map<OrderKey, ContentRow[]> {
  const byOrder = new Map<OrderKey, ContentRow[]>();
  for (const row of rows) {
    const key = contentKeyOf(row);
    if (key === null || key.of.company !== company) continue;
    const rows = byOrder.get(key.of.order);
    if (rows === undefined) byOrder.set(key.of.order, [row]);
    else rows.push(row);
  }
  return byOrder;
}

/** The orders whose rows the planner typed into, with all their rows; where they stand in the sheet. */
export function typedOrders(sheet: ContentSheet, company: string, zone: string): Map<OrderKey, ContentRow[]> {
  const words = { zone, system: sheet.system };
  const isTyped = (row: ContentRow) => {
    const part = contentKeyOf(row);
    return part !== null && typedFields(row, part, words).length > 0;
  };
  return new Map([...rowsByOrder(sheet, company)].filter(([, rows]) => rows.some(isTyped)));
}

/** A row with what the planner changed in it. */
export interface Edited {
  readonly row: ContentRow;
  readonly change: ContentChange;
  /** The cells that say it. */
  readonly typed: Partial<ContentCells>;
}

/** A row whose cell of this column holds no value of its kind. */
export interface Wrong extends Pick<Edited, 'row' | 'typed'> {
  readonly wrong: ContentField;
}

/** A row of an order that was changed after it was loaded; `gone` where the order no longer has what it shows. */
export interface Stale extends Pick<Edited, 'row'> {
  readonly gone: boolean;
}

/** The rows of an order that the planner changed, by what can be done with them. */
export function editsIn(
  rows: readonly ContentRow[],
  order: OrderDetail,
  words: PlantDays,
): { edited: Edited[]; wrong: Wrong[]; stale: Stale[] } {
  const [edited, wrong, stale]: [Edited[], Wrong[], Stale[]] = [[], [], []];
  for (const row of rows) {
    const part = contentKeyOf(row);
    const change = part === null ? null : contentChange(row, part, order, words);
    if (part === null || change === null) continue;
    const gone = change === 'gone';
    if (gone || row.version !== order.version) {
      stale.push({ row, gone });
      continue;
    }
    const typed = cellsOf(row, typedFields(row, part, words));
    if ('wrong' in change) wrong.push({ row, wrong: change.wrong, typed });
    else edited.push({ row, change, typed });
  }
  return { edited, wrong, stale };
}

/** Everything a row holds but what became of it. */
export const allFields = contentColumns.map(({ field }) => field).filter((field) => field !== 'result');

/** Cells of a row, to be written as they stood. */
export function cellsOf(row: ContentRow, fields: readonly ContentField[]): Partial<ContentCells> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = row[field];
      return [field, typeof value === 'number' ? value : textCell(String(value))];
    }),
  );
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
 * What the planner changed in the row of a part, as far as the order does not have it already; null for nothing, `gone` where the order no
 * longer has the part, the column's field where its cell holds no value of its kind.
 */
function contentChange(
  row: ContentRow,
  part: ContentPart,
  order: OrderDetail,
  words: PlantDays,
): ContentChange | { readonly wrong: ContentField } | 'gone' | null {
  const typed = typedFields(row, part, words);
  const now = valuesIn(order, part);
  if (now === null) return typed.length === 0 ? null : 'gone';
  const edit: Record<string, string | { time: string; unit: TimeUnit }> = {};
  for (const field of typed.filter((each) => isOther(row, each, now.get(each), words))) {
    const value =
      field === 'start' ? momentOfSerial(row.start, words.zone, words.system) : quantityOf(row[field]);
    if (value === null) return { wrong: field };
    if (field === 'start') edit['startsAt'] = value;
    else edit[field] = part.part === 'material' ? value : { time: value, unit: 'minutes' };
  }
  return Object.keys(edit).length === 0 ? null : { ...part, edit };
}

/** The cells of a row that the planner typed into. Where nothing says what was loaded, every one counts: the order tells which is new. */
function typedFields(row: ContentRow, part: ContentPart, words: PlantDays): readonly EditedField[] {
  const loaded = loadedValues(row.loaded, part);
  return editable[part.part].filter(
    (field) => loaded === null || isOther(row, field, loaded.get(field), words),
  );
}

function isOther(row: ContentRow, field: EditedField, value = '', { zone, system }: PlantDays): boolean {
  if (field !== 'start') return quantityOf(row[field]) !== quantityOf(value);
  return !isSameMinute(row.start, value === '' ? '' : serialOfMoment(value, zone, system));
}

/** What a row of a part was loaded with; null where the cell does not say it. */
function loadedValues(cell: unknown, { part }: ContentPart): Values | null {
  const texts = textOf(cell).split(' ');
  const fields: readonly EditedField[] = editable[part];
  const values = new Map(fields.map((field, at) => [field, texts[at] ?? '']));
  const start = values.get('start') ?? '';
  const whole = fields.every((field) => field === 'start' || quantityOf(values.get(field)) !== null);
  return whole && (start === '' || !Number.isNaN(Date.parse(start))) ? values : null;
}

/** What an order has of a part; null where it no longer has the part. */
function valuesIn(order: OrderDetail, part: ContentPart): Values | null {
  if (part.part === 'material') {
    const material = order.materials.find(({ line }) => line === part.line);
    return material === undefined ? null : materialValues(material);
  }
  const found = order.operations.find(
    ({ orderLine, operation }) => orderLine === part.orderLine && operation === part.operation,
  );
  return found === undefined ? null : operationValues(found);
}

const HALF_A_MINUTE = 0.5 / (24 * 60);

function isSameMinute(one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return textOf(one) === textOf(other);
  return Math.abs(one - other) < HALF_A_MINUTE;
}
