import { staleVersion, unknownOrder } from '../header-rules';
import type { OrderHeader } from '../order';
import { quantityText, zero } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { isEntered, type RefreshCandidate } from './candidate';
import type { MasterData } from './master-data';
import type { RefreshOptions } from './options';

/** The rules of a refresh that look at an order before anything is calculated, in their order. Source: Business Central, refresh. */

/** REF-01: what is fulfilled or historical is passed over. */
export function isOver({ state }: OrderHeader): boolean {
  return state === 'fulfilled' || state === 'historical';
}

export function refusalsBefore(
  candidate: RefreshCandidate,
  masters: MasterData,
  options: RefreshOptions,
): Refusal[] {
  const { marked, order } = candidate;
  if (order === null) return [unknownOrder(marked)];
  const stale = staleVersion('REF-15', marked, order);
  if (isOver(order)) return [refusal('REF-01', { order: order.key, state: order.state }), ...stale];
  return [
    ...noDueDate(candidate),
    ...noVariant(candidate, masters, options),
    ...picked(candidate, options),
    ...reserved(candidate, options),
    ...nothingToStartFrom(candidate, masters, options),
    ...executive(candidate, options),
    ...noQuantity(candidate, options),
    ...changedWithoutLines(candidate, options),
    ...stale,
  ];
}

/** REF-02: an order is refreshed to its due date. */
function noDueDate({ marked, wanted }: RefreshCandidate): Refusal[] {
  return wanted.dueOn === null ? [refusal('REF-02', { order: marked.key })] : [];
}

/** REF-03: the lines of an item with variants are made for one of them. */
function noVariant({ marked, wanted }: RefreshCandidate, masters: MasterData, { calculate }: RefreshOptions) {
  const mandatory = masters.items.get(wanted.item)?.variantMandatory ?? false;
  if (!calculate.lines || !mandatory || wanted.variant !== '') return [];
  return [refusal('REF-03', { order: marked.key, item: wanted.item })];
}

/** REF-04: new lines have new materials; what was picked for the old ones asks for a yes. */
function picked(
  { marked, picked }: RefreshCandidate,
  { calculate, confirmPicked }: RefreshOptions,
): Refusal[] {
  if (!calculate.lines || confirmPicked) return [];
  return picked
    .filter(({ quantity }) => !quantity.isZero())
    .map(({ line, item, quantity, unit }) =>
      refusal('REF-04', {
        order: marked.key,
        line: String(line),
        item,
        quantity: quantityText(quantity),
        unit,
      }),
    );
}

/** REF-06: what is promised to or by others; a reservation between a line and a material of this order is made anew. */
function reserved({ marked, reservations }: RefreshCandidate, { calculate }: RefreshOptions): Refusal[] {
  return reservations
    .filter(({ ownOrder, quantity }) => !ownOrder && !quantity.isZero())
    .filter((each) => (each.of === 'output' ? calculate.lines : calculate.componentNeed))
    .map(({ of, line, item, quantity, unit, document }) => {
      const params = {
        order: marked.key,
        line: String(line),
        item,
        quantity: quantityText(quantity),
        unit,
        document,
      };
      return refusal('REF-06', of === 'component' ? { ...params, context: 'component' } : params);
    });
}

/** REF-07: there must be an item, and forward a start. A missing end is no fault: it follows from the due date. */
function nothingToStartFrom(
  { marked, wanted }: RefreshCandidate,
  masters: MasterData,
  { calculate, direction }: RefreshOptions,
): Refusal[] {
  if (!masters.items.has(wanted.item)) return [refusal('REF-07', { order: marked.key, item: wanted.item })];
  const lacksStart = calculate.lines && direction === 'forward' && wanted.startsAt === null;
  return lacksStart ? [refusal('REF-07', { order: marked.key, item: wanted.item, context: 'start' })] : [];
}

/** REF-08: what has been posted for an executive order refers to its lines as they are. It looks at the whole order. */
export function entries(candidate: RefreshCandidate): Refusal[] {
  if (!isEntered(candidate)) return [];
  const params = { order: candidate.marked.key, document: candidate.entries.join(', ') };
  const stuck = candidate.notRestorable.length > 0;
  return [refusal('REF-08', stuck ? { ...params, context: 'notRestorable' } : params)];
}

/** REF-08, with the way out; where that way is taken, what a restore says. */
function executive(candidate: RefreshCandidate, options: RefreshOptions): Refusal[] {
  const { notRestorable, staysBy } = candidate;
  if (options.executive === 'restoreAndRelease' && isEntered(candidate))
    return [...notRestorable, ...staysBy];
  const refused = entries(candidate);
  return notRestorable.length > 0 ? refused : refused.map((why) => ({ ...why, next: 'restoreAndRelease' }));
}

/** REF-10: every line makes something, and has a date to be scheduled from. */
function noQuantity({ marked, wanted, present }: RefreshCandidate, options: RefreshOptions): Refusal[] {
  const { calculate, direction } = options;
  if (calculate.lines) return lineWithout(marked.key, { ...wanted, orderLine: FIRST_LINE });
  if (!calculate.routings && !calculate.componentNeed) return [];
  return present.lines.flatMap((line) => {
    const missing = line.level > 0 || direction === 'back' ? line.endsAt : line.startsAt;
    const context = line.level > 0 || direction === 'back' ? 'end' : 'start';
    const params = { order: marked.key, line: String(line.orderLine), item: line.item };
    return [
      ...lineWithout(marked.key, line),
      ...(missing === null ? [refusal('REF-10', { ...params, context })] : []),
    ];
  });
}

/** REF-17: quantity and dates go into an order by its lines. */
function changedWithoutLines({ marked, wanted }: RefreshCandidate, { calculate }: RefreshOptions): Refusal[] {
  if (calculate.lines) return [];
  return wanted.changes.map(({ field, before, after }) =>
    field === 'quantity'
      ? refusal('REF-17', { order: marked.key, quantity: before, wanted: after })
      : refusal('REF-17', { order: marked.key, from: before, to: after, context: field }),
  );
}

/** The number of an order's first line; the others follow in the same steps. Source: Business Central. */
export const FIRST_LINE = 10_000;

function lineWithout(
  order: string,
  {
    orderLine,
    item,
    quantity,
  }: Pick<RefreshCandidate['present']['lines'][number], 'orderLine' | 'item' | 'quantity'>,
): Refusal[] {
  if (quantity.gt(zero)) return [];
  const params = { order, line: String(orderLine), item, quantity: quantityText(quantity) };
  return [refusal('REF-10', params)];
}

/** REF-05: says that the item's routing is another one than the order was made with. */
export function routingChanged(
  { marked, wanted, present }: RefreshCandidate,
  masters: MasterData,
  { calculate }: RefreshOptions,
): Refusal[] {
  const before = present.lines.find(({ level }) => level === 0)?.routing ?? null;
  const routing = masters.items.get(wanted.item)?.routing ?? null;
  if (!calculate.routings || before === null || before === routing) return [];
  const params = { order: marked.key, before };
  return [refusal('REF-05', routing === null ? { ...params, context: 'none' } : { ...params, routing })];
}
