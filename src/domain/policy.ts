/**
 * What happens when stock does not cover an order's automatic materials: `refuse` it, `split` it into what stock covers
 * and the rest, or let the stock go `negative` where the warehouse allows it.
 */
export const shortagePolicies = ['refuse', 'split', 'negative'] as const;
export type ShortagePolicy = (typeof shortagePolicies)[number];

/** Whether a release reserves the materials it does not withdraw: not at all, as far as possible, or fully or not at all. */
export const reservationPolicies = ['none', 'partial', 'full'] as const;
export type ReservationPolicy = (typeof reservationPolicies)[number];

/** The two policies of a company. They are stamped on an order when it is released; restore follows the stamp. */
export interface ReleasePolicy {
  readonly shortage: ShortagePolicy;
  readonly reservation: ReservationPolicy;
}

/**
 * Whether a stock may go below zero: a plain release may, only a forced one may, or none may. The company's policy and the
 * warehouse both have to allow it; force stands in for the policy, never for the warehouse. A lot cannot be withdrawn that is
 * not there. Source: Fluentis, warehouse parameters (negative stock).
 */
export type BelowZero = 'allowed' | 'whenForced' | 'never';

export function belowZero(policy: ShortagePolicy, warehouseAllows: boolean, lotManaged: boolean): BelowZero {
  if (!warehouseAllows || lotManaged) return 'never';
  return policy === 'negative' ? 'allowed' : 'whenForced';
}
