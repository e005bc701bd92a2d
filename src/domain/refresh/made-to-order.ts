import { dayNumber, instantAt, millisecondsOf } from '../calendar';
import { groupBy } from '../group-by';
import { zero } from '../quantity';
import type { CalculatedLine } from './calculate-line';
import type { MasterData } from './master-data';
import type { OrderLine, OrderMaterial } from './order-content';
import type { Plant } from './plant';

/** A line of the order that makes what other lines of it take. */
export interface MadeToOrderLine {
  readonly line: OrderLine;
  /** When it has to be done, in milliseconds. */
  readonly from: number;
  readonly materials: readonly OrderMaterial[];
}

/**
 * The lines below these ones: what they take that is made to order for items made to order. The same item for several of them is one
 * line, done when the first of them needs it. Source: Business Central, refresh production order.
 */
export function madeToOrderLines(
  plant: Plant,
  above: readonly CalculatedLine[],
  materials: readonly OrderMaterial[],
  firstNumber: number,
): MadeToOrderLine[] {
  const makes = new Map(above.map(({ line }) => [line.orderLine, line]));
  const taken = materials.filter((each) =>
    isMadeToOrder(plant.masters, makes.get(each.orderLine)?.item, each),
  );
  const groups = [...groupBy(taken, ({ item, variant }) => JSON.stringify([item, variant])).values()];
  return groups.flatMap((group, place) => {
    const [first] = group;
    const item = plant.masters.items.get(first?.item ?? '');
    if (!first || !item) return [];
    const from = Math.min(...group.map((each) => neededAt(plant, each)));
    const dueOn =
      group.map(({ usageOn }) => usageOn ?? plant.clock.day(plant.clock.dayAt(from))).sort()[0] ?? null;
    const line: OrderLine = {
      orderLine: firstNumber + place * LINE_STEP,
      level: (makes.get(first.orderLine)?.level ?? 0) + 1,
      ...{ item: item.item, variant: first.variant, unit: item.unit, scrap: item.scrap },
      quantity: group.reduce((sum, { quantity }) => sum.plus(quantity), zero),
      ...{ bom: item.bom, bomVersion: null, routing: item.routing, routingVersion: null },
      ...{ startsAt: null, endsAt: instantAt(from), dueOn },
    };
    return [{ line, from, materials: group }];
  });
}

/** Between the numbers of an order's lines. */
export const LINE_STEP = 10_000;

function isMadeToOrder({ items }: MasterData, maker: string | undefined, material: OrderMaterial): boolean {
  const item = items.get(material.item);
  if (!item || !items.get(maker ?? '')?.makeToOrder) return false;
  return item.makeToOrder && item.procurement === 'production' && material.quantity.gt(zero);
}

/** Where only the day counts, it has to be there when the day begins. */
function neededAt({ clock }: Plant, { usageAt, usageOn }: OrderMaterial): number {
  if (usageAt !== null) return millisecondsOf(usageAt);
  return usageOn === null ? Infinity : clock.midnight(dayNumber(usageOn));
}
