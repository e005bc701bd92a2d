import { groupBy } from '../group-by';
import { quantityText, type Quantity } from '../quantity';
import type { OrderContent, OrderLine, OrderMaterial, OrderOperation } from './order-content';

/** One value of an order, before and after a refresh, as its wire text; null for none. Fields have the names of the content. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a refresh does to the header, a line, a material or an operation of an order. */
export interface Change {
  readonly part: 'header' | 'line' | 'material' | 'operation';
  readonly kind: 'added' | 'removed' | 'changed';
  /** Which one, as it is afterwards; a removed one as it was. Null in the header. */
  readonly orderLine: number | null;
  /** The number of a material or an operation. */
  readonly number: number | null;
  /** The item of a line or a material; what an operation does. */
  readonly name: string;
  readonly fields: readonly FieldChange[];
  /** Somebody has added or changed it by hand, and that is lost. */
  readonly editLost: boolean;
}

type Value = string | number | boolean | null | Quantity;

/** What is compared of a part of an order, and what it is called by. */
interface Part<T> {
  readonly part: Change['part'];
  readonly orderLine: (row: T) => number | null;
  readonly number: (row: T) => number | null;
  readonly name: (row: T) => string;
  readonly byHand: (row: T) => boolean;
  readonly fields: Readonly<Record<string, (row: T) => Value>>;
  /** By which a row is found again, the strictest first. */
  readonly identities: readonly ((row: T, owner: string) => string)[];
}

/**
 * Everything that differs between an order as it is and as it would be: header, lines, materials, operations. Rows are found again by
 * what they are, not by their numbers, which a refresh gives anew.
 */
export function changesOf(before: OrderContent, after: OrderContent): Change[] {
  const [was, is] = [ownersOf(before), ownersOf(after)];
  return [
    ...partChanges(header, [before.header], [after.header], was, is),
    ...partChanges(line, before.lines, after.lines, was, is),
    ...partChanges(material, before.materials, after.materials, was, is),
    ...partChanges(operation, before.operations, after.operations, was, is),
  ];
}

/** What a line is, by its number. */
type Owners = ReadonlyMap<number, string>;

function ownersOf({ lines }: OrderContent): Owners {
  return new Map(lines.map((each) => [each.orderLine, identity(each.level, each.item, each.variant)]));
}

/** Texts of the ERP may hold anything but this. */
const identity = (...parts: readonly (string | number | boolean | null)[]) => parts.join('\u0000');

const header: Part<OrderContent['header']> = {
  part: 'header',
  orderLine: () => null,
  number: () => null,
  name: () => '',
  byHand: () => false,
  fields: {
    quantity: ({ quantity }) => quantity,
    startsAt: ({ startsAt }) => startsAt,
    endsAt: ({ endsAt }) => endsAt,
    dueOn: ({ dueOn }) => dueOn,
  },
  identities: [() => ''],
};

const line: Part<OrderLine> = {
  part: 'line',
  orderLine: ({ orderLine }) => orderLine,
  number: () => null,
  name: ({ item }) => item,
  byHand: () => false,
  fields: {
    quantity: ({ quantity }) => quantity,
    unit: ({ unit }) => unit,
    scrap: ({ scrap }) => scrap,
    startsAt: ({ startsAt }) => startsAt,
    endsAt: ({ endsAt }) => endsAt,
    dueOn: ({ dueOn }) => dueOn,
    bom: ({ bom }) => bom,
    bomVersion: ({ bomVersion }) => bomVersion,
    routing: ({ routing }) => routing,
    routingVersion: ({ routingVersion }) => routingVersion,
  },
  identities: [(_, owner) => owner],
};

const material: Part<OrderMaterial> = {
  part: 'material',
  orderLine: ({ orderLine }) => orderLine,
  number: ({ line }) => line,
  name: ({ item }) => item,
  byHand: ({ byHand }) => byHand,
  fields: {
    quantity: ({ quantity }) => quantity,
    quantityPer: ({ quantityPer }) => quantityPer,
    unit: ({ unit }) => unit,
    fixed: ({ fixed }) => fixed,
    scrap: ({ scrap }) => scrap,
    operation: ({ operation }) => operation,
    usageOn: ({ usageOn }) => usageOn,
    usageAt: ({ usageAt }) => usageAt,
    leadTimeOffsetDays: ({ leadTimeOffsetDays }) => leadTimeOffsetDays,
    lot: ({ lot }) => lot,
    warehouse: ({ warehouse }) => warehouse,
    reason: ({ reason }) => reason,
  },
  identities: [
    ({ item, variant, unit, routingLink, operation, fixed }, owner) =>
      identity(owner, item, variant, unit, routingLink, operation, fixed),
    ({ item, variant }, owner) => identity(owner, item, variant),
  ],
};

