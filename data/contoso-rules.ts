import type { CalendarDate } from '../src/domain/calendar';
import { calendarDate } from '../src/domain/calendar';

/** The first Friday after the day on which the source counts its opening stock, 2025-06-01. Source calendar. */
export const CUT_OFF = calendarDate('2025-06-06');

/** The source has locations and no production sites: everything is made at one. */
export const SITE = 'CC';
export const CONSUMPTION = 'CON';
export const OUTPUT = 'OUT';
/** The source's default manufacturing location. */
export const MAIN = 'MAIN';
/** The calendar of the days that no work centre decides. */
export const OFFICE_CALENDAR = 'ONE SHIFT';

export type PickupType = 'automatic' | 'with_list' | 'manual';

/**
 * Who draws a material, and when, by Business Central's flushing method. Forward is flushed when the order is released, which
 * is what automatic means; what is picked first goes by list; Backward and Manual are drawn when production is reported.
 * Source: the flushing methods of Business Central beside the pickup types of Fluentis.
 */
export function pickupType(flushingMethod: string): PickupType {
  switch (flushingMethod) {
    case 'Forward':
      return 'automatic';
    case 'Pick + Manual':
    case 'Pick + Forward':
    case 'Pick + Backward':
      return 'with_list';
    case 'Manual':
    case 'Backward':
      return 'manual';
    default:
      throw new Error(`Unknown flushing method: ${flushingMethod}.`);
  }
}

/** Goods on their way lie in no place from which an order could draw. */
export const isForProduction = (location: { readonly inTransit: boolean }): boolean => !location.inTransit;

export function handlingOf(sourceHandling: string): string {
  switch (sourceHandling) {
    case '':
    case 'No Warehouse Handling':
      return 'none';
    case 'Warehouse Pick (mandatory)':
      return 'pick_mandatory';
    default:
      throw new Error(`Unknown handling: ${sourceHandling}.`);
  }
}

/** Places of a quantity: those of the precision to which the source rounds it. */
export const decimalsOf = (roundingPrecision: string): number => roundingPrecision.split('.')[1]?.length ?? 0;

export type State = 'launched' | 'executive' | 'fulfilled';

/** Generated orders that end by this day are done at the cut-off; those that started later stand on the floor. */
const DONE_BY = calendarDate('2025-05-30');

export function stateAtCutOff(
  order: { readonly start: CalendarDate; readonly end: CalendarDate },
  late: boolean,
): State {
  if (late || order.start > CUT_OFF) return 'launched';
  return order.end > DONE_BY ? 'executive' : 'fulfilled';
}
