import { capacityWindow, narrower, type CapacityWindow } from './capacity-window';
import type { Centre } from './centres';

/** Work on a centre without a break, on one day. Moments and lengths are milliseconds. */
export interface Booking {
  readonly centre: Centre;
  readonly day: number;
  readonly starts: number;
  readonly ends: number;
  /** How many of the centre's capacities work on it. */
  readonly capacities: number;
  /** Time of one capacity at full efficiency. */
  readonly need: number;
}

export interface FreePiece {
  readonly starts: number;
  readonly ends: number;
}

/** Capacities may be fractions; what is left of adding them up is nothing. */
const NOISE = 1e-9;

/** What is booked on constrained centres, while orders are scheduled one after the other. Other centres are never full. */
export class CapacityBook {
  readonly #loads = new Map<string, Map<number, number>>();
  readonly #bookings = new Map<string, Map<number, Booking[]>>();
  readonly #journal: Booking[] = [];

  book(booking: Booking): void {
    if (booking.centre.limits.length === 0) return;
    this.#journal.push(booking);
    this.#add(booking, 1);
    this.#bookingsOf(booking).push(booking);
  }

  /** Where the book is; what is booked from here on can be taken back. */
  get mark(): number {
    return this.#journal.length;
  }

  takeBackTo(mark: number): void {
    for (const booking of this.#journal.splice(mark).reverse()) {
      this.#add(booking, -1);
      this.#bookingsOf(booking).pop();
    }
  }

  /** What all limits of the centre leave on a day. */
  window({ limits }: Centre, day: number): CapacityWindow {
    return limits
      .map((limit) => {
        const { criticalLoad, dampener } = limit;
        const load = this.#loads.get(limit.resource)?.get(day) ?? 0;
        return capacityWindow({ effective: limit.effective(day), criticalLoad, dampener }, load);
      })
      .reduce(narrower);
  }

  /** The parts of a working piece in which so many capacities of the centre are free, first to last. */
  free(
    { resource, capacity }: Centre,
    piece: FreePiece & { readonly day: number },
    capacities: number,
  ): FreePiece[] {
    const booked = (this.#bookings.get(resource)?.get(piece.day) ?? []).filter(
      ({ starts, ends }) => starts < piece.ends && ends > piece.starts,
    );
    const room = capacity.toNumber() - capacities + NOISE;
    const changes = booked
      .flatMap((each) => [
        { at: Math.max(each.starts, piece.starts), by: each.capacities },
        { at: each.ends, by: -each.capacities },
      ])
      .sort((a, b) => a.at - b.at);
    const free: FreePiece[] = [];
    let since: number | null = piece.starts;
    let used = 0;
    for (const { at, by } of changes) {
      const isFree: boolean = since !== null;
      used += by;
      if (isFree === used <= room) continue;
      if (since !== null && at > since) free.push({ starts: since, ends: at });
      since = isFree ? null : at;
    }
    if (since !== null && since < piece.ends) free.push({ starts: since, ends: piece.ends });
    return free;
  }

  #bookingsOf({ centre, day }: Booking): Booking[] {
    const days = this.#bookings.get(centre.resource) ?? new Map<number, Booking[]>();
    const bookings = days.get(day) ?? [];
    this.#bookings.set(centre.resource, days.set(day, bookings));
    return bookings;
  }

  #add({ centre, day, need }: Booking, sign: 1 | -1): void {
    for (const resource of new Set([centre.resource, centre.parent])) {
      const days = this.#loads.get(resource) ?? new Map<number, number>();
      this.#loads.set(resource, days.set(day, (days.get(day) ?? 0) + sign * need));
    }
  }
}
