import { sql, type RawBuilder } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { quantity, quantityText, zero, type Quantity } from '../../../domain/quantity';
import type { StockBalance } from '../../../domain/release/stock';
import type { Refusal } from '../../../domain/refusals';
import { transitions } from '../../../domain/transitions';
import type { Outcome, Preview, Shortage, WarehouseTotal } from '../../../contract/runs';
import type { Command, Moment } from '../order-book';
import { rows, snapshot, texts, uuids, type Database, type Queries } from './database';
import { companyFactsOf } from './company-facts';
import { judgeHold, type HoldCommand } from './hold';
import { judgeRelease, releaseColumns, type ReleaseCommand, type ReleaseJudgement } from './judge-release';
import { holdColumns, readHeaders, type StoredOrder } from './lock-orders';
import { factReaders } from './release-facts';
import { judgeRestore } from './restore';
import { orderRows } from './search-orders';
import { readStock, stockKey } from './stock';
import { needsOf, totalNeeds, warehousesOf, withdrawals } from './withdrawals';
import { loadOf } from './work-load';

type Previewed = Exclude<Command, { kind: 'create' | 'change' | 'reserve' | 'declare' | 'refresh' }>;

interface Judged {
  /** What the book holds of the marked orders. */
  readonly orders: ReadonlyMap<OrderKey, StoredOrder>;
  readonly decisions: readonly {
    key: OrderKey;
    refusals: readonly Refusal[];
    warnings?: readonly Refusal[];
  }[];
  readonly shortages: Shortage[];
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
    const { orders, decisions, shortages, movementsOf } = await judge(tx, company, command, marked);
    const judged = (goes: boolean) =>
      decisions.flatMap(({ key, refusals }) =>
        (refusals.length === 0) === goes ? (orders.get(key) ?? []) : [],
      );
    const going = judged(true);
    // What was released before is work already, and no more of it for being marked.
    const refused = judged(false).filter(({ state }) => state === transitions.release.from);
    const counts = await countMovements(tx, movementsOf(going));
    const fresh = new Map((await orderRows(tx, company, [...orders.keys()])).map((row) => [row.key, row]));
    const outcomes = decisions.map(({ key, refusals, warnings }): Outcome => ({
      key,
      result: refusals.length > 0 ? 'refused' : results[command.kind],
      refusals: [...refusals],
      warnings: [...(warnings ?? [])],
      movements: counts.get(orders.get(key)?.id ?? '') ?? 0,
      order: fresh.get(key) ?? null,
    }));
    return {
      command: command.kind,
      at,
      outcomes,
      warehouses: await byWarehouse(tx, company, movementsOf(going)),
      shortages,
      load: command.kind === 'release' ? await loadOf(tx, company, going, refused) : [],
    };
  });
}

const results = { release: 'released', restore: 'restored', hold: 'held', lift: 'lifted' } as const;

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
    case 'hold':
    case 'lift':
      return previewHold(db, company, command, marked);
  }
}

async function previewRelease(
  db: Queries,
  company: string,
  command: ReleaseCommand,
  marked: readonly MarkedOrder[],
): Promise<Judged> {
  const facts = await companyFactsOf(db, company, command.postingDate);
  const orders = await readHeaders(db, company, marked, releaseColumns(company));
  const withdrawn = (of: readonly StoredOrder[]) => withdrawals(company, of, 'automatic', facts.sitesDecide);
  const judgement = await judgeRelease(marked, orders, command, facts, {
    ...factReaders(db, company),
    totalsOf: (launched) => totalNeeds(db, company, launched, facts.sitesDecide),
    needsOf: (launched, stocks) => needsOf(db, withdrawn(launched), stocks),
    warehousesOf: (launched) => warehousesOf(db, withdrawn(launched)),
    balancesOf: (places) => readStock(db, company, places),
  });
  return {
    orders,
    decisions: judgement.decisions,
    shortages: await shortagesOf(db, company, judgement),
    movementsOf: withdrawn,
  };
}

async function previewRestore(db: Queries, company: string, marked: readonly MarkedOrder[]): Promise<Judged> {
  const orders = await readHeaders(db, company, marked);
  const { decisions } = await judgeRestore(db, company, marked, orders);
  return {
    orders,
    decisions,
    shortages: [],
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
  const nothing = sql`select null::uuid as order_id, null::text as warehouse where false`;
  return { orders, decisions: judgeHold(command, marked, orders), shortages: [], movementsOf: () => nothing };
}

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

/** Stocks that leave at least one order short: what all marked orders need of them, against what they hold. */
export async function shortagesOf(
  db: Queries,
  company: string,
  judgement: ReleaseJudgement,
): Promise<Shortage[]> {
  const refusing = new Set(
    judgement.decisions
      .flatMap(({ refusals }) => refusals)
      .filter(({ code, params }) => code === 'REL-10' && params['context'] !== 'noLot')
      .map(({ params }) =>
        [params['item'], params['variant'], params['warehouse'], params['lot']].join('\u001f'),
      ),
  );
  const short = judgement.totals.filter((need) => refusing.has(stockKey(need)));
  const descriptions = await rows(
    db,
    sql<{ item: string; description: string }>`
      select item, description from item
       where company_id = ${company} and item = any(${texts([...new Set(short.map(({ item }) => item))])})`,
  );
  const descriptionOf = new Map(descriptions.map(({ item, description }) => [item, description]));
  const missing = short.map((need) => {
    const balance = judgement.contested.get(stockKey(need));
    const returned = judgement.returned.get(stockKey(need)) ?? zero;
    const available = returned.plus(balance ? availableTo(balance) : zero);
    return {
      item: need.item,
      variant: need.variant,
      description: descriptionOf.get(need.item) ?? '',
      warehouse: need.warehouse,
      lot: need.lot,
      unit: balance?.unit ?? '',
      need: need.quantity,
      available: quantityText(available.isNegative() ? zero : available),
      missing: quantityText(quantity(need.quantity).minus(available)),
    };
  });
  const lack = (shortage: Shortage) => quantity(shortage.missing);
  return missing.sort((a, b) => lack(b).comparedTo(lack(a)));
}

/** What the marked orders together find: on hand without what is reserved for anybody else; below zero where that is more. */
function availableTo({ onHand, reserved, reservedFor }: StockBalance): Quantity {
  return [...reservedFor.values()].reduce((sum, own) => sum.plus(own), onHand.minus(reserved));
}
