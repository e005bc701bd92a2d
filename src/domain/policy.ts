import type { Instant } from './calendar';
import { refusal, type Refusal } from './refusals';

/**
 * What happens when stock does not cover an order's automatic materials: `refuse` it, `split` it into what stock covers
 * and the rest, or let the stock go `negative` where the warehouse allows it.
 */
export const shortagePolicies = ['refuse', 'split', 'negative'] as const;
export type ShortagePolicy = (typeof shortagePolicies)[number];

/** Whether a release reserves the materials it does not withdraw: not at all, as far as possible, or fully or not at all. */
export const reservationPolicies = ['none', 'partial', 'full'] as const;
export type ReservationPolicy = (typeof reservationPolicies)[number];

/**
 * How a warehouse that handles consumption comes to know what it has to fetch: it is asked for what executive orders lack (`requests`), or
 * a release makes picking work for it (`work`).
 */
export const pickingPolicies = ['requests', 'work'] as const;
export type PickingPolicy = (typeof pickingPolicies)[number];

/**
 * The policies of a company. They are stamped on an order when it is released; whatever happens to that order later follows the stamp, not
 * what the company has changed to meanwhile.
 */
export interface ReleasePolicy {
  readonly shortage: ShortagePolicy;
  readonly reservation: ReservationPolicy;
  readonly picking: PickingPolicy;
}

/**
 * What the three systems planners come from do. Fluentis divides an order that stock does not cover, reserves nothing, and has materials
 * picked by list; Dynamics 365 reserves what there is and makes raw material picking work; Business Central asks neither for stock nor for
 * reservations and files pick requests. Sources: Fluentis, production parameters; Dynamics 365, release to warehouse; Business Central,
 * change of status.
 */
export const policyPresets = {
  fluentis: { shortage: 'split', reservation: 'none', picking: 'requests' },
  dynamics: { shortage: 'refuse', reservation: 'partial', picking: 'work' },
  businessCentral: { shortage: 'negative', reservation: 'none', picking: 'requests' },
} as const satisfies Record<string, ReleasePolicy>;
export type PolicyPreset = keyof typeof policyPresets;
// The keys of an object are its names.
export const presets = Object.keys(policyPresets) as [PolicyPreset, ...PolicyPreset[]];

/** The policies of a company as somebody read them, or as they are. */
export interface PolicyInForce extends ReleasePolicy {
  /** How often they were changed: what it was read with says whether somebody has changed them since. */
  readonly version: number;
  /** The last change; null as long as there is none. */
  readonly changedAt: Instant | null;
  readonly changedBy: string | null;
}

/**
 * POL-01: policies that somebody changed after they were read are not overwritten unseen. What they are already is no change, so the same
 * wish may come twice.
 */
export function refusalsOfPolicyChange(
  wanted: ReleasePolicy,
  readAt: number,
  current: PolicyInForce,
): Refusal[] {
  if (readAt === current.version || isSamePolicy(wanted, current)) return [];
  const { changedAt: at, changedBy: user } = current;
  if (at === null || user === null) return [refusal('POL-01', { context: 'elsewhere' })];
  return [refusal('POL-01', { user, at })];
}

export function isSamePolicy(one: ReleasePolicy, other: ReleasePolicy): boolean {
  return (
    one.shortage === other.shortage && one.reservation === other.reservation && one.picking === other.picking
  );
}

/** The preset that a policy is; null for one of the company's own. */
export function presetOf(policy: ReleasePolicy): PolicyPreset | null {
  return presets.find((name) => isSamePolicy(policyPresets[name], policy)) ?? null;
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
