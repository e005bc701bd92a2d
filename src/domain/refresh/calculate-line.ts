import { instantAt } from '../calendar';
import { refusal, type Refusal } from '../refusals';
import { capacityNeeds } from './capacity-needs';
import { centreName } from './centres';
import { componentDates } from './component-dates';
import { leadTime, type NoDay } from './header-dates';
import { explodedMaterials, keptMaterial, type DatesOf } from './line-materials';
import { copiedOperations, lineOperations, noOperations, type LineOperations } from './line-operations';
import type { Item, RoutingOperation } from './master-data';
import type { CapacityNeed, OrderLine, OrderMaterial, OrderOperation } from './order-content';
import type { Direction } from './place-work';
import type { Plant } from './plant';
import { scheduleBackward, scheduleForward, type NoTime, type Schedule } from './schedule';

/** A line that is to be calculated. */
export interface LineTask {
  readonly line: OrderLine;
  readonly item: Item;
  readonly direction: Direction;
  /** Where the line ends (back) or starts (forward), in milliseconds. */
  readonly from: number;
  readonly warehouse: string | null;
  /** What is kept of the line; null: copied from the routing, exploded from the bill. */
  readonly operations: readonly OrderOperation[] | null;
  readonly materials: readonly OrderMaterial[] | null;
}

export interface CalculatedLine {
  readonly line: OrderLine;
  readonly materials: readonly OrderMaterial[];
  readonly operations: readonly OrderOperation[];
  readonly needs: readonly CapacityNeed[];
  readonly starts: number;
  readonly ends: number;
}

export interface LineResult {
  /** Null when it is refused. */
  readonly calculated: CalculatedLine | null;
  /** REF-09, REF-11, REF-12, REF-13. */
  readonly refusals: readonly Refusal[];
}

/**
 * Calculates one line: its operations, scheduled; with the start that gives its materials, by the bill that is valid then. The routing
 * is the one valid on the day the schedule begins from. Every refusal is returned. Source: Business Central, refresh production order.
 *
 * @param before how many materials the order has already
 */
export function calculateLine(plant: Plant, task: LineTask, before: number): LineResult {
  const { line, direction, from } = task;
  const day = direction === 'back' ? plant.clock.dayEndingAt(from) : plant.clock.dayAt(from);
  const copied = task.operations ?? copiedOperations(plant, line.routing, plant.clock.day(day));
  if ('refusals' in copied) return withoutSchedule(plant, task, day, copied.refusals);
  const routingVersion = 'version' in copied ? copied.version : line.routingVersion;
  const source: readonly (RoutingOperation & Partial<OrderOperation>)[] =
    'version' in copied ? copied.operations : copied;
  const operations = lineOperations(plant, line, source);
  if ('refusals' in operations) return withoutSchedule(plant, task, day, operations.refusals);
  const times = schedule(plant, task, operations);
  if ('noDay' in times || 'centre' in times)
    return withoutSchedule(plant, task, day, [noTime(plant, task, times)]);
  const datesOf = datesBy(plant, times);
  const taken = materials(plant, task, plant.clock.dayAt(times.starts), operations, source, datesOf, before);
  if (taken.refusals.length > 0) return { calculated: null, refusals: taken.refusals };
  const made = { ...line, routingVersion, bom: taken.bom, bomVersion: taken.bomVersion };
  return { calculated: calculatedLine(plant, made, operations, times, taken.materials), refusals: [] };
}

/** A line and its operations with the times of its schedule on them. */
export function calculatedLine(
  plant: Plant,
  line: OrderLine,
  { sequence }: LineOperations<RoutingOperation & Partial<OrderOperation>>,
  times: Schedule,
  materials: readonly OrderMaterial[],
): CalculatedLine {
  const { starts, ends, steps } = times;
  const operations = sequence.forward.map(({ of, operation, inputQuantity }) => {
    const { startsAt, endsAt } = momentsOf(times, operation);
    return { ...of, orderLine: line.orderLine, inputQuantity, byHand: of.byHand ?? false, startsAt, endsAt };
  });
  return {
    line: { ...line, startsAt: instantAt(starts), endsAt: instantAt(ends) },
    materials,
    operations,
    needs: capacityNeeds(plant.clock, line.orderLine, steps),
    starts,
    ends,
  };
}

