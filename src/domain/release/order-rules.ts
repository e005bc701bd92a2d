import type { OrderHeader } from '../order';
import { quantityText } from '../quantity';
import { forceable, refusal, type Refusal } from '../refusals';
import type { ReleaseCandidate } from './candidate';

/** The rules of a release that look at one order alone. Each gives its refusals, none when the order may go. */

/** REL-01: only launched orders are released. */
export function wrongState({ key, state }: OrderHeader): Refusal {
  return refusal('REL-01', { order: key, state });
}

/** REL-17: an order on hold waits until somebody lifts the hold. */
export function onHold({ marked, hold }: ReleaseCandidate): Refusal[] {
  if (hold === null) return [];
  return [refusal('REL-17', { order: marked.key, reason: hold.reason, user: hold.by, at: hold.at })];
}

/** REL-05: there must be something left to produce. */
export function nothingToProduce({ marked, quantity, produced }: ReleaseCandidate): Refusal[] {
  if (quantity.isPositive() && produced.lt(quantity)) return [];
  const params = { quantity: quantityText(quantity), produced: quantityText(produced) };
  return [refusal('REL-05', { order: marked.key, ...params })];
}

/** REL-06: the item may be produced. */
export function blockedItem({ marked, item, blocked }: ReleaseCandidate): Refusal[] {
  return blocked ? [refusal('REL-06', { order: marked.key, item })] : [];
}

/** REL-07: an order that was only entered has no materials or operations yet; it may be meant so. */
export function incomplete({ marked, item, lacksMaterials, lacksOperations }: ReleaseCandidate): Refusal[] {
  const params = { order: marked.key, item };
  return [
    ...(lacksMaterials ? [forceable(refusal('REL-07', params))] : []),
    ...(lacksOperations ? [forceable(refusal('REL-07', { ...params, context: 'operations' }))] : []),
  ];
}

/** REL-08: every automatic material has a warehouse with an unload reason for production. */
export function unresolvedMaterials({ marked, unresolved }: ReleaseCandidate): Refusal[] {
  return unresolved.map(({ line, item }) =>
    refusal('REL-08', { order: marked.key, line: String(line), item }),
  );
}

/** REL-11: the posting day is open in every warehouse the order would post to. */
export function closedWarehouses({ marked, closed }: ReleaseCandidate): Refusal[] {
  return closed.map(({ warehouse, day, from, to }) =>
    refusal('REL-11', { order: marked.key, warehouse, date: day, from, to }),
  );
}
