import { type CalendarDate, daysBetween } from './calendar';

/**
 * By how many calendar days an order misses its due date at best: its planned end lies after it, or today already does. 0 when it
 * may still be in time.
 */
export function daysLate(
  order: { readonly end: CalendarDate; readonly due: CalendarDate },
  today: CalendarDate,
) {
  const earliest = order.end > today ? order.end : today;
  return Math.max(daysBetween(order.due, earliest), 0);
}
