import type { OrderKey } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { isEntered, type RefreshCandidate } from './candidate';
import type { MasterData } from './master-data';
import type { RefreshOptions } from './options';

/** What the warehouse is asked to put away: the output of the order. */
export interface InboundRequest {
  /** Null where no warehouse is known. */
  readonly warehouse: string | null;
  readonly item: string;
  readonly variant: string;
  /** What is not produced yet, in the unit of the order. */
  readonly quantity: Quantity;
  readonly unit: string;
}

/** Why none is made: nobody asked, the order is not executive, the warehouse puts nothing away, everything is produced. */
export const noRequestReasons = ['notAsked', 'notExecutive', 'noPutAway', 'nothingRemains'] as const;
export type NoRequestReason = (typeof noRequestReasons)[number];

/**
 * The request for the output of a refreshed order, or why there is none. The source document speaks of components; it is the output that
 * is put away. Source: Business Central, output warehouse handling.
 */
export function inboundRequest(
  { order, wanted, produced, warehouse }: RefreshCandidate,
  { warehouses }: MasterData,
  asked: RefreshOptions['inboundRequest'],
): InboundRequest | NoRequestReason {
  if (!asked) return 'notAsked';
  if (order?.state !== 'executive') return 'notExecutive';
  const handling = warehouses.get(warehouse ?? '')?.outputHandling ?? 'none';
  if (warehouse !== null && handling === 'none') return 'noPutAway';
  const quantity = wanted.quantity.minus(produced);
  if (quantity.lte(zero)) return 'nothingRemains';
  const { item, variant, unit } = wanted;
  return { warehouse, item, variant, quantity, unit };
}

/** REF-16: tells whoever asked for a request why there is none. */
export function noRequest(key: OrderKey, inbound: InboundRequest | NoRequestReason | null): Refusal[] {
  if (typeof inbound !== 'string' || inbound === 'notAsked') return [];
  return [refusal('REF-16', { order: key, context: inbound })];
}

/**
 * REF-18: tells that what the warehouse was asked before is asked no more, with the lines it was asked for; a restore and a release take
 * it back as well. A request made anew takes the place of the old one.
 */
export function requestWithdrawn(
  candidate: RefreshCandidate,
  inbound: InboundRequest | NoRequestReason,
  { calculate }: RefreshOptions,
): Refusal[] {
  const { marked, askedPutAway } = candidate;
  if (askedPutAway === null || typeof inbound !== 'string') return [];
  if (!calculate.lines && !isEntered(candidate)) return [];
  const { warehouse, item, variant, quantity, unit } = askedPutAway;
  const params = { order: marked.key, item, variant, quantity: quantityText(quantity), unit };
  return [
    refusal('REF-18', { ...params, ...(warehouse === null ? { context: 'anywhere' } : { warehouse }) }),
  ];
}
