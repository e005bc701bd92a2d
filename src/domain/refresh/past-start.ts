import { dayBegins, millisecondsOf, type CalendarDate, type Instant } from '../calendar';
import type { OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import type { OrderContent, OrderOperation } from './order-content';
import type { Direction } from './place-work';
import type { PlantHours } from './plant';

/** The day it is in the plant. */
export interface Today {
  readonly day: CalendarDate;
  /** Milliseconds. */
  readonly began: number;
}

export function todayIn({ timeZone }: Pick<PlantHours, 'timeZone'>, day: CalendarDate): Today {
  return { day, began: millisecondsOf(dayBegins(timeZone, day)) };
}

/**
 * REF-19: warns of an order that was scheduled to start before today; of its operations the one that starts first is named. Only orders
 * that nothing has been reported for are scheduled, so what lies behind is not being worked on.
 */
export function startsInPast(
  order: OrderKey,
  content: OrderContent,
  direction: Direction,
  today: Today,
): Refusal[] {
  const { header, operations } = content;
  if (!isPast(header.startsAt, today)) return [];
  const forward = direction === 'forward' ? 'forward' : null;
  const past = operations.filter(({ startsAt }) => isPast(startsAt, today));
  const [first] = past.toSorted((a, b) => timeOf(a.startsAt) - timeOf(b.startsAt));
  if (first) return [operationInPast(order, content, first, today, forward)];
  const at = header.startsAt ?? '';
  return [refusal('REF-19', { order, at, date: today.day, context: forward ? 'order_forward' : 'order' })];
}

/** REF-19 of an operation that somebody has moved, or changed where it is. */
export function movedToPast(
  order: OrderKey,
  content: OrderContent,
  { orderLine, operation }: Pick<OrderOperation, 'orderLine' | 'operation'>,
  today: Today,
): Refusal[] {
  return content.operations
    .filter((each) => each.orderLine === orderLine && each.operation === operation)
    .filter(({ startsAt }) => isPast(startsAt, today))
    .map((each) => operationInPast(order, content, each, today, 'moved'));
}

const timeOf = (at: Instant | null) => (at === null ? Infinity : millisecondsOf(at));

function isPast(at: Instant | null, { began }: Today): boolean {
  return timeOf(at) < began;
}

function operationInPast(
  order: OrderKey,
  { lines }: OrderContent,
  { orderLine, operation, startsAt }: OrderOperation,
  { day }: Today,
  context: string | null,
): Refusal {
  const item = lines.find((line) => line.orderLine === orderLine)?.item ?? '';
  const params = { order, item, operation: String(operation), at: startsAt ?? '', date: day };
  return refusal('REF-19', context === null ? params : { ...params, context });
}
