import type { OrderContentChange, RefreshPreview } from '../../contract/refresh';
import { type CalendarDate, daysBetween } from '../../domain/calendar';
import type { Formats } from '../../language/formats';
import type { Translate } from '../texts';
import { type Cell, quantityCell, textCell } from './cells';
import type { LazyRows } from './chunks';
import type { Column } from './columns';
import { fieldKind } from './field-kinds';

/** The columns of the sheet that says what a refresh would change. */
export const changeColumns = [
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'part', header: 'column.part', kind: 'text', width: 72 },
  { field: 'line', header: 'column.line', kind: 'version', width: 48 },
  { field: 'number', header: 'column.number', kind: 'version', width: 52 },
  { field: 'name', header: 'column.itemOrOperation', kind: 'text', width: 170 },
  { field: 'what', header: 'column.change', kind: 'text', width: 120 },
  { field: 'before', header: 'column.before', kind: 'quantity', width: 130 },
  { field: 'after', header: 'column.after', kind: 'quantity', width: 130 },
  { field: 'days', header: 'column.daysLater', kind: 'days', width: 64 },
  { field: 'editLost', header: 'column.editLost', kind: 'text', width: 90 },
] as const satisfies readonly Column<string>[];

export type ChangeField = (typeof changeColumns)[number]['field'];
export type ChangeCells = Record<ChangeField, Cell>;

/** How values of a plan are shown: `formats` and `zone` by the plant's clock. */
export interface PlantWords {
  readonly t: Translate;
  readonly formats: Formats;
  readonly zone: string;
}

/** What somebody looks for first in a part that is new or gone. */
const telling = {
  header: ['quantity', 'dueOn'],
  line: ['quantity', 'unit', 'startsAt', 'endsAt'],
  material: ['quantity', 'unit', 'usageOn'],
  operation: ['workCentre', 'machine', 'startsAt', 'endsAt'],
} as const satisfies Record<OrderContentChange['part'], readonly string[]>;

/** A row for each value that changes, and one for each part that is added or removed, order by order. */
export function changeRows({ orders }: RefreshPreview, words: PlantWords): LazyRows<ChangeCells> {
  const changes = orders.flatMap((order) => order.changes);
  return {
    length: changes.reduce((sum, { kind, fields }) => sum + (kind === 'changed' ? fields.length : 1), 0),
    *[Symbol.iterator]() {
      for (const order of orders) for (const change of order.changes) yield* rowsOf(order.key, change, words);
    },
  };
}

function rowsOf(key: string, change: OrderContentChange, words: PlantWords): ChangeCells[] {
  const { part, orderLine, number, name, editLost } = change;
  const row = {
    order: textCell(key),
    part: words.t(`change.part.${part}`),
    line: orderLine ?? '',
    number: number ?? '',
    name: textCell(name),
    editLost: editLost ? words.t('sheet.changes.editLost') : '',
  };
  return valuesOf(change, words).map((values) => ({ ...row, ...values }));
}

type Values = Pick<ChangeCells, 'what' | 'before' | 'after' | 'days'>;

function valuesOf(change: OrderContentChange, words: PlantWords): Values[] {
  const { kind, fields } = change;
  if (kind === 'changed')
    return fields.map(({ field, before, after }) => ({
      what: words.t(`change.field.${field}`),
      before: valueCell(field, before, words),
      after: valueCell(field, after, words),
      days: daysLater(field, before, after, words.zone) ?? '',
    }));
  const what = words.t(`change.kind.${kind}`);
  const side = kind === 'added' ? 'after' : 'before';
  return [{ ...{ what, before: '', after: '', days: '' }, [side]: `'${summary(change, side, words)}` }];
}

/** `12 pcs · 3 Dec 2026` */
function summary({ part, fields }: OrderContentChange, side: 'before' | 'after', words: PlantWords): string {
  const texts = telling[part].flatMap((field) => {
    const value = fields.find((each) => each.field === field)?.[side];
    return value == null || value === '' ? [] : [valueText(field, value, words)];
  });
  return texts.join(' · ');
}

/** A quantity as a number the sheet can add up, all else as the planner reads it. */
function valueCell(field: string, value: string | null, words: PlantWords): Cell {
  if (value === null || value === '') return '';
  const kind = fieldKind(field);
  if (kind === 'quantity') return quantityCell(value);
  const text = valueText(field, value, words);
  // Excel would make its own date of one that is to be read by the plant's clock.
  return kind === 'day' || kind === 'moment' ? `'${text}` : textCell(text);
}

function valueText(field: string, value: string, { t, formats }: PlantWords): string {
  switch (fieldKind(field)) {
    case 'quantity':
      return formats.quantity(value);
    case 'day':
      return formats.day(value);
    case 'moment':
      return formats.moment(value);
    case 'flag':
      return t(value === 'true' ? 'change.yes' : 'change.no');
    case 'unit':
      return t(`change.unit.${value}`);
    case 'text':
      return value;
  }
}

/** Days of the plant's calendar from before to after; null where these are no dates. */
function daysLater(field: string, before: string | null, after: string | null, zone: string): number | null {
  const kind = fieldKind(field);
  if ((kind !== 'day' && kind !== 'moment') || before === null || after === null) return null;
  const dayOf = (value: string) => (kind === 'day' ? value : plantDay(zone, value)) as CalendarDate;
  return daysBetween(dayOf(before), dayOf(after));
}

/** The day of a moment by the plant's clock. */
function plantDay(zone: string, moment: string): string {
  // Swedish writes days as ISO does.
  return new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(moment));
}
