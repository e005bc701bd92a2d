import { sql, type RawBuilder } from 'kysely';
import type { MarkedOrder, OrderKey } from '../../../domain/order';
import { quantity } from '../../../domain/quantity';
import type { Refusal } from '../../../domain/refusals';
import type { Outcome, Preview, Shortage, WarehouseTotal } from '../../../contract/runs';
import type { Command, Moment } from '../order-book';
import { rows, snapshot, texts, uuids, type Database, type Queries } from './database';
import { judgeRelease, type ReleaseJudgement } from './judge-release';
import { readHeaders, type StoredOrder } from './lock-orders';
import { policyOf } from './plant';
import { judgeRestore } from './restore';
import { orderRows } from './search-orders';
import { readStock, stockedItems, stockKey } from './stock';
import { needsOf, totalNeeds, withdrawals } from './withdrawals';

interface Judged {
  readonly decisions: readonly {
    key: OrderKey;
    refusals: readonly Refusal[];
    warnings?: readonly Refusal[];
  }[];
  readonly shortages: Shortage[];
  /** A query of (order_id, warehouse), a row per movement that posting or taking back these orders concerns. */
  readonly movementsOf: (orders: readonly StoredOrder[]) => RawBuilder<unknown>;
}

/** What a release or restore of these orders would do now: the same rules over one consistent view of the book, no locks. */
export async function previewRun(
  db: Database,
  command: Exclude<Command, { kind: 'declare' }>,
  marked: readonly MarkedOrder[],
  { company, at }: Moment,
): Promise<Preview> {
  return snapshot(db, async (tx) => {
    const orders = await readHeaders(tx, company, marked);
    const judge = command.kind === 'release' ? previewRelease : previewRestore;
    const { decisions, shortages, movementsOf } = await judge(tx, company, marked, orders);
    const going = decisions.flatMap(({ key, refusals }) =>
      refusals.length === 0 ? (orders.get(key) ?? []) : [],
    );
    const counts = await countMovements(tx, movementsOf(going));
    const fresh = new Map((await orderRows(tx, company, [...orders.keys()])).map((row) => [row.key, row]));
    const outcomes = decisions.map(({ key, refusals, warnings }): Outcome => ({
      key,
      result: refusals.length > 0 ? 'refused' : command.kind === 'release' ? 'released' : 'restored',
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
    };
  });
}

async function previewRelease(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<Judged> {
  const policy = await policyOf(db, company);
  const judgement = await judgeRelease(marked, orders, policy, {
    totalsOf: (launched) => totalNeeds(db, company, launched),
    needsOf: (launched, stocks) => needsOf(db, withdrawals(company, launched), stocks),
    itemsOf: (items) => stockedItems(db, company, items),
    balancesOf: (places) => readStock(db, company, places),
  });
  return {
    decisions: judgement.decisions,
    shortages: await shortagesOf(db, company, judgement),
    movementsOf: (going) => withdrawals(company, going),
  };
}

async function previewRestore(
  db: Queries,
  company: string,
  marked: readonly MarkedOrder[],
  orders: ReadonlyMap<OrderKey, StoredOrder>,
): Promise<Judged> {
  const { decisions } = await judgeRestore(db, company, marked, orders);
  return {
    decisions,
    shortages: [],
    movementsOf: (going) => sql`
      select order_id, warehouse from movement
       where company_id = ${company} and order_id = any(${uuids(going.map(({ id }) => id))})`,
  };
}

async function countMovements(db: Queries, movements: RawBuilder<unknown>): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ id: string; movements: number }>`
      select m.order_id as id, count(*)::int as movements from (${movements}) m group by m.order_id`,
  );
  return new Map(found.map(({ id, movements: count }) => [id, count]));
}

async function byWarehouse(
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
async function shortagesOf(db: Queries, company: string, judgement: ReleaseJudgement): Promise<Shortage[]> {
  const refusing = new Set(
    judgement.decisions
      .flatMap(({ refusals }) => refusals)
      .filter(({ code }) => code === 'REL-10')
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
    return {
      item: need.item,
      variant: need.variant,
      description: descriptionOf.get(need.item) ?? '',
      warehouse: need.warehouse,
      lot: need.lot,
      unit: balance?.unit ?? '',
      need: need.quantity,
      available: balance?.available.toFixed() ?? '0',
    };
  });
  const lack = (shortage: Shortage) => quantity(shortage.need).minus(quantity(shortage.available));
  return missing.sort((a, b) => lack(b).comparedTo(lack(a)));
}
