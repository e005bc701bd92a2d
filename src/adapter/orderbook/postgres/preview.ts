import { sql, type RawBuilder } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import type { Refusal } from '../../../domain/refusals';
import { postingDaysOf } from '../../../domain/release/posting-days';
import { transitions } from '../../../domain/transitions';
import type { Outcome, Preview, WarehouseTotal } from '../../../contract/runs';
import type { Command, Moment } from '../order-book';
import { rows, snapshot, uuids, type Database, type Queries } from './database';
import { companyFactsOf } from './company-facts';
import { judgeHold, type HoldCommand } from './hold';
import { judgeRelease, releaseColumns, type ReleaseCommand, type ReleaseJudgement } from './judge-release';
import { holdColumns, readHeaders, type StoredOrder } from './lock-orders';
import { lotNeedsOf } from './lots';
import { noLotsPreviewed, previewedLots, withParts } from './preview-lots';
import { factReaders } from './release-facts';
import { judgeRestore } from './restore';
import { tellOfPapersLeftOut } from './papers/scheduling-levels';
import { orderRows } from './search-orders';
import { shortagesOf, type PreviewedShortages } from './shortages';
import { readMerge } from './split/merge';
import { nextLots } from './split/next-lots';
import { splitBases } from './split/read-split';
import { saidOfPart } from './split/release-in-part';
import { readStock } from './stock';
import { needsOf, totalNeeds, warehousesOf, withdrawals } from './withdrawals';
import { plansOf, type OrderPlan } from './work/make-work';
import { PickingReader, type Picking } from './work/picking';
import { plannedWork } from './work/planned-work';
import { loadOf } from './work-load';

type Previewed = Exclude<
  Command,
  { kind: 'create' | 'change' | 'reserve' | 'print' | 'work' | 'declare' | 'refresh' }
>;

interface JudgedOrder {
  readonly key: OrderKey;
  readonly refusals: readonly Refusal[];
  readonly warnings?: readonly Refusal[];
  readonly passedOver?: true;
}

interface Judged {
  /** What the book holds of the marked orders. */
  readonly orders: ReadonlyMap<OrderKey, StoredOrder>;
  readonly decisions: readonly JudgedOrder[];
  /** Of a release. */
  readonly judgement?: ReleaseJudgement;
  /** What would be fetched for the orders that go; only where a release makes picking work. */
  readonly plans?: readonly OrderPlan[];
  /** A query of (order_id, warehouse), a row per movement that posting or taking back these orders concerns. */
  readonly movementsOf: (orders: readonly StoredOrder[]) => RawBuilder<unknown>;
}

/** What this command would do to these orders now: the same rules over one consistent view of the book, no locks. */
export async function previewRun(
  db: Database,
  command: Previewed,
  marked: readonly MarkedOrder[],
  { company, at }: Moment,
): Promise<Preview> {
  return snapshot(db, async (tx) => {
    const { orders, decisions, judgement, plans, movementsOf } = await judge(tx, company, command, marked);
    const judged = (goes: boolean) =>
      decisions.flatMap(({ key, refusals }) =>
        (refusals.length === 0) === goes ? (orders.get(key) ?? []) : [],
      );
    const going = judged(true);
    // What was released before is work already, and no more of it for being marked.
    const refused = judged(false).filter(({ state }) => state === transitions.release.from);
    const counts = await countMovements(tx, movementsOf(going));
    const fresh = new Map((await orderRows(tx, company, [...orders.keys()])).map((row) => [row.key, row]));
    const { shortages, feasibleOn } =
      judgement && command.kind === 'release'
        ? await shortagesOf(tx, company, judgement, fresh, command.postingDate)
        : noShortages;
    const lots =
      judgement && command.kind === 'release'
        ? await previewedLots(tx, company, judgement, postingDaysOf(command, marked))
        : noLotsPreviewed;
    const outcomes = decisions.map(({ key, refusals, warnings, passedOver }): Outcome => ({
      key,
      result: refusals.length === 0 ? results[command.kind] : passedOver ? 'skipped' : 'refused',
      refusals: [...refusals],
      warnings: [...(warnings ?? [])],
      movements: counts.get(orders.get(key)?.id ?? '') ?? 0,
      ...feasibleIn(feasibleOn, key),
      order: fresh.get(key) ?? null,
    }));
    return {
      command: command.kind,
      at,
      outcomes: await tellOfPapersLeftOut(tx, company, command, outcomes),
      warehouses: await byWarehouse(tx, company, movementsOf(going)),
      shortages,
      ...lots,
      ...(plans && { picking: await plannedWork(tx, company, plans) }),
      load: command.kind === 'release' ? await loadOf(tx, company, going, refused) : [],
    };
  });
}

const noShortages: PreviewedShortages = { shortages: [], feasibleOn: new Map() };
const results = {
  release: 'released',
  restore: 'restored',
  merge: 'merged',
  hold: 'held',
  lift: 'lifted',
} as const;

