import type { Shortage } from '../../../contract/runs';
import { addDays, type CalendarDate, daysBetween } from '../../../domain/calendar';
import { quantity } from '../../../domain/quantity';

/** Days of the picture at most: what comes later stands at its end. */
const MOST_DAYS = 120;

export interface ShortageRow {
  readonly shortage: Shortage;
  /** Of the need, what is there. */
  readonly covered: number;
  /** Where on the days of the picture something comes in. */
  readonly arrivals: readonly number[];
  /** Where the last of its orders is covered; null where what is on its way never covers them. */
  readonly coveredAt: number | null;
  /** That day. */
  readonly coveredOn: CalendarDate | null;
}

export interface ShortagePicture {
  readonly rows: readonly ShortageRow[];
  readonly first: CalendarDate;
  readonly last: CalendarDate;
}

/** Materials against the days from `today` to the last on which something comes in or an order is covered. */
export function shortagePicture(shortages: readonly Shortage[], today: CalendarDate): ShortagePicture {
  const days = shortages.flatMap(({ supplies, orders }) => [
    ...supplies.map(({ on }) => on),
    ...orders.flatMap(({ feasibleOn }) => feasibleOn ?? []),
  ]);
  const furthest = addDays(today, MOST_DAYS);
  const latest = days.reduce((last, day) => (day > last ? day : last), addDays(today, 1));
  const last = latest > furthest ? furthest : latest;
  const span = daysBetween(today, last);
  const at = (day: CalendarDate) => Math.min(Math.max(daysBetween(today, day) / span, 0), 1);
  return {
    first: today,
    last,
    rows: shortages.map((shortage) => {
      const coveredOn = coveredDay(shortage);
      return {
        ...{ shortage, covered: coveredShare(shortage), coveredOn },
        arrivals: shortage.supplies.map(({ on }) => at(on)),
        coveredAt: coveredOn && at(coveredOn),
      };
    }),
  };
}

function coveredShare({ need, available }: Shortage): number {
  const whole = quantity(need);
  if (whole.isZero()) return 1;
  return Math.min(Math.max(quantity(available).div(whole).toNumber(), 0), 1);
}

/** The first day on which the last of its orders is covered. */
function coveredDay({ orders }: Shortage): CalendarDate | null {
  let last: CalendarDate | null = null;
  for (const { feasibleOn } of orders) {
    if (feasibleOn === null) return null;
    if (last === null || feasibleOn > last) last = feasibleOn;
  }
  return last;
}
