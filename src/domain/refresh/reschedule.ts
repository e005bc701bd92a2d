import { dayNumber, instantAt, millisecondsOf, type Instant } from '../calendar';
import type { OrderKey } from '../order';
import { refusal, type Refusal } from '../refusals';
import { calculatedLine, datesBy, noTime, type CalculatedLine } from './calculate-line';
import type { OrderResult } from './calculate-order';
import type { RefreshCandidate } from './candidate';
import { bookingOf } from './capacity-needs';
import type { RefreshFacts } from './decide';
import { dueForEnd } from './header-dates';
import { keptMaterial } from './line-materials';
import { lineOperations, type LineOperations } from './line-operations';
import type { CapacityNeed, OrderContent, OrderLine, OrderOperation } from './order-content';
import { plantOf, type Plant } from './plant';
import { schedule, stepForward, type NoTime, type Schedule, type ScheduledStep } from './schedule';

/** An operation that is to start at another time, or anew at its own because it was changed. */
export interface MovedOperation {
  readonly orderLine: number;
  readonly operation: number;
  /** Null: when it starts now. */
  readonly startsAt: Instant | null;
}

export type OrderToReschedule = Pick<RefreshCandidate, 'present' | 'warehouse'> & { readonly key: OrderKey };

/**
 * Schedules one operation and all that follow it anew, forward; what comes before it stays where it is. The line's dates, the days of its
 * materials and the order's dates follow; the due date only later. `facts.booked` are the bookings of other orders.
 * Rules: REF-10 to REF-12, REF-14. Source: Business Central, rescheduling of routing lines.
 * Throws a RangeError for an operation that the order does not have: edges look first.
 */
export function reschedule(
  { key, present, warehouse }: OrderToReschedule,
  moved: MovedOperation,
  facts: Omit<RefreshFacts, 'today'>,
): OrderResult {
  const refused = (...refusals: readonly Refusal[]): OrderResult => ({
    content: null,
    refusals: refusals.map(({ code, params }) => refusal(code, { order: key, ...params })),
  });
  const line = present.lines.find(({ orderLine }) => orderLine === moved.orderLine);
  const own = present.operations.filter(({ orderLine }) => orderLine === moved.orderLine);
  if (!line || !own.some(({ operation }) => operation === moved.operation))
    throw new RangeError(`No operation ${moved.operation} in line ${moved.orderLine} of ${key}`);
  if (own.some(({ startsAt, endsAt }) => startsAt === null || endsAt === null)) return refused(noStart(line));
  const plant = plantOf(facts.masters, facts.hours);
  for (const need of facts.booked) plant.book.book(bookingOf(plant.centre, need));
  const operations = lineOperations(plant, line, own);
  if ('refusals' in operations) return refused(...operations.refusals);
  const times = movedSchedule(plant, present, operations, moved);
  if ('code' in times) return refused(times);
  if ('centre' in times) return refused(noTime(plant, { warehouse, from: times.from }, times));
  const materials = present.materials
    .filter(({ orderLine }) => orderLine === line.orderLine)
    .map((each) => keptMaterial(each, own, datesBy(plant, times)));
  const calculated = calculatedLine(plant, line, operations, times, materials);
  const due = laterDue(plant, calculated, warehouse);
  return 'code' in due ? refused(due) : { content: withLine(present, calculated, due), refusals: [] };
}

/** REF-10: an order that has no times yet is refreshed first. */
function noStart({ orderLine, item }: OrderLine): Refusal {
  return refusal('REF-10', { line: String(orderLine), item, context: 'start' });
}

