import { addDays, calendarDate, daysBetween, type CalendarDate } from './calendar';

/**
 * Days that move on with the calendar. `plus` counts in the unit of the anchor: days from today, weeks from the start or end of this
 * week, months from the start or end of this month. Weeks run from Monday (ISO 8601).
 */
export const dayAnchors = ['today', 'startOfWeek', 'endOfWeek', 'startOfMonth', 'endOfMonth'] as const;
export type DayAnchor = (typeof dayAnchors)[number];

export interface RelativeDay {
  readonly anchor: DayAnchor;
  /** Whole; negative for the past. */
  readonly plus: number;
}

/** A Monday, to count weekdays from. */
const MONDAY = calendarDate('2024-01-01');

/** The day that is meant when it is `today` in the plant. */
export function resolveDay({ anchor, plus }: RelativeDay, today: CalendarDate): CalendarDate {
  switch (anchor) {
    case 'today':
      return addDays(today, plus);
    case 'startOfWeek':
      return addDays(mondayOf(today), 7 * plus);
    case 'endOfWeek':
      return addDays(mondayOf(today), 7 * plus + 6);
    case 'startOfMonth':
      return firstOfMonth(today, plus);
    case 'endOfMonth':
      return addDays(firstOfMonth(today, plus + 1), -1);
  }
}

/** The Monday of a day's week. */
export function mondayOf(day: CalendarDate): CalendarDate {
  const weekday = ((daysBetween(MONDAY, day) % 7) + 7) % 7;
  return addDays(day, -weekday);
}

function firstOfMonth(day: CalendarDate, plus: number): CalendarDate {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + plus;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  const month = String((months % 12) + 1).padStart(2, '0');
  return calendarDate(`${year}-${month}-01`);
}
