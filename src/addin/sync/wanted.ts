import type { OrderRow } from '../../contract/orders';
import type { Wanted } from '../../contract/refresh';
import { type CalendarDate, isCalendarDate } from '../../domain/calendar';
import { isQuantityText, quantity, quantityText } from '../../domain/quantity';
import { type DateSystem, dayOfSerial } from './cells';
import type { MarkProblemCode } from './sheet';

/** What of an order the planner may change in its row: a refresh makes it so. */
export const wantedFields = ['quantity', 'due', 'start'] as const;
export type WantedField = (typeof wantedFields)[number];

/** The cells it is changed in, as Excel gives their values, and the hidden one that says what they were loaded with. */
export type WantedCells = Readonly<Record<WantedField | 'loaded', unknown>>;

const DECIMALS = 9;

/** Values on the wire; null where a cell holds none. */
type Values = Readonly<Record<WantedField, string | null>>;

const problems = {
  quantity: 'noQuantity',
  due: 'noDue',
  start: 'noStart',
} as const satisfies Record<WantedField, MarkProblemCode>;

export interface ReadWanted {
  readonly wanted: Wanted;
  /** Fields that the planner changed to what is no quantity or no day. */
  readonly problem: { readonly code: MarkProblemCode; readonly field: WantedField } | null;
}

/** What the hidden cell of an order holds: its values as they were written beside it. */
export function loadedText({ quantity: amount, due, start }: Pick<OrderRow, WantedField>): string {
  return [amount, due, start].join(' ');
}

/** What the planner changed in a row. Where nothing says what was loaded, every value counts: the order book knows which is new. */
export function readWanted(cells: WantedCells, system: DateSystem): ReadWanted {
  const changed = changedFields(cells, system);
  const now = valuesOf(cells, system);
  const wrong = changed.find((field) => now[field] === null);
  if (wrong !== undefined) return { wanted: {}, problem: { code: problems[wrong], field: wrong } };
  // A value that was read is one on the wire.
  const wanted = Object.fromEntries(changed.map((field) => [field, now[field]])) as Wanted;
  return { wanted, problem: null };
}

/** The fields whose cells no longer show what was loaded, or `order`, which is newer. */
export function changedFields(cells: WantedCells, system: DateSystem, order?: OrderRow): WantedField[] {
  const now = valuesOf(cells, system);
  const loaded = valuesOfText(cells.loaded);
  return wantedFields.filter(
    (field) => now[field] !== loaded?.[field] && (order === undefined || now[field] !== order[field]),
  );
}

/** The quantity a row was loaded with, whatever was typed over it; that of its cell where nothing says so. Null for none. */
export function loadedQuantity({
  loaded,
  quantity: amount,
}: Pick<WantedCells, 'loaded' | 'quantity'>): string | null {
  return valuesOfText(loaded)?.quantity ?? quantityOf(amount);
}

function valuesOf({ quantity: amount, due, start }: WantedCells, system: DateSystem): Values {
  return { quantity: quantityOf(amount), due: dayOf(due, system), start: dayOf(start, system) };
}

function valuesOfText(loaded: unknown): Values | null {
  const [amount, due, start] = typeof loaded === 'string' ? loaded.split(' ') : [];
  const whole = isQuantityText(amount ?? '') && isCalendarDate(due ?? '') && isCalendarDate(start ?? '');
  return whole && amount && due && start ? { quantity: quantityOf(amount), due, start } : null;
}

/** A quantity in a cell; null for what is none. Text counts only as the order book writes it: `1,234` means two things. */
export function quantityOf(value: unknown): string | null {
  const text = typeof value === 'number' ? decimalText(value) : String(value).trim();
  return isQuantityText(text) ? quantityText(quantity(text)) : null;
}

/** A day in a cell; null for what is none. Text is read as the order book writes days, which no region takes for another one. */
export function dayOf(value: unknown, system: DateSystem): CalendarDate | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return isCalendarDate(text) ? text : dayOfSerial(value, system);
}

/** A number with the fifteen digits that a spreadsheet shows, so that the sum of 0.1 and 0.2 is 0.3, and the decimals a quantity has. */
function decimalText(value: number): string {
  const places = 14 - Math.floor(Math.log10(Math.abs(value)));
  return value.toFixed(Math.max(0, Math.min(places, DECIMALS)));
}
