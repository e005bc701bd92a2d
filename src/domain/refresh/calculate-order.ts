import { dayNumber, instantAt, millisecondsOf } from '../calendar';
import { refusal, type Refusal } from '../refusals';
import { calculateLine, noTime, type CalculatedLine, type LineTask } from './calculate-line';
import type { RefreshCandidate } from './candidate';
import { FIRST_LINE } from './guards';
import { dueForEnd, endForDue } from './header-dates';
import { LINE_STEP, madeToOrderLines, type MadeToOrderLine } from './made-to-order';
import type { Item } from './master-data';
import type { RefreshOptions } from './options';
import type { LineSupply, OrderContent, OrderLine, OrderMaterial } from './order-content';
import type { Plant } from './plant';

export interface OrderResult {
  /** Null when it is refused. */
  readonly content: OrderContent | null;
  /** REF-09, REF-11, REF-12, REF-13; without the order. */
  readonly refusals: readonly Refusal[];
}

/** Items made to order lie in each other on no more levels. */
const DEEPEST = 50;

const refused = (...refusals: readonly Refusal[]): OrderResult => ({ content: null, refusals });

/** Calculates an order that the guards let through, in the coupling of the options. Source: Business Central, refresh production order. */
export function calculateOrder(
  plant: Plant,
  candidate: RefreshCandidate,
  options: RefreshOptions,
): OrderResult {
  const { lines, routings, componentNeed } = options.calculate;
  if (!lines && !routings && !componentNeed) return { content: candidate.present, refusals: [] };
  const item = plant.masters.items.get(candidate.wanted.item);
  if (!item) return refused();
  return lines ? newLines(plant, candidate, item, options) : keptLines(plant, candidate, options);
}

function newLines(
  plant: Plant,
  candidate: RefreshCandidate,
  item: Item,
  { direction }: RefreshOptions,
): OrderResult {
  const { wanted, warehouse } = candidate;
  const from = direction === 'forward' ? startOf(wanted.startsAt) : endOf(plant, candidate, item);
  if (typeof from !== 'number') return refused(from);
  const line: OrderLine = {
    ...{ orderLine: FIRST_LINE, level: 0, item: item.item, variant: wanted.variant, unit: wanted.unit },
    ...{ quantity: wanted.quantity, scrap: item.scrap, bom: item.bom, bomVersion: null },
    ...{ routing: item.routing, routingVersion: null, startsAt: null, endsAt: null, dueOn: wanted.dueOn },
  };
  let tasks: LineTask[] = [{ line, item, direction, from, warehouse, operations: null, materials: null }];
  const parts: CalculatedLine[] = [];
  const materials: OrderMaterial[] = [];
  const supplies: LineSupply[] = [];
  for (let level = 0; tasks.length > 0; level++) {
    if (level > DEEPEST) return refused(tooDeep(item));
    const { above, taken, refusals } = calculateLevel(plant, tasks, materials.length);
    if (refusals.length > 0) return refused(...refusals);
    parts.push(...above);
    materials.push(...taken);
    const below = madeToOrderLines(plant, above, taken, FIRST_LINE + parts.length * LINE_STEP);
    supplies.push(...below.flatMap(suppliesOf));
    tasks = below.flatMap((each) => taskBelow(plant, each));
  }
  return content(plant, candidate, parts, materials, supplies);
}

/** The lines of one level, with what they take; `before` is how many materials the levels above have. */
function calculateLevel(plant: Plant, tasks: readonly LineTask[], before: number) {
  const above: CalculatedLine[] = [];
  const taken: OrderMaterial[] = [];
  const refusals: Refusal[] = [];
  for (const task of tasks) {
    const result = calculateLine(plant, task, before + taken.length);
    refusals.push(...result.refusals);
    if (!result.calculated) continue;
    above.push(result.calculated);
    taken.push(...result.calculated.materials);
  }
  return { above, taken, refusals };
}

function startOf(startsAt: RefreshCandidate['wanted']['startsAt']): number {
  return startsAt === null ? NaN : millisecondsOf(startsAt);
}

