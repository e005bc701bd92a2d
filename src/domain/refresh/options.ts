import type { Direction } from './place-work';

/** Which parts of an order a refresh calculates anew. */
export interface Calculate {
  readonly lines: boolean;
  readonly routings: boolean;
  readonly componentNeed: boolean;
}

export interface RefreshOptions {
  readonly direction: Direction;
  readonly calculate: Calculate;
  /** Ask the warehouse to put the output away. */
  readonly inboundRequest: boolean;
  /** The planner knows that materials have been picked. */
  readonly confirmPicked: boolean;
  /** What becomes of executive orders that have entries: they are refused, or restored, refreshed and released in one. */
  readonly executive: (typeof executiveWays)[number];
}

export const executiveWays = ['refuse', 'restoreAndRelease'] as const;

/** Source: Business Central, refresh production order. */
export const defaultOptions: RefreshOptions = {
  direction: 'back',
  calculate: { lines: true, routings: true, componentNeed: true },
  inboundRequest: false,
  confirmPicked: false,
  executive: 'refuse',
};

/** What has to be calculated because lines are, and is not. Source: Business Central, refresh production order. */
export function missingWithLines(calculate: Calculate): ('routings' | 'componentNeed')[] {
  if (!calculate.lines) return [];
  return (['routings', 'componentNeed'] as const).filter((part) => !calculate[part]);
}

/** The options as a dialog shows them when one is switched: lines switch the others on. */
export function switched(calculate: Calculate, part: keyof Calculate, on: boolean): Calculate {
  const next = { ...calculate, [part]: on };
  return next.lines && part === 'lines' ? { lines: true, routings: true, componentNeed: true } : next;
}