/** The times of all operations of the line: those that do not follow the moved one keep theirs, and what they have booked. */
function movedSchedule(
  plant: Plant,
  present: OrderContent,
  { sequence }: LineOperations<OrderOperation>,
  moved: MovedOperation,
): Schedule | NoTime | Refusal {
  const moving = followers(sequence, moved.operation);
  const stays = (need: CapacityNeed) => need.orderLine !== moved.orderLine || !moving.has(need.operation);
  for (const need of present.needs.filter(stays)) plant.book.book(bookingOf(plant.centre, need));
  const steps = new Map<number, ScheduledStep>();
  for (const step of sequence.forward) {
    const before = sequence.before(step.operation);
    const ready = Math.max(...before.map(({ operation }) => steps.get(operation)?.ends ?? 0));
    const isFirst = step.operation === moved.operation;
    const starts = millisecondsOf((isFirst && moved.startsAt) || startOf(step.of));
    if (isFirst && ready > starts) return overtakes(step.operation, before, steps);
    const scheduled = moving.has(step.operation)
      ? stepForward(step, isFirst ? starts : ready, !isFirst, plant.book)
      : keptStep(plant, present, step.of, starts);
    if ('centre' in scheduled) return scheduled;
    steps.set(step.operation, scheduled);
  }
  return schedule(steps);
}

/** The operation and all that come after it. */
function followers({ after }: LineOperations['sequence'], operation: number): ReadonlySet<number> {
  const found = new Set([operation]);
  for (const each of found) for (const next of after(each)) found.add(next.operation);
  return found;
}

/** Operations without times do not get here. */
const startOf = ({ startsAt }: OrderOperation): Instant => startsAt ?? instantAt(0);

function keptStep(
  { centre }: Plant,
  { needs }: OrderContent,
  of: OrderOperation,
  starts: number,
): ScheduledStep {
  const { orderLine, operation, endsAt } = of;
  const own = needs.filter((need) => need.orderLine === orderLine && need.operation === operation);
  const work = own.map((need) => ({ ...bookingOf(centre, need), kind: need.kind }));
  return { starts, ends: endsAt === null ? starts : millisecondsOf(endsAt), work };
}

/** REF-14: an operation does not start before those before it have ended. */
function overtakes(
  operation: number,
  before: readonly { readonly operation: number }[],
  steps: ReadonlyMap<number, ScheduledStep>,
): Refusal {
  const ends = before.map((each) => ({
    operation: each.operation,
    at: steps.get(each.operation)?.ends ?? 0,
  }));
  const last = ends.reduce((latest, each) => (each.at > latest.at ? each : latest));
  const params = { operation: String(operation), before: String(last.operation), at: instantAt(last.at) };
  return refusal('REF-14', params);
}

function laterDue(
  plant: Plant,
  { line, ends }: CalculatedLine,
  warehouse: string | null,
): OrderLine | Refusal {
  const item = plant.masters.items.get(line.item);
  if (line.level > 0 || !item) return line;
  const due = line.dueOn === null ? null : dayNumber(line.dueOn);
  const day = dueForEnd(plant, item, warehouse, plant.clock.dayEndingAt(ends), due);
  if (typeof day !== 'number') return noTime(plant, { warehouse, from: ends }, day);
  return { ...line, dueOn: plant.clock.day(day) };
}

function withLine(present: OrderContent, calculated: CalculatedLine, line: OrderLine): OrderContent {
  const others = <T extends { readonly orderLine: number }>(list: readonly T[]) =>
    list.filter(({ orderLine }) => orderLine !== line.orderLine);
  const lines = present.lines.map((each) => (each.orderLine === line.orderLine ? line : each));
  const dated = new Map(calculated.materials.map((each) => [each.line, each]));
  const moments = (of: 'startsAt' | 'endsAt') => lines.flatMap((each) => each[of] ?? []).sort();
  return {
    header: {
      ...present.header,
      startsAt: moments('startsAt')[0] ?? null,
      endsAt: moments('endsAt').at(-1) ?? null,
      dueOn:
        lines
          .flatMap(({ dueOn }) => dueOn ?? [])
          .sort()
          .at(-1) ?? null,
    },
    lines,
    materials: present.materials.map((each) => dated.get(each.line) ?? each),
    operations: [...others(present.operations), ...calculated.operations],
    needs: [...others(present.needs), ...calculated.needs],
    supplies: present.supplies,
  };
}
