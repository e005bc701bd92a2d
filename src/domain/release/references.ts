import { groupBy } from '../group-by';
import type { MarkedOrder, OrderKey } from '../order';

/** What is made or taken: an item with its variant, as one text. */
export type Product = string & { readonly product: unique symbol };

/** An order whose sub-orders are looked for. */
export interface ParentOrder {
  readonly key: OrderKey;
  /** Empty where it belongs to none. */
  readonly jobOrder: string;
  /** 1 is a finished product. */
  readonly level: number;
  /** What it takes from stock; what its own lines make for it is left out. */
  readonly takes: readonly Product[];
}

/** A launched or executive order that makes something a parent takes. */
export interface Maker {
  readonly key: OrderKey;
  readonly version: number;
  readonly launched: boolean;
  readonly jobOrder: string;
  readonly level: number;
  readonly makes: Product;
  /** The orders its output is promised to. */
  readonly promisedTo: readonly OrderKey[];
}

/** A maker in its place below the first parent that it works for. */
export interface SubOrder extends Maker {
  readonly under: OrderKey;
}

/**
 * The makers that work for these parents, by parent in sequence, each once and none of `reached`. An order works for the one that its output
 * is promised to. Where it is promised to no order, it works for those of its job order that take what it makes and stand no deeper in
 * the bill of materials than it does: the way leads down only. Source: Dynamics 365, release of production orders, references.
 */
export function subOrdersOf(
  parents: readonly ParentOrder[],
  makers: readonly Maker[],
  reached: ReadonlySet<OrderKey>,
): SubOrder[] {
  const open = groupBy(
    makers.filter(({ key }) => !reached.has(key)),
    ({ makes }) => makes,
  );
  return parents.flatMap((parent) =>
    [...new Set(parent.takes)].flatMap((product) => {
      const left = open.get(product) ?? [];
      const mine = left.filter((maker) => worksFor(maker, parent));
      if (mine.length === 0) return [];
      const found = new Set(mine);
      open.set(
        product,
        left.filter((maker) => !found.has(maker)),
      );
      return mine.map((maker) => ({ ...maker, under: parent.key }));
    }),
  );
}

function worksFor({ key, jobOrder, level, promisedTo }: Maker, parent: ParentOrder): boolean {
  if (key === parent.key) return false;
  if (promisedTo.length > 0) return promisedTo.includes(parent.key);
  return jobOrder !== '' && jobOrder === parent.jobOrder && level >= parent.level;
}

/** An order of a run; a sub-order that nobody marked names the marked one that takes it along. */
export interface OrderOfRun extends MarkedOrder {
  readonly goesWith?: OrderKey;
}

/**
 * The marked orders, each followed by those of its sub-orders that can be released and are not marked themselves, the nearest first. Ones
 * already executive do not go, but those below them do.
 */
export function withReferences(marked: readonly MarkedOrder[], subOrders: readonly SubOrder[]): OrderOfRun[] {
  const own = new Set(marked.map(({ key }) => key));
  const under = groupBy(subOrders, (sub) => sub.under);
  return marked.flatMap((order) => [
    order,
    ...below(order.key, under)
      .filter(({ key, launched }) => launched && !own.has(key))
      .map(({ key, version }) => ({ key, version, goesWith: order.key })),
  ]);
}

/** Level by level. Every order has one place below another, so that this ends. */
function below(order: OrderKey, under: Map<OrderKey, SubOrder[]>): SubOrder[] {
  const found: SubOrder[] = [];
  let level = take(order, under);
  while (level.length > 0) {
    found.push(...level);
    level = level.flatMap(({ key }) => take(key, under));
  }
  return found;
}

function take(order: OrderKey, under: Map<OrderKey, SubOrder[]>): SubOrder[] {
  const subOrders = under.get(order) ?? [];
  under.delete(order);
  return subOrders;
}
