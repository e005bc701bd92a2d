import { millisecondsOf } from '../calendar';
import { zero } from '../quantity';
import { componentDates } from './component-dates';
import { componentNeed, roundedNeed } from './component-quantity';
import { linkedOperation, lineOperations } from './line-operations';
import { unitFactor, type RoutingOperation } from './master-data';
import type { LineSupply, OrderContent, OrderLine, OrderMaterial } from './order-content';
import type { Plant } from './plant';

/** What may be changed of an operation by hand; its times and its centre decide the schedule. */
export type OperationEdit = Partial<
  Pick<
    RoutingOperation,
    | 'workCentre'
    | 'machine'
    | 'description'
    | 'setup'
    | 'run'
    | 'wait'
    | 'move'
    | 'lotSize'
    | 'concurrentCapacities'
  >
>;

/** What may be changed of a material by hand. A quantity of its own wins over what the others would give. */
export type MaterialEdit = Partial<
  Pick<
    OrderMaterial,
    | 'variant'
    | 'lot'
    | 'quantityPer'
    | 'fixed'
    | 'scrap'
    | 'quantity'
    | 'routingLink'
    | 'operation'
    | 'leadTimeOffsetDays'
    | 'warehouse'
    | 'reason'
  >
>;

/** The order with an operation changed by hand, before it is rescheduled from that operation on. */
export function editOperation(
  content: OrderContent,
  { orderLine, operation }: { readonly orderLine: number; readonly operation: number },
  edit: OperationEdit,
): OrderContent {
  const operations = content.operations.map((each) =>
    each.orderLine === orderLine && each.operation === operation ? { ...each, ...edit, byHand: true } : each,
  );
  return { ...content, operations };
}

/**
 * The order with a material changed by hand: its quantity follows from what it is made of. So do its dates, and how much of it a line of
 * the order supplies.
 */
export function editMaterial(
  plant: Plant,
  content: OrderContent,
  line: number,
  edit: MaterialEdit,
): OrderContent {
  const materials = content.materials.map((each) =>
    each.line === line ? edited(plant, content, { ...each, ...edit, byHand: true }, edit) : each,
  );
  const changed = materials.find((each) => each.line === line);
  return { ...content, materials, supplies: changed ? suppliesWith(content, changed) : content.supplies };
}

/** What the line below that makes this very item and variant has left for the material, and no more than it takes. */
function suppliesWith({ lines, supplies }: OrderContent, material: OrderMaterial): LineSupply[] {
  const others = supplies.filter((each) => each.material !== material.line);
  const level = lines.find(({ orderLine }) => orderLine === material.orderLine)?.level ?? 0;
  const maker = lines.find(
    (line) => line.level === level + 1 && line.item === material.item && line.variant === material.variant,
  );
  if (!maker) return others;
  const { orderLine } = maker;
  const left = others
    .filter((each) => each.orderLine === orderLine)
    .reduce((rest, { quantity }) => rest.minus(quantity), maker.quantity);
  const quantity = left.lt(material.quantity) ? left : material.quantity;
  return quantity.gt(zero) ? [...others, { material: material.line, orderLine, quantity }] : others;
}

function edited(
  plant: Plant,
  content: OrderContent,
  material: OrderMaterial,
  edit: MaterialEdit,
): OrderMaterial {
  const own = content.operations.filter(({ orderLine }) => orderLine === material.orderLine);
  const line = content.lines.find(({ orderLine }) => orderLine === material.orderLine);
  const placed = { ...material, ...placeOf(own, edit) };
  if (!line) return placed;
  const decides = [edit.quantityPer, edit.fixed, edit.scrap, edit.operation, edit.routingLink];
  const keeps = edit.quantity !== undefined || decides.every((each) => each === undefined);
  const quantity = keeps ? placed.quantity : needOf(plant, line, placed, own);
  const startsAt = own.find(({ operation }) => operation === placed.operation)?.startsAt ?? line.startsAt;
  const dates = startsAt && componentDates(plant, millisecondsOf(startsAt), placed.leadTimeOffsetDays);
  return { ...placed, quantity, ...dates };
}

/** An operation and the link to it go together. */
function placeOf(own: readonly RoutingOperation[], { operation, routingLink }: MaterialEdit) {
  if (operation !== undefined)
    return { operation, routingLink: own.find((each) => each.operation === operation)?.routingLink ?? '' };
  return routingLink === undefined ? {} : { operation: linkedOperation(own, routingLink) };
}

function needOf(plant: Plant, line: OrderLine, material: OrderMaterial, own: readonly RoutingOperation[]) {
  const item = plant.masters.items.get(material.item);
  const factor = item && unitFactor(item, material.unit);
  const operations = lineOperations(plant, line, own);
  if (!item || !factor || 'refusals' in operations) return material.quantity;
  const need = componentNeed({
    ...{ quantityPer: material.quantityPer, fixed: material.fixed, scrap: material.scrap },
    ...{ lineQuantity: line.quantity, lineScrap: line.scrap },
    operationScrap: operations.scrapAt(material.operation),
  });
  return roundedNeed(need.times(factor), item);
}
