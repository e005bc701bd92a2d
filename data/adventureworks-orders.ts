import { known, type Item, type Plant } from './adventureworks-plant';
import {
  closingOpenedOn,
  hasBegun,
  ISSUE,
  locationCode,
  operationUsing,
  plannedEnd,
  sectionOf,
  SITE,
  stateAtCutOff,
  validOn,
  type State,
} from './adventureworks-rules';
import type { Source, SourceOperation, SourceOrder } from './adventureworks-source';
import { groupBy } from './group-by';
import type { RowOf } from '../src/adapter/orderbook/import-format';

type OrderFile = 'orders' | 'order_materials' | 'order_operations' | 'movements' | 'declarations';
type OrderRows = { readonly [F in OrderFile]: RowOf<F>[] };

interface Material {
  readonly line: number;
  readonly item: Item;
  readonly unit: string;
  readonly quantityPer: number;
  readonly quantity: number;
  readonly operation: SourceOperation | undefined;
}

interface PlannedOrder {
  readonly order: SourceOrder;
  readonly state: State;
  readonly item: Item;
  readonly operations: readonly SourceOperation[];
  readonly materials: readonly Material[];
}

/** Orders and everything that belongs to them, by start date, then number. */
export function orderData(source: Source, plant: Plant): OrderRows {
  const operationsOf = groupBy(source.operations, (operation) => operation.order);
  const locationNames = new Map(source.locations.map(({ id, name }) => [id, name]));
  const rows: OrderRows = {
    orders: [],
    order_materials: [],
    order_operations: [],
    movements: [],
    declarations: [],
  };
  for (const order of source.orders.toSorted(byStartThenNumber)) {
    const operations = (operationsOf.get(order.id) ?? []).toSorted((a, b) => a.sequence - b.sequence);
    const planned: PlannedOrder = {
      order,
      state: stateAtCutOff(order),
      item: known(plant.items, order.product),
      operations,
      materials: materialsOf(order, operations, plant),
    };
    const movements = movementRows(planned, plant);
    rows.orders.push(orderRow(planned, movements.length > 0));
    rows.order_materials.push(...materialRows(planned));
    rows.order_operations.push(...operationRows(planned, locationNames));
    rows.movements.push(...movements);
    rows.declarations.push(...declarationRows(planned));
  }
  return rows;
}

const byStartThenNumber = (a: SourceOrder, b: SourceOrder): number =>
  a.start === b.start ? a.id - b.id : a.start < b.start ? -1 : 1;

/** The year is left to the reader: it is the year of the start date, also after the dates have been moved. */
const keyOf = (order: SourceOrder) => ({ number: order.id, lot: 0 });

/** One level of the bill that is valid on the start day. */
function materialsOf(order: SourceOrder, operations: readonly SourceOperation[], plant: Plant): Material[] {
  const bom = plant.boms.get(order.product);
  if (bom === undefined) return [];
  return validOn(bom.lines, order.start).map((line) => {
    const item = known(plant.items, line.component);
    return {
      line: known(bom.numberOf, line),
      item,
      unit: line.unit,
      quantityPer: line.quantity,
      quantity: line.quantity * order.ordered,
      operation: operationUsing(item.stock, operations),
    };
  });
}

/** An order on the floor, or done, came there by a release if that made movements, else directly. */
function orderRow({ order, state, item, operations }: PlannedOrder, hasMovements: boolean): RowOf<'orders'> {
  const first = operations[0];
  return {
    ...keyOf(order),
    item: item.product.number,
    quantity: order.ordered,
    unit: item.unit,
    start: order.start,
    end: plannedEnd(order, operations),
    due: order.due,
    work_centre: first === undefined ? '' : locationCode(first.location),
    site: SITE,
    state,
    origin: state === 'launched' ? '' : hasMovements ? 'release' : 'direct',
    released_on: hasMovements ? order.start : '',
    quantity_produced: state === 'fulfilled' ? order.stocked : 0,
  };
}

/** Warehouse and reason stay empty: the item and the withdrawal defaults decide at release. */
function materialRows({ order, materials }: PlannedOrder): RowOf<'order_materials'>[] {
  return materials.map((material) => ({
    ...keyOf(order),
    line: material.line,
    item: material.item.product.number,
    unit: material.unit,
    quantity_per: material.quantityPer,
    fixed: false,
    quantity: material.quantity,
    operation: material.operation?.sequence ?? '',
    usage_date: material.operation?.scheduledStart ?? order.start,
  }));
}

/** Every operation can be declared; only the last moves stock, because the source receives an order once. */
function operationRows(
  { order, operations }: PlannedOrder,
  locationNames: ReadonlyMap<number, string>,
): RowOf<'order_operations'>[] {
  return operations.map((operation) => ({
    ...keyOf(order),
    operation: operation.sequence,
    work_centre: locationCode(operation.location),
    description: known(locationNames, operation.location),
    start: operation.scheduledStart,
    end: operation.scheduledEnd,
    productive: true,
    movable: operation === operations.at(-1),
  }));
}

/** The withdrawals a release has made: one for each automatic line, posted on the day the order started. */
function movementRows({ order, state, materials }: PlannedOrder, plant: Plant): RowOf<'movements'>[] {
  if (state === 'launched') return [];
  return materials
    .filter(({ item }) => item.pickup === 'automatic')
    .map(({ line, item, quantity, unit }) => ({
      ...keyOf(order),
      line,
      part: 1,
      item: item.product.number,
      warehouse: item.warehouse || plant.defaultWarehouse[sectionOf(item.product)],
      reason: ISSUE,
      quantity,
      unit,
      posted_on: order.start,
    }));
}

/** What production has reported by the cut-off. */
function declarationRows({ order, state, operations }: PlannedOrder): RowOf<'declarations'>[] {
  if (state === 'fulfilled')
    return [
      {
        ...keyOf(order),
        declaration: 1,
        operation: operations.at(-1)?.sequence ?? '',
        quantity: order.stocked,
        scrap: order.scrapped,
        closing: true,
        opened_on: closingOpenedOn(order, operations),
        registered_on: order.end,
      },
    ];
  const first = operations[0];
  if (state === 'launched' || first === undefined || !hasBegun(operations)) return [];
  return [
    {
      ...keyOf(order),
      declaration: 1,
      operation: first.sequence,
      quantity: 0,
      scrap: 0,
      closing: false,
      opened_on: first.actualStart,
    },
  ];
}
