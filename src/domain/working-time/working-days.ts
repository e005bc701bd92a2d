import { HORIZON_DAYS, type WorkingTime } from './working-calendar';

/**
 * The day that lies so many working days before another one (`days` below zero) or after it; days are numbers since 1970. No days: the
 * day itself, working or not. Undefined when there are not so many within the horizon.
 *
 * @param time null: every day counts
 */
export function addWorkingDays(time: WorkingTime | null, day: number, days: number): number | undefined {
  if (time === null || days === 0) return day + days;
  const step = Math.sign(days);
  let left = Math.abs(days);
  for (let found = day + step; Math.abs(found - day) <= HORIZON_DAYS + left; found += step) {
    if (time.worksOn(found)) left--;
    if (left === 0) return found;
  }
  return undefined;
}
