import { addDays, type CalendarDate, daysBetween } from '../../../domain/calendar';
import type { Criteria } from '../store/state';

export interface QuickDays {
  readonly name: 'today' | 'thisWeek' | 'next7Days' | 'anyDay';
  readonly days: Pick<Criteria, 'startFrom' | 'startTo'>;
}

/** A Monday, to count weekdays from. */
const MONDAY = '2024-01-01' as CalendarDate;

/** The spans of start days planners ask for most; `today` is the plant's day, weeks run from Monday (ISO 8601). */
export function quickDays(today: CalendarDate | null): QuickDays[] {
  const any: QuickDays = { name: 'anyDay', days: { startFrom: '', startTo: '' } };
  if (today === null) return [any];
  const weekday = ((daysBetween(MONDAY, today) % 7) + 7) % 7;
  const monday = addDays(today, -weekday);
  return [
    { name: 'today', days: { startFrom: today, startTo: today } },
    { name: 'thisWeek', days: { startFrom: monday, startTo: addDays(monday, 6) } },
    { name: 'next7Days', days: { startFrom: today, startTo: addDays(today, 7) } },
    any,
  ];
}
