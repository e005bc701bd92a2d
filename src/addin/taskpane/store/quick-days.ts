import type { CalendarDate } from '../../../domain/calendar';
import { type RelativeDay, resolveDay } from '../../../domain/relative-day';
import type { Criteria } from './state';

export interface QuickDays {
  readonly name: 'today' | 'thisWeek' | 'next7Days' | 'anyDay';
  readonly days: Pick<Criteria, 'startFrom' | 'startTo'>;
}

interface Span {
  readonly startFrom: RelativeDay;
  readonly startTo: RelativeDay;
}

/** The spans of start days planners ask for most. */
const spans = {
  today: { startFrom: { anchor: 'today', plus: 0 }, startTo: { anchor: 'today', plus: 0 } },
  thisWeek: { startFrom: { anchor: 'startOfWeek', plus: 0 }, startTo: { anchor: 'endOfWeek', plus: 0 } },
  next7Days: { startFrom: { anchor: 'today', plus: 0 }, startTo: { anchor: 'today', plus: 7 } },
} as const satisfies Partial<Record<QuickDays['name'], Span>>;
const names = ['today', 'thisWeek', 'next7Days'] as const;

/** The spans as days; `today` is the plant's day. */
export function quickDays(today: CalendarDate | null): QuickDays[] {
  const any: QuickDays = { name: 'anyDay', days: { startFrom: '', startTo: '' } };
  return today === null ? [any] : [...names.map((name) => ({ name, days: daysOf(spans[name], today) })), any];
}

/** The span these days are, when they are one of ours: saved as that, it moves on with the calendar. */
export function spanOf({ startFrom, startTo }: QuickDays['days'], today: CalendarDate): Span | undefined {
  return Object.values(spans).find((span) => {
    const days = daysOf(span, today);
    return days.startFrom === startFrom && days.startTo === startTo;
  });
}

function daysOf({ startFrom, startTo }: Span, today: CalendarDate): QuickDays['days'] {
  return { startFrom: resolveDay(startFrom, today), startTo: resolveDay(startTo, today) };
}