function feasibleIn(days: PreviewedShortages['feasibleOn'], key: OrderKey): Pick<Outcome, 'feasibleOn'> {
  const on = days.get(key);
  return on === undefined ? {} : { feasibleOn: on };
}

function judge(
  db: Queries,
  company: string,
  command: Previewed,
  marked: readonly MarkedOrder[],
): Promise<Judged> {
  switch (command.kind) {
    case 'release':
      return previewRelease(db, company, command, marked);
    case 'restore':
      return previewRestore(db, company, marked);
    case 'merge':
      return previewMerge(db, company, marked);
    case 'hold':
    case 'lift':
      return previewHold(db, company, command, marked);
  }
}

const isLaunched = ({ state }: StoredOrder) => state === transitions.release.from;

/** How a release of these orders is judged now; `everyStock`: with all the stocks they draw from, short or not. */
export async function previewRelease(
  db: Queries,
  company: string,
  command: ReleaseCommand,
  marked: readonly MarkedOrder[],
  everyStock = false,
): Promise<
  Judged & { readonly judgement: ReleaseJudgement; readonly picking: () => Promise<Picking | null> }
> {
  const facts = await companyFactsOf(db, company, postingDaysOf(command, marked));
  const orders = await readHeaders(db, company, marked, releaseColumns(company));
  const withdrawn = (of: readonly StoredOrder[]) => withdrawals(company, of, 'automatic', facts.sitesDecide);
  const works = facts.picking === 'work';
  const picking = new PickingReader(db, company, facts, command, (places) => readStock(db, company, places));
  const judgement = await judgeRelease(marked, orders, command, facts, {
    ...factReaders(db, company),
    everyStock,
    totalsOf: async (launched) => {
      if (works) await picking.read(launched);
      return totalNeeds(db, company, launched, facts.sitesDecide);
    },
    needsOf: (launched, stocks) => needsOf(db, withdrawn(launched), stocks),
    lotNeedsOf: (launched, places) => lotNeedsOf(db, withdrawn(launched), places),
    warehousesOf: (launched) => warehousesOf(db, withdrawn(launched)),
    balancesOf: (places) => (works ? picking.balancesOf(places) : readStock(db, company, places)),
    ...(works && { pickingOf: (launched: readonly StoredOrder[]) => picking.picking(launched) }),
    splitsOf: (launched, items) => splitBases(db, company, withdrawn(launched), launched, items),
  });
  const divided = judgement.decisions.flatMap(({ key, split }) => (split ? [key] : []));
  const restKeys = await nextLots(db, company, divided);
  return {
    orders,
    decisions: judgement.decisions.map((each) => ({
      ...each,
      warnings: [...saidOfPart(each, restKeys), ...each.warnings],
    })),
    judgement,
    ...(works && { plans: plansOf(judgement.decisions, orders) }),
    // As no order has taken anything of it yet.
    picking: async () => (works ? picking.picking([...orders.values()].filter(isLaunched)) : null),
    movementsOf: (going) => withParts(withdrawn(going), going, judgement.decisions, judgement.lots),
  };
}

async function previewRestore(db: Queries, company: string, marked: readonly MarkedOrder[]): Promise<Judged> {
  const orders = await readHeaders(db, company, marked);
  const { decisions } = await judgeRestore(db, company, marked, orders);
  return {
    orders,
    decisions,
    movementsOf: (going) => sql`
      select order_id, warehouse from movement
       where company_id = ${company} and order_id = any(${uuids(going.map(({ id }) => id))})`,
  };
}

async function previewHold(
  db: Queries,
  company: string,
  command: HoldCommand,
  marked: readonly MarkedOrder[],
): Promise<Judged> {
  const orders = await readHeaders(db, company, marked, holdColumns);
  return { orders, decisions: judgeHold(command, marked, orders), movementsOf: () => noMovements };
}

async function previewMerge(db: Queries, company: string, marked: readonly MarkedOrder[]): Promise<Judged> {
  return { ...(await readMerge(db, company, marked)), movementsOf: () => noMovements };
}

/** What neither posts nor takes back anything. */
const noMovements = sql`select null::uuid as order_id, null::text as warehouse where false`;

export async function countMovements(
  db: Queries,
  movements: RawBuilder<unknown>,
): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ id: string; movements: number }>`
      select m.order_id as id, count(*)::int as movements from (${movements}) m group by m.order_id`,
  );
  return new Map(found.map(({ id, movements: count }) => [id, count]));
}

export async function byWarehouse(
  db: Queries,
  company: string,
  movements: RawBuilder<unknown>,
): Promise<WarehouseTotal[]> {
  return rows(
    db,
    sql<WarehouseTotal>`
      select w.warehouse, w.name, count(*)::int as movements
        from (${movements}) m
        join warehouse w on w.company_id = ${company} and w.warehouse = m.warehouse
       group by w.warehouse, w.name
       order by movements desc, w.warehouse`,
  );
}
