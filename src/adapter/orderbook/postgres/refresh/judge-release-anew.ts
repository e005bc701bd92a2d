import { sql } from 'kysely';
import type { OrderKey } from '../../../../domain/order';
import { quantityText } from '../../../../domain/quantity';
import type { RefreshCandidate } from '../../../../domain/refresh/candidate';
import { isEntered } from '../../../../domain/refresh/candidate';
import type { RefreshDecision, RefreshFacts } from '../../../../domain/refresh/decide';
import { decideInChunks } from '../../../../domain/refresh/decide-in-chunks';
import type { MasterData } from '../../../../domain/refresh/master-data';
import type { Refusal } from '../../../../domain/refusals';
import type { CompanyFacts } from '../company-facts';
import { rows, texts, type Queries } from '../database';
import {
  judgeRelease,
  type AskedPlace,
  type OrderToRelease,
  type ReleaseJudgement,
  type ReleaseReader,
} from '../judge-release';
import type { StoredOrder } from '../lock-orders';
import { lotNeedsOf } from '../lots';
import { factReaders } from '../release-facts';
import { needsOf, postedBy, totalNeeds, warehousesOf, withdrawals, type LineSource } from '../withdrawals';
import { PickingReader } from '../work/picking';
import { materialRows, type WithContent } from './content-rows';
import type { RefreshCommand } from './judge-refresh';
import { recordset } from './recordset';
import type { RefreshableOrder } from './refresh-facts';

/** What the release after a refresh is judged by, beside the orders. */
export interface ReleaseAnew {
  readonly facts: CompanyFacts;
  /** Locks stock, or reads it. `orders` are those that give back what they had withdrawn. */
  readonly balancesOf: (
    orders: readonly StoredOrder[],
    places: Parameters<ReleaseReader['balancesOf']>[0],
  ) => ReturnType<ReleaseReader['balancesOf']>;
}

export interface DecidedWithRelease {
  readonly decisions: readonly RefreshDecision[];
  /** Those that are restored before and released after; they are refreshed in `decisions`. */
  readonly anew: readonly WithContent[];
  /** How the release of all that could be refreshed was judged first; null where there was none to judge. */
  readonly release: ReleaseJudgement | null;
  /** How exactly these are released; nothing where none is. */
  readonly releases: Pick<ReleaseJudgement, 'decisions' | 'totals' | 'lots'>;
}

/**
 * Judges a refresh and the releases that follow it. An order whose release is refused stays as it is, with all it has booked: the others
 * are scheduled around it and judged again, until nobody more has to stay. Nothing is written for that: the release is judged on the
 * materials as they would be. In several chunks those of a later one are told to stay only when nobody of an earlier one has to any more:
 * what they find is what those leave.
 */
export async function decideWithRelease(
  db: Queries,
  company: string,
  candidates: readonly RefreshCandidate[],
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
  facts: RefreshFacts,
  command: RefreshCommand,
  again: ReleaseAnew,
  chunkSize: number,
): Promise<DecidedWithRelease> {
  const places = new Map(candidates.map(({ marked }, place) => [marked.key, place]));
  const chunkOf = (key: OrderKey) => Math.floor((places.get(key) ?? 0) / chunkSize);
  const staysBy = new Map<OrderKey, readonly Refusal[]>();
  let first: ReleaseJudgement | null = null;
  for (;;) {
    const decisions = decideInChunks(
      candidates.map((each) => ({ ...each, staysBy: staysBy.get(each.marked.key) ?? [] })),
      facts,
      command,
      chunkSize,
    );
    const anew = toReleaseAnew(candidates, decisions, orders);
    if (anew.length === 0) return { decisions, anew, release: first, releases: noReleases };
    const judgement = await judgeAnew(db, company, anew, facts.masters, command, again);
    first ??= judgement;
    const refused = judgement.decisions.filter(({ refusals }) => refusals.length > 0);
    const [next] = refused;
    if (next === undefined) return { decisions, anew, release: first, releases: judgement };
    for (const { key, refusals } of refused)
      if (chunkOf(key) === chunkOf(next.key)) staysBy.set(key, refusals);
  }
}

const noReleases: DecidedWithRelease['releases'] = { decisions: [], totals: [], lots: new Map() };

