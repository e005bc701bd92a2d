import { sql } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { forcedCodes, releaseResult, type ReleaseDecision } from '../../../domain/release/decide';
import { postingDayOf, postingDaysOf, type PostingDays } from '../../../domain/release/posting-days';
import { transitions } from '../../../domain/transitions';
import type { Moment, StoredOutcome } from '../order-book';
import { BookChanged, execute, rows, uuids, words, type Tx } from './database';
import type { ChunkEffect } from './trail';
import { factsHold, type CompanyFacts } from './company-facts';
import { judgeRelease, releaseColumns, type ReleaseCommand } from './judge-release';
import { lockOrders, type StoredOrder } from './lock-orders';
import { lockConstrainedCentres } from './refresh/bookings';
import { lotNeedsOf, withdrawnInLots, writeLots } from './lots';
import { factReaders } from './release-facts';
import { splitBases } from './split/read-split';
import { postInPart, saidOfPart, splitOrders } from './split/release-in-part';
import { shareReservations } from './split/share-reservations';
import { lockRest, lockStock, stockUpdate, sumsOf, type StockSum } from './stock';
import { needsOf, postedBy, postProvisionally, warehousesOf } from './withdrawals';
import { makeWork, plansOf } from './work/make-work';
import { PickingReader } from './work/picking';

/**
 * Releases one chunk: locks orders, then stock, then record counters; lets the domain judge; flips what may go, files its
 * withdrawals in stock records and lowers the stock by exactly what was posted. Refused orders are left as they were. Orders of which a
 * part goes are divided before, and what their parts take is posted in the place of what they would have taken as a whole. Where
 * the company works by picking work, that is made in the same transaction: an order goes with all of its work or not at all.
 */
export async function releaseChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  command: ReleaseCommand,
  facts: CompanyFacts,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  const { company } = moment;
  const orders = await lockOrders(tx, company, chunk, releaseColumns(company));
  // Parts and rests of orders are scheduled anew.
  if (facts.shortage === 'split') await lockConstrainedCentres(tx, company);
  const works = facts.picking === 'work';
  const picking = new PickingReader(tx, company, facts, command, (places) => lockStock(tx, company, places));
  const { decisions, totals } = await judgeRelease(chunk, orders, command, facts, {
    ...factReaders(tx, company),
    totalsOf: async (launched) => {
      if (works) await picking.read(launched);
      // What is fetched is locked together with what is withdrawn, in one key order.
      return postProvisionally(tx, company, launched, facts.sitesDecide, !works);
    },
    needsOf: (launched, stocks) => needsOf(tx, postedBy(company, launched), stocks),
    lotNeedsOf: (launched, places) => lotNeedsOf(tx, postedBy(company, launched), places),
    warehousesOf: (launched) => warehousesOf(tx, postedBy(company, launched)),
    balancesOf: (places) => (works ? picking.balancesOf(places) : lockRest(tx, company, places)),
    ...(works && { pickingOf: (launched: readonly StoredOrder[]) => picking.picking(launched) }),
    splitsOf: (launched, items) => splitBases(tx, company, postedBy(company, launched), launched, items),
  });
  const [released, refused] = partition(decisions, orders);
  const splits = splitOrders(decisions, orders);
  const deleted = await withdrawProvisional(tx, company, [...refused, ...splits.map(({ order }) => order)]);
  const divided = await postInPart(tx, splits, totals, facts, run, moment);
  if (divided.length > 0) await shareReservations(tx, company, divided);
  const inLots = await writeLots(tx, company, decisions, orders);
  const asNeeded = inLots ? withdrawnInLots(totals, decisions) : totals;
  const withdrawn = deleted === 0 ? asNeeded : await sumsOf(tx, postedBy(company, released));
  const movements =
    released.length === 0
      ? await nothingGoes(tx, company, chunk, command, facts)
      : await makeExecutive(tx, released, withdrawn, command, facts, run, moment);
  if (works) await makeWork(tx, plansOf(decisions, orders), run, moment);
  const restKeys = new Map(divided.map(({ order, restKey }) => [order.key, restKey]));
  const outcomes = decisions.map((decision): StoredOutcome => {
    const { key, refusals } = decision;
    const warnings = [...saidOfPart(decision, restKeys), ...decision.warnings];
    const posted = movements.get(orders.get(key)?.id ?? '') ?? 0;
    return { key, result: releaseResult(decision), refusals, warnings, movements: posted };
  });
  const changed = { orders: released, event: 'release', to: 'executive', newVersion: true } as const;
  return { outcomes, changed: command.force ? { ...changed, ...forceUsed(command, decisions) } : changed };
}

/** What the audit trail keeps of a forced release: the reason, and what was forced for which order. */
function forceUsed({ force }: ReleaseCommand, decisions: readonly ReleaseDecision[]) {
  const forced = new Map(decisions.map((decision) => [decision.key, forcedCodes(decision)]));
  return { reason: force?.reason ?? null, forced };
}

