/** What a constrained centre may still be given on a day; all of it in one unit of time. */
export interface CapacityWindow {
  /** Up to the critical load. */
  readonly available: number;
  /** By how much an operation may exceed that when all the rest of it then fits into this day. */
  readonly dampener: number;
}

export interface LimitedCapacity {
  /** All that the centre can do on the day. */
  readonly effective: number;
  /** Percent of it. */
  readonly criticalLoad: number;
  readonly dampener: number;
}

/**
 * What is left of a day on which `load` is booked. The dampener's part shrinks as far as the load exceeds the critical one already.
 * Source: Business Central, capacity constrained resources.
 */
export function capacityWindow(
  { effective, criticalLoad, dampener }: LimitedCapacity,
  load: number,
): CapacityWindow {
  const critical = (effective * criticalLoad) / 100;
  const most = (effective * dampener) / 100;
  return {
    available: Math.max(0, critical - load),
    dampener: Math.max(0, Math.min(most, critical + most - load)),
  };
}

/** What both of two limits leave: that of a machine and that of its work centre. */
export function narrower(a: CapacityWindow, b: CapacityWindow): CapacityWindow {
  const available = Math.min(a.available, b.available);
  return { available, dampener: Math.min(a.available + a.dampener, b.available + b.dampener) - available };
}
