import { millisecondsOf, type Instant } from '../../../../domain/calendar';
import { quantityText, roundToBook, zero, type Quantity } from '../../../../domain/quantity';
import type { LineSupply, OrderContent, OrderMaterial } from '../../../../domain/refresh/order-content';
import type { PlantClock } from '../../../../domain/working-time/plant-clock';
import type { StoredContent } from './read-content';
import type { RefreshableOrder } from './refresh-facts';

/** An order and what it is made of from now on. */
export interface WithContent {
  readonly order: RefreshableOrder;
  readonly content: OrderContent;
}

const moments = { starts_at: 'timestamptz', ends_at: 'timestamptz' };

export const lineColumns = {
  ...{ order_id: 'uuid', order_line: 'integer', level: 'smallint', item: 'text', variant: 'text' },
  ...{
    quantity: 'numeric',
    unit: 'text',
    scrap: 'numeric',
    bom: 'text',
    bom_version: 'text',
    routing: 'text',
  },
  ...{ routing_version: 'text', ...moments, due_on: 'date' },
};

export const materialColumns = {
  ...{ order_id: 'uuid', order_line: 'integer', line: 'integer', item: 'text', variant: 'text', lot: 'text' },
  ...{ unit: 'text', quantity_per: 'numeric', fixed: 'boolean', scrap: 'numeric', quantity: 'numeric' },
  ...{ routing_link: 'text', operation: 'integer', lead_time_offset_days: 'integer', usage_on: 'date' },
  ...{ usage_at: 'timestamptz', warehouse: 'text', reason: 'text', by_hand: 'boolean', picked: 'numeric' },
  ...{ supplied_by: 'integer', supplied: 'numeric' },
};

export const operationColumns = {
  ...{ order_id: 'uuid', order_line: 'integer', operation: 'integer', next_operations: 'integer[]' },
  ...{ work_centre: 'text', machine: 'text', description: 'text', start_on: 'date', end_on: 'date' },
  ...{ setup_time: 'numeric', setup_unit: 'text', run_time: 'numeric', run_unit: 'text' },
  ...{ wait_time: 'numeric', wait_unit: 'text', move_time: 'numeric', move_unit: 'text' },
  ...{ lot_size: 'numeric', scrap: 'numeric', fixed_scrap: 'numeric', concurrent_capacities: 'numeric' },
  ...{ routing_link: 'text', productive: 'boolean', movable: 'boolean', input_quantity: 'numeric' },
  ...{ ...moments, by_hand: 'boolean' },
};

export const needColumns = {
  ...{ order_id: 'uuid', order_line: 'integer', operation: 'integer', piece: 'integer', kind: 'text' },
  ...{
    work_centre: 'text',
    machine: 'text',
    day: 'date',
    ...moments,
    capacities: 'numeric',
    minutes: 'numeric',
  },
};

/** As many decimals as the book holds. */
const number = (value: Quantity) => quantityText(roundToBook(value));

/** An order without times has no lines of its own yet: its header is its line. */
export function lineRows({ order, content }: WithContent) {
  if (content.header.startsAt === null) return [];
  return content.lines.map((line) => ({
    order_id: order.id,
    order_line: line.orderLine,
    level: line.level,
    item: line.item,
    variant: line.variant,
    quantity: number(line.quantity),
    unit: line.unit,
    scrap: number(line.scrap),
    bom: line.bom,
    bom_version: line.bomVersion,
    routing: line.routing,
    routing_version: line.routingVersion,
    starts_at: line.startsAt,
    ends_at: line.endsAt,
    due_on: line.dueOn,
  }));
}

/** What was picked of a material stays picked as long as its line is there. */
export function materialRows({ order, content }: WithContent, before: StoredContent | undefined) {
  const supplies = new Map(content.supplies.map((each) => [each.material, each]));
  const picked = new Map(
    before?.materials.map(({ line, item, picked: taken }) => [`${line} ${item}`, taken]),
  );
  return content.materials.map((each) => {
    const supply = supplies.get(each.line);
    return {
      order_id: order.id,
      order_line: each.orderLine,
      line: each.line,
      item: each.item,
      variant: each.variant,
      lot: each.lot,
      unit: each.unit,
      quantity_per: number(each.quantityPer),
      fixed: each.fixed,
      scrap: number(each.scrap),
      quantity: number(each.quantity),
      routing_link: each.routingLink,
      operation: each.operation,
      lead_time_offset_days: each.leadTimeOffsetDays,
      usage_at: each.usageAt,
      usage_on: each.usageOn ?? order.start,
      warehouse: each.warehouse,
      reason: each.reason,
      by_hand: each.byHand,
      picked: picked.get(`${each.line} ${each.item}`) ?? '0',
      ...suppliedOf(each, supply),
    };
  });
}

