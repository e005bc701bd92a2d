import type { CalendarDate } from '../../../domain/calendar';
import { type RelativeDay, resolveDay } from '../../../domain/relative-day';

/** From and to, with their day; empty is open. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

export interface QuickDays {
  readonly name: 'today' | 'thisWeek' | 'next7Days' | 'anyDay';
  readonly days: Days;
}

interface Span {
  readonly from: RelativeDay;
  readonly to: RelativeDay;
}

/** The spans of days planners ask for most. */
const spans = {
  today: { from: { anchor: 'today', plus: 0 }, to: { anchor: 'today', plus: 0 } },
  thisWeek: { from: { anchor: 'startOfWeek', plus: 0 }, to: { anchor: 'endOfWeek', plus: 0 } },
  next7Days: { from: { anchor: 'today', plus: 0 }, to: { anchor: 'today', plus: 7 } },
} as const satisfies Partial<Record<QuickDays['name'], Span>>;
const names = ['today', 'thisWeek', 'next7Days'] as const;

/** The spans as days; `today` is the plant's day. */
export function quickDays(today: CalendarDate | null): QuickDays[] {
  const any: QuickDays = { name: 'anyDay', days: { from: '', to: '' } };
  return today === null ? [any] : [...names.map((name) => ({ name, days: daysOf(spans[name], today) })), any];
}

/** The span these days are, when they are one of ours: saved as that, it moves on with the calendar. */
export function spanOf({ from, to }: Days, today: CalendarDate): Span | undefined {
  return Object.values(spans).find((span) => {
    const days = daysOf(span, today);
    return days.from === from && days.to === to;
  });
}

function daysOf({ from, to }: Span, today: CalendarDate): Days {
  return { from: resolveDay(from, today), to: resolveDay(to, today) };
}
