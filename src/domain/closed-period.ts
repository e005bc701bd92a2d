import type { CalendarDate } from './calendar';

/** A day on which nothing may be posted in a warehouse any more or taken back from it, and the period that closed it. */
export interface ClosedDay {
  readonly warehouse: string;
  readonly day: CalendarDate;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}