/** No more is made for it than is taken of it: somebody may take less than the line makes. */
function suppliedOf({ quantity }: OrderMaterial, supply: LineSupply | undefined) {
  if (!supply || quantity.lte(zero)) return { supplied_by: null, supplied: '0' };
  return {
    supplied_by: supply.orderLine,
    supplied: number(supply.quantity.lt(quantity) ? supply.quantity : quantity),
  };
}

export function operationRows({ order, content }: WithContent, clock: PlantClock) {
  return content.operations.map((each) => ({
    order_id: order.id,
    order_line: each.orderLine,
    operation: each.operation,
    next_operations: each.nextOperations,
    work_centre: each.workCentre,
    machine: each.machine,
    description: each.description,
    ...daysOf(each, clock, order),
    setup_time: number(each.setup.time),
    setup_unit: each.setup.unit,
    run_time: number(each.run.time),
    run_unit: each.run.unit,
    wait_time: number(each.wait.time),
    wait_unit: each.wait.unit,
    move_time: number(each.move.time),
    move_unit: each.move.unit,
    lot_size: number(each.lotSize),
    scrap: number(each.scrap),
    fixed_scrap: number(each.fixedScrap),
    concurrent_capacities: number(each.concurrentCapacities),
    routing_link: each.routingLink,
    productive: each.productive,
    movable: each.movable,
    input_quantity: number(each.inputQuantity),
    by_hand: each.byHand,
    starts_at: each.startsAt,
    ends_at: each.endsAt,
  }));
}

/** The days of the plant on which something starts and ends; of what has no times those of its order. */
function daysOf(
  { startsAt, endsAt }: { readonly startsAt: Instant | null; readonly endsAt: Instant | null },
  clock: PlantClock,
  order: RefreshableOrder,
) {
  if (startsAt === null || endsAt === null) return { start_on: order.start, end_on: order.end };
  const [starts, ends] = [clock.dayAt(millisecondsOf(startsAt)), clock.dayEndingAt(millisecondsOf(endsAt))];
  return { start_on: clock.day(starts), end_on: clock.day(Math.max(starts, ends)) };
}

export function needRows({ order, content }: WithContent) {
  const pieces = new Map<string, number>();
  return content.needs.map((need) => {
    const operation = `${need.orderLine} ${need.operation}`;
    const piece = (pieces.get(operation) ?? 0) + 1;
    pieces.set(operation, piece);
    return {
      order_id: order.id,
      order_line: need.orderLine,
      operation: need.operation,
      piece,
      kind: need.kind,
      work_centre: need.workCentre,
      machine: need.machine,
      day: need.day,
      starts_at: need.startsAt,
      ends_at: need.endsAt,
      capacities: number(need.capacities),
      minutes: number(need.minutes),
    };
  });
}

export const headerColumns = {
  order_id: 'uuid',
  quantity: 'numeric',
  start_on: 'date',
  end_on: 'date',
  due_on: 'date',
  ...moments,
  work_centre: 'text',
  material_lines: 'integer',
  operation_lines: 'integer',
};

/** The header as its content says; its work centre is that of the operation that starts first. */
export function headerRow({ order, content }: WithContent, clock: PlantClock) {
  const { header, lines, materials, operations } = content;
  const output = lines.find(({ level }) => level === 0)?.orderLine;
  const first = operations
    .filter(({ orderLine, startsAt }) => orderLine === output && startsAt !== null)
    .reduce<(typeof operations)[number] | undefined>(
      (best, each) => (best && (best.startsAt ?? '') <= (each.startsAt ?? '') ? best : each),
      undefined,
    );
  return {
    order_id: order.id,
    quantity: number(header.quantity),
    ...daysOf(header, clock, order),
    due_on: header.dueOn ?? order.due,
    starts_at: header.startsAt,
    ends_at: header.endsAt,
    work_centre: first?.workCentre ?? order.workCentre,
    material_lines: materials.length,
    operation_lines: operations.length,
  };
}