const operation: Part<OrderOperation> = {
  part: 'operation',
  orderLine: ({ orderLine }) => orderLine,
  number: ({ operation }) => operation,
  name: ({ description }) => description,
  byHand: ({ byHand }) => byHand,
  fields: {
    workCentre: ({ workCentre }) => workCentre,
    machine: ({ machine }) => machine,
    description: ({ description }) => description,
    startsAt: ({ startsAt }) => startsAt,
    endsAt: ({ endsAt }) => endsAt,
    inputQuantity: ({ inputQuantity }) => inputQuantity,
    setupTime: ({ setup }) => setup.time,
    setupUnit: ({ setup }) => setup.unit,
    runTime: ({ run }) => run.time,
    runUnit: ({ run }) => run.unit,
    waitTime: ({ wait }) => wait.time,
    waitUnit: ({ wait }) => wait.unit,
    moveTime: ({ move }) => move.time,
    moveUnit: ({ move }) => move.unit,
    lotSize: ({ lotSize }) => lotSize,
    concurrentCapacities: ({ concurrentCapacities }) => concurrentCapacities,
    scrap: ({ scrap }) => scrap,
    fixedScrap: ({ fixedScrap }) => fixedScrap,
    routingLink: ({ routingLink }) => routingLink,
    productive: ({ productive }) => productive,
    movable: ({ movable }) => movable,
    nextOperations: ({ nextOperations }) => nextOperations?.join('|') ?? null,
  },
  identities: [({ operation }, owner) => identity(owner, operation)],
};

function partChanges<T>(
  part: Part<T>,
  before: readonly T[],
  after: readonly T[],
  was: Owners,
  is: Owners,
): Change[] {
  const pairs = paired(part, before, after, was, is);
  const found = new Set(pairs.values());
  return [
    ...after.flatMap((row) => changeOf(part, pairs.get(row), row)),
    ...before.flatMap((row) => (found.has(row) ? [] : changeOf(part, row, undefined))),
  ];
}

/** Finds for each row the one it was before: by the strictest identity first, equals in their sequence. */
function paired<T>(
  { identities, orderLine }: Part<T>,
  before: readonly T[],
  after: readonly T[],
  was: Owners,
  is: Owners,
): Map<T, T> {
  const pairs = new Map<T, T>();
  const taken = new Set<T>();
  for (const identityOf of identities) {
    const keyOf = (row: T, owners: Owners) => identityOf(row, owners.get(orderLine(row) ?? 0) ?? '');
    const left = after.filter((row) => !pairs.has(row));
    if (left.length === 0) break;
    const free = groupBy(
      before.filter((row) => !taken.has(row)),
      (row) => keyOf(row, was),
    );
    for (const row of left) {
      const found = free.get(keyOf(row, is))?.shift();
      if (found === undefined) continue;
      pairs.set(row, found);
      taken.add(found);
    }
  }
  return pairs;
}

function changeOf<T>(part: Part<T>, before: T | undefined, after: T | undefined): Change[] {
  const row = after ?? before;
  if (row === undefined) return [];
  const fields: FieldChange[] = [];
  for (const [field, valueOf] of Object.entries(part.fields)) {
    const was = before === undefined ? null : valueOf(before);
    const is = after === undefined ? null : valueOf(after);
    if (!same(was, is)) fields.push({ field, before: textOf(was), after: textOf(is) });
  }
  if (before !== undefined && after !== undefined && fields.length === 0) return [];
  return [
    {
      part: part.part,
      kind: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      orderLine: part.orderLine(row),
      number: part.number(row),
      name: part.name(row),
      fields,
      editLost: before !== undefined && part.byHand(before),
    },
  ];
}

function same(a: Value, b: Value): boolean {
  return a === b || (isQuantity(a) && isQuantity(b) && a.eq(b));
}

function isQuantity(value: Value): value is Quantity {
  return typeof value === 'object' && value !== null;
}

function textOf(value: Value): string | null {
  if (value === null) return null;
  return isQuantity(value) ? quantityText(value) : String(value);
}
