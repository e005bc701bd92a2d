import type { CalendarDate } from '../calendar';
import type { OrderKey } from '../order';

/** The days on which a release posts what orders withdraw. */
export interface PostingDays {
  readonly postingDate: CalendarDate;
  /** Of orders that are posted on a day of their own. */
  readonly postingDates?: Readonly<Record<OrderKey, CalendarDate>>;
}

export const postingDayOf = ({ postingDate, postingDates }: PostingDays, order: OrderKey): CalendarDate =>
  postingDates?.[order] ?? postingDate;

/** The days on which any of these orders is posted, the first one first; those of no order: the day of all. */
export function postingDaysOf(
  days: PostingDays,
  orders: readonly { readonly key: OrderKey }[],
): CalendarDate[] {
  if (days.postingDates === undefined || orders.length === 0) return [days.postingDate];
  return [...new Set(orders.map(({ key }) => postingDayOf(days, key)))].sort();
}
