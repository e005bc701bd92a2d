import { dayIn } from '../../../../domain/calendar';
import type { MarkedOrder, OrderKey } from '../../../../domain/order';
import { quantity, zero } from '../../../../domain/quantity';
import type { RefreshCandidate, WantedOrder } from '../../../../domain/refresh/candidate';
import type { Refusal } from '../../../../domain/refusals';
import { emptyContent } from '../../../../domain/refresh/order-content';
import type { PlantHours } from '../../../../domain/refresh/plant';
import type { MasterData } from '../../../../domain/refresh/master-data';
import { wantedOrder } from '../../../../domain/refresh/wish';
import type { Command, Moment, WantedChange } from '../../order-book';
import type { Queries } from '../database';
import { judgeRestore } from '../restore';
import { bookedByOthers } from './bookings';
import { decideWithRelease, type DecidedWithRelease, type ReleaseAnew } from './judge-release-anew';
import { readContents, type StoredContent } from './read-content';
import { readMasters } from './read-masters';
import {
  entriesOf,
  outputWarehouses,
  plantHours,
  putAwaysAsked,
  reservationsOf,
  type RefreshableOrder,
} from './refresh-facts';

export type RefreshCommand = Extract<Command, { kind: 'refresh' }>;

export interface RefreshJudgement extends DecidedWithRelease {
  /** What the orders are made of now, by id. */
  readonly contents: ReadonlyMap<string, StoredContent>;
  readonly masters: MasterData;
  readonly hours: PlantHours;
}

interface Gathered extends Omit<RefreshJudgement, keyof DecidedWithRelease> {
  readonly candidates: readonly RefreshCandidate[];
}

/**
 * Lets the domain judge these orders and calculate them, so many at a time as are refreshed in one transaction. `orders` are locked, or read
 * in one snapshot.
 */
export async function judgeRefresh(
  db: Queries,
  { company, at }: Pick<Moment, 'company' | 'at'>,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
  command: RefreshCommand,
  again: ReleaseAnew,
  chunkSize: number,
): Promise<RefreshJudgement> {
  const { candidates, ...rest } = await gatherRefresh(db, company, marked, orders, command.changes);
  const ids = [...orders.values()].map(({ id }) => id);
  const booked = await bookedByOthers(db, company, ids);
  const { masters, hours } = rest;
  const facts = { masters, hours, booked, today: dayIn(hours.timeZone, at) };
  const decided = await decideWithRelease(db, company, candidates, orders, facts, command, again, chunkSize);
  return { ...rest, ...decided };
}

/** Gathers what the rules of a refresh and its calculation need to know about these orders, as lists. */
export async function gatherRefresh(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
  changes: RefreshCommand['changes'],
): Promise<Gathered> {
  const found = [...orders.values()];
  const contents = await readContents(db, company, found);
  const hours = await plantHours(db, company);
  const masters = await readMasters(db, company, namedBy(found, contents));
  const facts = {
    warehouses: await outputWarehouses(db, company, contents),
    reservations: await reservationsOf(db, company, contents),
    entries: await entriesOf(db, company, [...contents.keys()]),
    putAways: await putAwaysAsked(db, company, [...contents.keys()]),
  };
  const notRestorable = await restoreRefusals(
    db,
    company,
    found.filter(({ id, state }) => state === 'executive' && facts.entries.has(id)),
  );
  const candidates = marked.map((mark): RefreshCandidate => {
    const order = orders.get(mark.key);
    if (!order) return unknownCandidate(mark);
    const stored = contents.get(order.id);
    return {
      ...{ marked: mark, order, produced: quantity(order.produced) },
      wanted: wantedOf(order, changes[mark.key], hours),
      warehouse: facts.warehouses.get(order.id) ?? null,
      present: stored?.content ?? emptyContent,
      askedPutAway: facts.putAways.get(order.id) ?? null,
      reservations: facts.reservations.get(order.id) ?? [],
      picked: stored?.materials.flatMap((each) => pickedOf(each, masters)) ?? [],
      entries: facts.entries.get(order.id) ?? [],
      notRestorable: notRestorable.get(mark.key) ?? [],
      staysBy: [],
    };
  });
  return { candidates, contents, masters, hours };
}

/** Why a restore would refuse these orders, as they are now: whether they are what the planner saw, the refresh looks at itself. */
async function restoreRefusals(db: Queries, company: string, orders: readonly RefreshableOrder[]) {
  if (orders.length === 0) return new Map<OrderKey, readonly Refusal[]>();
  const marked = orders.map(({ key, version }) => ({ key, version }));
  const { decisions } = await judgeRestore(
    db,
    company,
    marked,
    new Map(orders.map((each) => [each.key, each])),
  );
  return new Map(decisions.map(({ key, refusals }) => [key, refusals]));
}

function namedBy(orders: readonly RefreshableOrder[], contents: ReadonlyMap<string, StoredContent>) {
  const lines = [...contents.values()].flatMap(({ content }) => content.lines);
  return {
    items: [...new Set([...orders, ...lines].map(({ item }) => item))],
    materials: [...contents.values()].flatMap(({ materials }) => materials.map(({ item }) => item)),
  };
}

function wantedOf(order: RefreshableOrder, change: WantedChange | undefined, hours: PlantHours): WantedOrder {
  const { item, variant, unit, startsAt, start: startsOn, due: dueOn } = order;
  const stands = { item, variant, unit, startsAt, startsOn, dueOn, quantity: quantity(order.quantity) };
  const wished = change?.quantity === undefined ? undefined : quantity(change.quantity);
  return wantedOrder(stands, { quantity: wished, due: change?.due, start: change?.start }, hours);
}

function pickedOf({ line, item, picked }: StoredContent['materials'][number], masters: MasterData) {
  const taken = quantity(picked);
  return taken.isZero() ? [] : [{ line, item, quantity: taken, unit: masters.items.get(item)?.unit ?? '' }];
}

function unknownCandidate(marked: MarkedOrder): RefreshCandidate {
  return {
    ...{ marked, order: null, produced: zero, warehouse: null, present: emptyContent },
    ...{ askedPutAway: null, reservations: [], picked: [], entries: [], notRestorable: [], staysBy: [] },
    wanted: { item: '', variant: '', quantity: zero, unit: '', startsAt: null, dueOn: null, changes: [] },
  };
}