function toReleaseAnew(
  candidates: readonly RefreshCandidate[],
  decisions: readonly RefreshDecision[],
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
): WithContent[] {
  return decisions.flatMap(({ key, content }, place) => {
    const [candidate, order] = [candidates[place], orders.get(key)];
    return candidate && order && content && isEntered(candidate) ? [{ order, content }] : [];
  });
}

async function judgeAnew(
  db: Queries,
  company: string,
  anew: readonly WithContent[],
  masters: MasterData,
  { postingDate }: RefreshCommand,
  { facts, balancesOf }: ReleaseAnew,
): Promise<ReleaseJudgement> {
  if (postingDate === undefined) throw new RangeError('A release has a posting date');
  const blocked = await blockedItems(db, company, anew);
  const orders = new Map(anew.map((each) => [each.order.key, asLaunched(each, masters, blocked)]));
  const source = sourceOf(company, anew);
  const withdrawn = (of: readonly StoredOrder[]) =>
    withdrawals(company, of, 'automatic', facts.sitesDecide, source);
  const marked = anew.map(({ order: { key, version } }) => ({ key, version }));
  const works = facts.picking === 'work';
  const hold = (places: readonly AskedPlace[]) => balancesOf([...orders.values()], places);
  const picking = new PickingReader(db, company, facts, { postingDate }, hold, true);
  return judgeRelease(marked, orders, { kind: 'release', postingDate }, facts, {
    ...factReaders(db, company),
    // Their first release has redeemed what was reserved for them: it is not part of what is reserved.
    reservedFor: async () => Promise.resolve([]),
    totalsOf: async (launched) => {
      if (works) await picking.read(launched, source);
      return totalNeeds(db, company, launched, facts.sitesDecide, source);
    },
    needsOf: (launched, stocks) => needsOf(db, withdrawn(launched), stocks),
    lotNeedsOf: (launched, places) => lotNeedsOf(db, withdrawn(launched), places),
    returnedOf: (launched, stocks) => needsOf(db, postedBy(company, launched), stocks),
    warehousesOf: (launched) => warehousesOf(db, withdrawn(launched)),
    balancesOf: (places) => (works ? picking.balancesOf(places) : hold(places)),
    ...(works && { pickingOf: (launched: readonly StoredOrder[]) => picking.picking(launched) }),
  });
}

/** The order as its restore and its refresh would leave it. */
function asLaunched(
  { order, content }: WithContent,
  { items }: MasterData,
  blocked: ReadonlySet<string>,
): OrderToRelease {
  return {
    ...order,
    state: 'launched',
    quantity: quantityText(content.header.quantity),
    blocked: blocked.has(order.item),
    lacksMaterials: content.materials.length === 0 && !order.noMaterials,
    lacksOperations: content.operations.length === 0 && (items.get(order.item)?.routing ?? null) !== null,
  };
}

async function blockedItems(db: Queries, company: string, anew: readonly WithContent[]) {
  const found = await rows(
    db,
    sql<{ item: string }>`
      select item from item
       where company_id = ${company} and blocked and item = any(${texts(anew.map(({ order }) => order.item))})`,
  );
  return new Set(found.map(({ item }) => item));
}

const materialColumns = {
  ...{ order_id: 'uuid', order_line: 'integer', line: 'integer', item: 'text', variant: 'text', lot: 'text' },
  ...{
    quantity: 'numeric',
    supplied: 'numeric',
    fixed: 'boolean',
    operation: 'integer',
    warehouse: 'text',
    reason: 'text',
  },
};
const operationColumns = { order_id: 'uuid', order_line: 'integer', operation: 'integer', machine: 'text' };

/** Materials and operations as they would be written. */
export function sourceOf(company: string, anew: readonly WithContent[]): LineSource {
  const materials = anew.flatMap((each) => materialRows(each, undefined));
  const operations = anew.flatMap(({ order, content }) =>
    content.operations.map(({ orderLine, operation, machine }) => ({
      ...{ order_id: order.id, order_line: orderLine, operation, machine },
    })),
  );
  const query = (columns: Readonly<Record<string, string>>, of: readonly object[]) =>
    sql`(select ${company}::text as company_id, r.* from ${recordset('r', columns, of)})`;
  return { materials: query(materialColumns, materials), operations: query(operationColumns, operations) };
}
