import type { WorkingTime } from '../working-time/working-calendar';
import type { Booking, CapacityBook } from './capacity-book';
import type { Centre } from './centres';
import type { Work } from './operation-times';

export const directions = ['back', 'forward'] as const;
export type Direction = (typeof directions)[number];

/** The moment so many working milliseconds before or after another one; undefined where there are not so many within the horizon. */
export function walk(
  direction: Direction,
  time: WorkingTime,
  from: number,
  length: number,
): number | undefined {
  if (length === 0) return from;
  let left = length;
  for (const { starts, ends } of direction === 'back' ? time.before(from) : time.after(from)) {
    if (ends - starts >= left) return direction === 'back' ? ends - left : starts + left;
    left -= ends - starts;
  }
  return undefined;
}

/** The working moment nearest to another one in a direction: that moment itself while the centre works. */
export function nearestWork(direction: Direction, time: WorkingTime, from: number): number {
  for (const { starts, ends } of direction === 'back' ? time.before(from) : time.after(from))
    return direction === 'back' ? ends : starts;
  return from;
}

/**
 * Places work on a centre as near to a moment as it goes, and books it: around the clock of its calendar, and where it is constrained
 * within what its limits leave each day. `following` is capacity time of the same operation that would have to fit into the same day for
 * the dampener to be used. The pieces come nearest first; undefined where there is no room within the horizon.
 */
export function placeWork(
  direction: Direction,
  centre: Centre,
  from: number,
  work: Work,
  following: number,
  book: CapacityBook,
): Booking[] | undefined {
  const placed: Booking[] = [];
  let left = work.clock;
  if (left === 0) return placed;
  const needOf = (clock: number) => Math.round((work.need * clock) / work.clock);
  for (const piece of direction === 'back' ? centre.time.before(from) : centre.time.after(from)) {
    const room = roomOn(centre, piece.day, { ...work, need: needOf(left) }, following, book);
    let most = Math.min(left, room);
    if (most < 1) continue;
    const free = centre.limits.length === 0 ? [piece] : book.free(centre, piece, work.capacities);
    for (const { starts, ends } of direction === 'back' ? free.toReversed() : free) {
      const length = Math.min(most, ends - starts);
      if (length === 0) break;
      const need = needOf(left) - needOf(left - length);
      const { capacities } = work;
      const span = direction === 'back' ? { starts: ends - length, ends } : { starts, ends: starts + length };
      const booking: Booking = { centre, day: piece.day, ...span, capacities, need };
      book.book(booking);
      placed.push(booking);
      left -= length;
      most -= length;
    }
    if (left === 0) return placed;
  }
  return undefined;
}

/** How long, by the clock, the centre may work on the day. */
function roomOn(centre: Centre, day: number, left: Work, following: number, book: CapacityBook): number {
  if (centre.limits.length === 0) return Infinity;
  const { available, dampener } = book.window(centre, day);
  const fits = left.need + following <= available + dampener;
  const need = fits ? available + dampener : available;
  return Math.floor((need * 100) / centre.efficiency.toNumber() / left.capacities);
}
