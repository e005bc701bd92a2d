import { unknownOrder } from '../header-rules';
import type { MarkedOrder, OrderHeader } from '../order';
import { quantity, quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { isSame, type Reservation, type ReservationName, type ReservationStep } from './reservation';

/** An item as an order takes it. */
interface Taken {
  readonly item: string;
  readonly variant: string;
}

/** What is free of one stock: on hand and promised to nobody. */
interface FreeStock extends Taken {
  readonly warehouse: string;
  readonly lot: string;
  readonly quantity: Quantity;
}

export interface ReservationCandidate {
  readonly marked: Pick<MarkedOrder, 'key'>;
  /** Null: there is no such order. */
  readonly order: OrderHeader | null;
  readonly reservations: readonly Reservation[];
  /** Of the output: what is still to come and promised to nobody. */
  readonly freeOutput: Quantity;
  readonly freeStock: readonly FreeStock[];
  /** What the order takes from stock of each item, and nothing is reserved for yet. */
  readonly needs: readonly (Taken & { readonly quantity: Quantity })[];
}

export interface ReservationDecision {
  /** Empty: the step is taken. */
  readonly refusals: readonly Refusal[];
  /** The reservations of the step as they are afterwards; empty when it is refused. */
  readonly changed: readonly Reservation[];
}

/**
 * Judges one step with reservations of one order: all of them go, or none; every refusal is returned. A reservation that was cancelled is
 * made again up to what is free and what the order still needs; those before it in the step count. Rules: ORD-01, RSV-01 to RSV-04.
 * Source: Business Central, refresh production order: cancel reservations before it, reserve again after it.
 */
export function decideReservation(
  candidate: ReservationCandidate,
  step: ReservationStep,
): ReservationDecision {
  const { marked, order, reservations } = candidate;
  if (order === null) return { refusals: [unknownOrder({ ...marked, version: 0 })], changed: [] };
  const refusals: Refusal[] = [];
  const changed: Reservation[] = [];
  for (const name of step.reservations) {
    const found = reservations.find((each) => isSame(each, name));
    // Named twice, the first has done it.
    if (!found || found.active !== (step.step === 'cancel') || changed.some((each) => isSame(each, name))) {
      refusals.push(notThere(name, step.step));
      continue;
    }
    const next = { ...found, active: !found.active, quantity: wantedOf(name, found) };
    if (next.active) refusals.push(...notReservable(candidate, order, next, changed));
    changed.push(next);
  }
  return refusals.length > 0 ? { refusals, changed: [] } : { refusals, changed };
}

function wantedOf(name: ReservationName & { readonly quantity?: string | undefined }, found: Reservation) {
  return name.quantity === undefined ? found.quantity : quantity(name.quantity);
}

/** RSV-01: what is cancelled is reserved, and what is reserved again was cancelled. */
function notThere({ document, line }: ReservationName, step: ReservationStep['step']): Refusal {
  const params = { document, line: String(line) };
  return refusal('RSV-01', step === 'cancel' ? params : { ...params, context: 'reserve' });
}

function notReservable(
  candidate: ReservationCandidate,
  order: OrderHeader,
  next: Reservation,
  before: readonly Reservation[],
): Refusal[] {
  const over = wrongState(order, next);
  if (over.length > 0) return over;
  const alike = before.filter((each) => each.of === next.of);
  if (next.of === 'output') return short(next, candidate.freeOutput.minus(sum(alike)), 'output');
  const ofItem = (each: Taken) => each.item === next.item && each.variant === next.variant;
  const ofStock = (each: FreeStock | Reservation) =>
    ofItem(each) && each.warehouse === next.warehouse && each.lot === next.lot;
  const free = sum(candidate.freeStock.filter(ofStock)).minus(sum(alike.filter(ofStock)));
  const need = sum(candidate.needs.filter(ofItem)).minus(sum(alike.filter(ofItem)));
  return [...short(next, free), ...moreThanNeeded(next, need)];
}

const sum = (of: readonly { readonly quantity: Quantity }[]) =>
  of.reduce((total, each) => total.plus(each.quantity), zero);

/** RSV-02: output is promised as long as some is to come, stock until the release of the order takes it. */
function wrongState({ key, state }: OrderHeader, { of }: Reservation): Refusal[] {
  if (state === 'launched' || (state === 'executive' && of === 'output')) return [];
  const params = { order: key, state };
  return [refusal('RSV-02', of === 'output' ? { ...params, context: 'output' } : params)];
}

/** RSV-03: nobody is promised more than is free. */
function short({ document, line, ...next }: Reservation, free: Quantity, context?: 'output'): Refusal[] {
  if (next.quantity.lte(free)) return [];
  const { item, variant, warehouse, lot, unit } = next;
  const available = free.isNegative() ? zero : free;
  const params = {
    ...{ item, variant, unit, document, line: String(line), quantity: quantityText(next.quantity) },
    ...{ available: quantityText(available), short: quantityText(next.quantity.minus(available)) },
  };
  return [refusal('RSV-03', context ? { ...params, context } : { ...params, warehouse, lot })];
}

/** RSV-04: a refresh may have made the order need less of it, or nothing. */
function moreThanNeeded({ document, line, ...next }: Reservation, left: Quantity): Refusal[] {
  if (next.quantity.lte(left)) return [];
  const { item, variant, unit } = next;
  const need = quantityText(left.isNegative() ? zero : left);
  const params = { item, variant, unit, document, line: String(line), need };
  return [refusal('RSV-04', { ...params, quantity: quantityText(next.quantity) })];
}