/** When the order has to end to be in time for its due date. */
function endOf(plant: Plant, { wanted, warehouse }: RefreshCandidate, item: Item): number | Refusal {
  const due = wanted.dueOn === null ? NaN : dayNumber(wanted.dueOn);
  const day = endForDue(plant, item, warehouse, due);
  if (typeof day === 'number') return plant.clock.at(day, plant.dayEnds);
  return noTime(plant, { warehouse, from: plant.clock.midnight(due + 1) }, day);
}

function tooDeep({ item }: Item): Refusal {
  return refusal('REF-11', { item, levels: String(DEEPEST), context: 'madeToOrder' });
}

function taskBelow({ masters }: Plant, { line, from }: MadeToOrderLine): LineTask[] {
  const item = masters.items.get(line.item);
  return item
    ? [{ line, item, direction: 'back', from, warehouse: null, operations: null, materials: null }]
    : [];
}

function suppliesOf({ line, materials }: MadeToOrderLine): LineSupply[] {
  return materials.map((each) => ({
    material: each.line,
    orderLine: line.orderLine,
    quantity: each.quantity,
  }));
}

/** Keeps the lines and calculates what the options say of each. New components have no line of their own yet: those below go. */
function keptLines(plant: Plant, candidate: RefreshCandidate, options: RefreshOptions): OrderResult {
  const { routings, componentNeed } = options.calculate;
  const { present, warehouse } = candidate;
  const kept = componentNeed ? present.lines.filter(({ level }) => level === 0) : present.lines;
  const results = kept.flatMap((line) => {
    const item = plant.masters.items.get(line.item);
    const direction = line.level > 0 ? 'back' : options.direction;
    const from = direction === 'back' ? line.endsAt : line.startsAt;
    if (!item || from === null) return [];
    const of = ({ orderLine }: { readonly orderLine: number }) => orderLine === line.orderLine;
    const task: LineTask = {
      line: { ...line, routing: routings ? item.routing : line.routing },
      ...{ item, direction, from: millisecondsOf(from), warehouse: line.level > 0 ? null : warehouse },
      operations: routings ? null : present.operations.filter(of),
      materials: componentNeed ? null : present.materials.filter(of),
    };
    return [calculateLine(plant, task, 0)];
  });
  const refusals = results.flatMap((each) => each.refusals);
  if (refusals.length > 0) return refused(...refusals);
  const parts = results.flatMap(({ calculated }) => calculated ?? []);
  if (parts.length === 0) return { content: present, refusals: [] };
  const supplies = componentNeed ? [] : present.supplies;
  const materials = parts.flatMap((part) => part.materials);
  return content(plant, candidate, parts, materials, supplies);
}

/** Puts the lines together. The header starts with the first and ends with the last; it is due when the output is. */
export function content(
  plant: Plant,
  { wanted, warehouse }: Pick<RefreshCandidate, 'wanted' | 'warehouse'>,
  parts: readonly CalculatedLine[],
  materials: readonly OrderMaterial[],
  supplies: readonly LineSupply[],
): OrderResult {
  const lines: OrderLine[] = [];
  for (const { line, ends } of parts) {
    const item = plant.masters.items.get(line.item);
    if (line.level > 0 || !item) {
      lines.push(line);
      continue;
    }
    const due = line.dueOn === null ? null : dayNumber(line.dueOn);
    const day = dueForEnd(plant, item, warehouse, plant.clock.dayEndingAt(ends), due);
    if (typeof day !== 'number') return refused(noTime(plant, { warehouse, from: ends }, day));
    lines.push({ ...line, dueOn: plant.clock.day(day) });
  }
  const dues = lines.flatMap(({ dueOn }) => dueOn ?? []).sort();
  return {
    content: {
      header: {
        quantity: wanted.quantity,
        startsAt: instantAt(Math.min(...parts.map(({ starts }) => starts))),
        endsAt: instantAt(Math.max(...parts.map(({ ends }) => ends))),
        dueOn: dues.at(-1) ?? wanted.dueOn,
      },
      ...{ lines, materials, supplies },
      operations: parts.flatMap(({ operations }) => operations),
      needs: parts.flatMap(({ needs }) => needs),
    },
    refusals: [],
  };
}
