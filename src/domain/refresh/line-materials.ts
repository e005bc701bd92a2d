import { one, roundToBook, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { componentNeed, roundedNeed } from './component-quantity';
import type { Explosion } from './explode';
import { linkedOperation, type LineOperations } from './line-operations';
import { unitFactor, type Item, type RoutingOperation } from './master-data';
import type { OrderLine, OrderMaterial } from './order-content';
import type { Plant } from './plant';

/** When a component of an operation is needed that has to be there so many days before. */
export type DatesOf = (
  operation: number | null,
  offsetDays: number,
) => Pick<OrderMaterial, 'usageOn' | 'usageAt'>;

/** Between the numbers of an order's materials. */
export const MATERIAL_STEP = 10_000;

/**
 * What the line takes of the components of its bill. `before` is how many materials the order has already. REF-13: a unit that the item
 * does not have.
 */
export function explodedMaterials(
  plant: Plant,
  line: OrderLine,
  item: Item,
  explosion: Explosion,
  operations: readonly RoutingOperation[],
  { scrapAt }: LineOperations,
  datesOf: DatesOf,
  before: number,
): { readonly materials: readonly OrderMaterial[]; readonly refusals: readonly Refusal[] } {
  const perLineUnit = perUnitOfLine(line, item, explosion);
  if ('code' in perLineUnit) return { materials: [], refusals: [perLineUnit] };
  const refusals: Refusal[] = [];
  const materials: OrderMaterial[] = [];
  for (const component of explosion.components) {
    const taken = plant.masters.items.get(component.item);
    const factor = taken && unitFactor(taken, component.unit);
    if (!factor) {
      refusals.push(unknownUnit(component.item, component.unit));
      continue;
    }
    const operation = linkedOperation(operations, component.routingLink);
    const quantityPer = component.fixed ? component.quantityPer : component.quantityPer.times(perLineUnit);
    const need = componentNeed({
      quantityPer,
      fixed: component.fixed,
      scrap: component.scrap,
      lineQuantity: line.quantity,
      lineScrap: line.scrap,
      operationScrap: scrapAt(operation),
    });
    const { usageOn, usageAt } = datesOf(operation, component.leadTimeOffsetDays);
    materials.push({
      orderLine: line.orderLine,
      line: (before + materials.length + 1) * MATERIAL_STEP,
      item: component.item,
      variant: component.variant,
      lot: '',
      unit: component.unit,
      quantityPer: roundToBook(quantityPer),
      fixed: component.fixed,
      scrap: component.scrap,
      quantity: roundedNeed(need.times(factor), taken),
      routingLink: component.routingLink,
      operation,
      leadTimeOffsetDays: component.leadTimeOffsetDays,
      usageOn,
      usageAt,
      warehouse: null,
      reason: null,
      byHand: false,
    });
  }
  return { materials, refusals };
}

/** The bill is per one unit of its own: how many of these one unit of the line has. */
function perUnitOfLine(line: OrderLine, item: Item, { unit }: Explosion): Quantity | Refusal {
  const ofLine = unitFactor(item, line.unit);
  const ofBill = unitFactor(item, unit);
  if (!ofLine) return unknownUnit(item.item, line.unit);
  if (!ofBill) return unknownUnit(item.item, unit);
  return ofLine.eq(ofBill) ? one : ofLine.div(ofBill);
}

function unknownUnit(item: string, unit: string): Refusal {
  return refusal('REF-13', { item, unit });
}

/**
 * A material that is kept while the operations around it change: its operation is the one with its link, or its own if it is still there.
 */
export function keptMaterial(
  material: OrderMaterial,
  operations: readonly RoutingOperation[],
  datesOf: DatesOf,
): OrderMaterial {
  const { routingLink } = material;
  const own = operations.some((each) => each.operation === material.operation) ? material.operation : null;
  const operation = linkedOperation(operations, routingLink) ?? own;
  return { ...material, operation, ...datesOf(operation, material.leadTimeOffsetDays) };
}
