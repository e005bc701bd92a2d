import type { PlantTables } from './read-plant';

export interface SequenceResult {
  readonly orders: number;
  readonly releasable: number;
  readonly automaticLines: number;
}

/**
 * How far the stock of the plant goes: the launched orders of the first days after the cut-off, by start and number,
 * each either takes all its automatic materials or is short and takes nothing.
 */
export function releaseInSequence(plant: PlantTables, lastStart: string): SequenceResult {
  const itemsByCode = new Map(plant.items.map((item) => [item.item, item]));
  const stock = new Map(plant.stock.map((row) => [`${row.item} ${row.warehouse}`, Number(row.quantity)]));
  const orders = plant.orders.filter((order) => order.state === 'launched' && order.start <= lastStart);
  const wanted = new Set(orders.map((order) => order.number));
  const needs = new Map<string, { key: string; quantity: number }[]>();
  for (const line of plant.order_materials) {
    const item = itemsByCode.get(line.item);
    if (!wanted.has(line.number) || item?.pickup_type !== 'automatic') continue;
    const need = { key: `${line.item} ${item.warehouse}`, quantity: Number(line.quantity) };
    needs.set(line.number, [...(needs.get(line.number) ?? []), need]);
  }

  let releasable = 0;
  let automaticLines = 0;
  for (const order of orders) {
    const need = needs.get(order.number) ?? [];
    automaticLines += need.length;
    if (need.some(({ key, quantity }) => (stock.get(key) ?? 0) < quantity)) continue;
    for (const { key, quantity } of need) stock.set(key, (stock.get(key) ?? 0) - quantity);
    releasable += 1;
  }
  return { orders: orders.length, releasable, automaticLines };
}
