import { calendarDate, type Instant } from '../../../domain/calendar';
import { plantClock } from '../../plant-clock';
import { serialOfDay } from '../../sync/cells';
import { momentOfSerial } from '../../sync/plant-time';

/** What the plant's clock shows at a moment, as a field for day and time holds it: `2026-11-25T07:30`. */
export function shownTime(at: string, timeZone: string): string {
  return new Date(plantClock(timeZone)(at)).toISOString().slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

const FIELD = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)/;

/** The moment at which the plant's clock shows what such a field holds; null where it holds none. */
export function momentShown(field: string, timeZone: string): Instant | null {
  const [, day, hour, minute] = FIELD.exec(field) ?? [];
  if (day === undefined) return null;
  const time = (Number(hour) * 60 + Number(minute)) / (24 * 60);
  return momentOfSerial(serialOfDay(calendarDate(day), 1900) + time, timeZone, 1900);
}