/** When the components of a scheduled line are needed; those of one operation are mostly needed together. */
export function datesBy(plant: Plant, { starts, steps }: Schedule): DatesOf {
  const known = new Map<number, ReturnType<DatesOf>>();
  return (operation, offsetDays) => {
    const from = operation === null ? starts : (steps.get(operation)?.starts ?? starts);
    const together = offsetDays === 0 ? known.get(from) : undefined;
    if (together) return together;
    const dates = componentDates(plant, from, offsetDays);
    if (offsetDays === 0) known.set(from, dates);
    return dates;
  };
}

function momentsOf({ steps }: Schedule, operation: number): Pick<OrderOperation, 'startsAt' | 'endsAt'> {
  const step = steps.get(operation);
  return { startsAt: step ? instantAt(step.starts) : null, endsAt: step ? instantAt(step.ends) : null };
}

function schedule(plant: Plant, task: LineTask, { sequence }: LineOperations): Schedule | NoTime | NoDay {
  const { direction, item, warehouse, from } = task;
  if (sequence.forward.length === 0) {
    const times = leadTime(plant, direction, item, warehouse, from);
    return 'noDay' in times ? times : { ...times, steps: new Map() };
  }
  return direction === 'back'
    ? scheduleBackward(sequence, from, plant.book)
    : scheduleForward(sequence, from, plant.book);
}

/** What else is wrong with a line that cannot be scheduled: its bill is looked at on the day the schedule would begin from. */
function withoutSchedule(
  plant: Plant,
  task: LineTask,
  day: number,
  refusals: readonly Refusal[],
): LineResult {
  const undated: DatesOf = () => ({ usageOn: null, usageAt: null });
  const also = materials(plant, task, day, noOperations, [], undated, 0).refusals;
  return { calculated: null, refusals: [...refusals, ...also] };
}

interface TakenMaterials {
  readonly bom: string | null;
  readonly bomVersion: string | null;
  readonly materials: readonly OrderMaterial[];
  readonly refusals: readonly Refusal[];
}

function materials(
  plant: Plant,
  { line, item, materials: kept }: LineTask,
  day: number,
  operations: LineOperations,
  source: readonly RoutingOperation[],
  datesOf: DatesOf,
  before: number,
): TakenMaterials {
  const { bom } = item;
  if (kept) {
    const stay = kept.map((each) => keptMaterial(each, source, datesOf));
    return { bom: line.bom, bomVersion: line.bomVersion, materials: stay, refusals: [] };
  }
  if (bom === null) return { bom, bomVersion: null, materials: [], refusals: [] };
  const explosion = plant.explode(bom, plant.clock.day(day));
  const { version: bomVersion, refusals } = explosion;
  if (refusals.length > 0) return { bom, bomVersion, materials: [], refusals };
  const taken = explodedMaterials(plant, line, item, explosion, source, operations, datesOf, before);
  return { bom, bomVersion, ...taken };
}

/** REF-12: who has no time left, in which direction and from when. */
export function noTime(
  { clock }: Plant,
  { warehouse, from }: Pick<LineTask, 'warehouse' | 'from'>,
  found: NoTime | NoDay,
): Refusal {
  const back = ('noDay' in found ? found.noDay : found.direction) === 'back';
  const at = 'centre' in found ? found.from : from;
  return refusal('REF-12', {
    resource: 'centre' in found ? centreName(found.centre) : (warehouse ?? ''),
    date: clock.day(back ? clock.dayEndingAt(at) : clock.dayAt(at)),
    ...(!back && { context: 'forward' }),
  });
}
