import { instantAt, millisecondsOf } from '../calendar';
import { zero, type Quantity } from '../quantity';
import { calculateLine, type CalculatedLine } from '../refresh/calculate-line';
import type { LineSupply, OrderContent, OrderLine, OrderMaterial } from '../refresh/order-content';
import type { Direction } from '../refresh/place-work';
import type { Plant } from '../refresh/plant';
import { partOfLine, restOfLine, shareOf, type DivisibleLine } from './split';

/** What the part of a split order is made of, and the rest. */
export interface DividedContent {
  readonly first: OrderContent;
  readonly rest: OrderContent;
}

/**
 * Divides what an order is made of; times stay. Materials and lines of the rest are what the part leaves, so that both together take what
 * the order took – but for fixed quantities, which each of them takes whole.
 *
 * @param part what goes, in the unit of the order
 * @param precisionOf the smallest quantity that can be taken of an item
 */
export function divideContent(
  content: OrderContent,
  part: Quantity,
  precisionOf: (item: string) => Quantity,
): DividedContent {
  const whole = content.header.quantity;
  const supplyOf = new Map(content.supplies.map((supply) => [supply.material, supply]));
  const [first, rest]: [Taken[], Taken[]] = [[], []];
  for (const material of content.materials) {
    const supply = supplyOf.get(material.line);
    const line: DivisibleLine = {
      ...{ quantity: material.quantity, fixed: material.fixed, precision: precisionOf(material.item) },
      supplied: supply?.quantity ?? zero,
    };
    const taken = partOfLine(line, part, whole);
    first.push({ material, supply, ...taken });
    rest.push({ material, supply, ...restOfLine(line, taken) });
  }
  const lines = content.lines.map((line) =>
    line.level === 0
      ? { line, part, rest: whole.minus(part) }
      : { line, ...madeBelow(line, content.materials, first, part, whole, precisionOf(line.item)) },
  );
  const made = (of: 'part' | 'rest') => lines.map((each) => ({ ...each.line, quantity: each[of] }));
  return {
    first: contentWith(content, part, made('part'), first),
    rest: contentWith(content, whole.minus(part), made('rest'), rest),
  };
}

interface Taken {
  readonly material: OrderMaterial;
  readonly supply: LineSupply | undefined;
  readonly quantity: Quantity;
  readonly supplied: Quantity;
}

/** What a line below makes for the part, and for the rest: at least what each takes of it. */
function madeBelow(
  { orderLine, quantity }: OrderLine,
  materials: readonly OrderMaterial[],
  first: readonly Taken[],
  part: Quantity,
  whole: Quantity,
  precision: Quantity,
): { readonly part: Quantity; readonly rest: Quantity } {
  const from = first.filter(({ supply }) => supply?.orderLine === orderLine);
  const sum = (of: readonly Taken[], what: (each: Taken) => Quantity) =>
    of.reduce((total, each) => total.plus(what(each)), zero);
  const fixedLines = new Set(materials.filter(({ fixed }) => fixed).map(({ line }) => line));
  const isFixed = ({ material }: Taken) => fixedLines.has(material.line);
  const fixed = sum(from.filter(isFixed), ({ supplied }) => supplied);
  const variable = from.filter((each) => !isFixed(each));
  const takenByPart = sum(variable, ({ supplied }) => supplied);
  const takenByRest = sum(variable, ({ supply }) => supply?.quantity ?? zero).minus(takenByPart);
  const free = quantity.minus(fixed);
  const share = shareOf(free, part, whole, precision);
  const most = free.minus(takenByRest);
  const within = share.gt(most) ? most : share;
  const goes = within.lt(takenByPart) ? takenByPart : within;
  return { part: fixed.plus(goes), rest: fixed.plus(free.minus(goes)) };
}

function contentWith(
  content: OrderContent,
  quantity: Quantity,
  lines: readonly OrderLine[],
  taken: readonly Taken[],
): OrderContent {
  return {
    ...content,
    header: { ...content.header, quantity },
    lines,
    materials: taken.map(({ material, quantity: need }) => ({ ...material, quantity: need })),
    supplies: taken.flatMap(({ supply, supplied }) =>
      supply && supplied.gt(zero) ? [{ ...supply, quantity: supplied }] : [],
    ),
  };
}

/**
 * Schedules part and rest anew where the order has times: the part forward from where the order starts, then the rest backward from where
 * it ends, as both are still due then. Lines below keep their ends. Their operations, materials and due dates are kept. Where the calendar
 * has no time for one of them, it keeps the times it had. What an operation takes of a centre is booked in the plant.
 */
export function scheduleDivided(plant: Plant, { first, rest }: DividedContent): DividedContent {
  return { first: scheduled(plant, first, 'forward'), rest: scheduled(plant, rest, 'back') };
}

function scheduled(plant: Plant, content: OrderContent, direction: Direction): OrderContent {
  const before = plant.book.mark;
  const parts = content.lines.map((line) => scheduledLine(plant, content, line, direction));
  const calculated = parts.flatMap((each) => each ?? []);
  if (calculated.length < parts.length || parts.length === 0) {
    plant.book.takeBackTo(before);
    return content;
  }
  return {
    header: {
      ...content.header,
      startsAt: instantAt(Math.min(...calculated.map(({ starts }) => starts))),
      endsAt: instantAt(Math.max(...calculated.map(({ ends }) => ends))),
    },
    lines: calculated.map(({ line }) => line),
    materials: inTheirOrder(content.materials, calculated),
    operations: calculated.flatMap(({ operations }) => operations),
    needs: calculated.flatMap(({ needs }) => needs),
    supplies: content.supplies,
  };
}

function inTheirOrder(materials: readonly OrderMaterial[], parts: readonly CalculatedLine[]) {
  const dated = new Map(parts.flatMap((part) => part.materials.map((each) => [each.line, each])));
  return materials.map((each) => dated.get(each.line) ?? each);
}

function scheduledLine(
  plant: Plant,
  { operations, materials }: OrderContent,
  line: OrderLine,
  outputs: Direction,
): CalculatedLine | null {
  const direction = line.level === 0 ? outputs : 'back';
  const from = direction === 'back' ? line.endsAt : line.startsAt;
  const item = plant.masters.items.get(line.item);
  if (from === null || !item) return null;
  const of = ({ orderLine }: { readonly orderLine: number }) => orderLine === line.orderLine;
  const task = { line, item, direction, from: millisecondsOf(from), warehouse: null };
  const kept = { operations: operations.filter(of), materials: materials.filter(of) };
  return calculateLine(plant, { ...task, ...kept }, 0).calculated;
}