/** The released and the refused orders among those that exist. */
function partition(
  decisions: readonly ReleaseDecision[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): [released: StoredOrder[], refused: StoredOrder[]] {
  const [released, refused]: [StoredOrder[], StoredOrder[]] = [[], []];
  for (const { key, refusals } of decisions) {
    const order = orders.get(key);
    if (order) (refusals.length === 0 ? released : refused).push(order);
  }
  return [released, refused];
}

/** Takes back what was posted for orders that are refused after all. Launched orders have no other movements. */
async function withdrawProvisional(
  tx: Tx,
  company: string,
  refused: readonly StoredOrder[],
): Promise<number> {
  const ids = refused.filter(({ state }) => state === transitions.release.from).map(({ id }) => id);
  if (ids.length === 0) return 0;
  return execute(
    tx,
    sql`delete from movement where company_id = ${company} and order_id = any(${uuids(ids)})`,
  );
}

const CHANGED = 'The master data changed while the orders waited for their locks';

/** Throws {@link BookChanged} when the facts that no order may go by have changed since they were read. */
async function nothingGoes(
  tx: Tx,
  company: string,
  chunk: readonly MarkedOrder[],
  command: ReleaseCommand,
  facts: CompanyFacts,
): Promise<ReadonlyMap<string, number>> {
  const days = postingDaysOf(command, chunk);
  const [found] = await rows(tx, sql<{ hold: boolean }>`select ${factsHold(company, facts, days)} as hold`);
  if (!found?.hold) throw new BookChanged(CHANGED);
  return new Map();
}

/**
 * Makes locked, launched orders executive and files their posted withdrawals, all in one statement: the flip; a stock record per
 * order, warehouse and reason, numbered on in sequence from the counter of its warehouse and day, which the statement locks and
 * moves on; the locked stock lowered by `withdrawn`, the sums of exactly what was posted. Gives the movements per order. This is the
 * first statement after all locks but the counters': throws {@link BookChanged} when the facts of the company are not those the
 * orders were judged by, or an item has been blocked meanwhile.
 */
export async function makeExecutive(
  tx: Tx,
  orders: readonly StoredOrder[],
  withdrawn: readonly StockSum[],
  days: PostingDays,
  facts: CompanyFacts,
  run: string,
  { company, at, actor }: Moment,
): Promise<ReadonlyMap<string, number>> {
  const lowering = withdrawn.map((sum) => ({ ...sum, change: `-${sum.quantity}` }));
  const { dated, andDay, postedOn, onDays } = postedOnDays(orders, days);
  // Made when the statement runs: a list the planner sees it looks up in the statistics, value by value.
  const chosen = sql`array(select order_id from chosen)`;
  const [made] = await rows(
    tx,
    sql<{ orders: number; asJudged: boolean; movements: number[] }>`
      with chosen as materialized (
        select order_id, place${andDay} from ${dated}),
      flipped as (
        update production_order
           set state = 'executive', origin = 'release', cause = cause + 1, version = version + 1,
               shortage_policy = ${facts.shortage}, reservation_policy = ${facts.reservation},
               picking_policy = ${facts.picking},
               released_at = ${at}::timestamptz, released_by = ${actor}, released_run = ${run}::uuid,
               changed_at = ${at}::timestamptz, changed_by = ${actor}
         where company_id = ${company} and order_id = any(${chosen}) and state = 'launched'
           and item not in (select item from item where company_id = ${company} and blocked)
        returning order_id),
      record as materialized (
        select r.*${andDay},
               row_number() over (partition by r.warehouse${andDay} order by o.place desc, r.reason desc)::int as from_last
          from (select order_id, cause, warehouse, reason, count(*)::int as movements
                  from movement where company_id = ${company} and order_id = any(${chosen})
                 group by order_id, cause, warehouse, reason) r
          join chosen o using (order_id)),
      counter as (
        insert into record_counter as c (company_id, warehouse, posted_on, last_record)
        select ${company}, warehouse, ${postedOn}, count(*) from record
         group by warehouse${andDay} order by warehouse${andDay}
            on conflict (company_id, warehouse, posted_on) do update set last_record = c.last_record + excluded.last_record
        returning warehouse, last_record${andDay}),
      filed as (
        insert into movement_record (company_id, order_id, cause, warehouse, reason, posted_on, record, run_id, posted_at,
                                     posted_by)
        select ${company}, r.order_id, r.cause, r.warehouse, r.reason, ${postedOn},
               c.last_record + 1 - r.from_last, ${run}::uuid, ${at}::timestamptz, ${actor}
          from record r join counter c using (warehouse${andDay})),
      balance as (${stockUpdate(company, lowering)})
      select (select count(*)::int from flipped) as orders, ${factsHold(company, facts, onDays)} as "asJudged",
             array(select coalesce(sum(r.movements), 0)::int
                     from chosen o left join record r using (order_id) group by o.place order by o.place) as movements`,
  );
  if (made?.orders !== orders.length || !made.asJudged) throw new BookChanged(CHANGED);
  return new Map(orders.map(({ id }, place) => [id, made.movements[place] ?? 0]));
}

/**
 * Where the statement that files orders finds their days: `dated` is a table of them, `postedOn` the day of a row. Orders of one day, the
 * bulk, are filed without a further column; of several days it is `andDay`.
 */
function postedOnDays(orders: readonly StoredOrder[], days: PostingDays) {
  const ids = uuids(orders.map(({ id }) => id));
  const onDays = postingDaysOf(days, orders);
  if (onDays.length === 1)
    return {
      dated: sql`unnest(${ids}) with ordinality as o(order_id, place)`,
      ...{ andDay: sql``, postedOn: sql`${onDays[0]}::date`, onDays },
    };
  const ofEach = words(orders.map(({ key }) => postingDayOf(days, key)));
  return {
    dated: sql`unnest(${ids}, ${ofEach}::date[]) with ordinality as o(order_id, posted_on, place)`,
    ...{ andDay: sql`, posted_on`, postedOn: sql`posted_on`, onDays },
  };
}
