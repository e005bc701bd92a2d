import { sql } from 'kysely';
import { decideCreate } from '../../../domain/create/decide';
import { itemNamed, itemsMeant } from '../../../domain/create/item-named';
import { orderKey, parseOrderKey, type MarkedOrder, type OrderKey } from '../../../domain/order';
import { quantity } from '../../../domain/quantity';
import { uuidv7 } from 'uuidv7';
import type { Command, Moment, StoredOutcome } from '../order-book';
import { execute, rows, texts, type Database, type Queries, type Tx } from './database';
import type { StoredOrder } from './lock-orders';
import { recordset } from './refresh/recordset';
import type { ChunkEffect } from './trail';

/**
 * Gives so many keys of a year away, in a transaction of their own: above every number that was given or imported. What becomes of the
 * orders does not matter, a number is not given twice.
 */
export async function newKeys(
  db: Database,
  company: string,
  year: number,
  count: number,
): Promise<readonly OrderKey[]> {
  const [given] = await rows(
    db,
    sql<{ last: number }>`
      insert into order_counter as c (company_id, year, last_number)
      select ${company}, ${year}::int, greatest(max(number), 0) + ${count}::int
        from production_order where company_id = ${company} and year = ${year}
          on conflict (company_id, year) do update
         set last_number = greatest(c.last_number + ${count}::int, excluded.last_number)
   returning last_number as last`,
  );
  if (!given) throw new Error('A counter gives a number');
  return Array.from({ length: count }, (_, place) =>
    orderKey({ year, number: given.last - count + 1 + place, lot: 0 }),
  );
}

type CreateCommand = Extract<Command, { kind: 'create' }>;

interface ItemFacts {
  readonly item: string;
  readonly unit: string;
  readonly variantMandatory: boolean;
}

/** Makes one chunk of entered orders: launched, without materials and operations. */
export async function createChunk(
  tx: Tx,
  chunk: readonly MarkedOrder[],
  command: CreateCommand,
  moment: Moment,
): Promise<ChunkEffect> {
  const typed = chunk.flatMap(({ key }) => {
    const order = command.orders[key];
    return order ? [{ key, ...order }] : [];
  });
  const { items, sites } = await factsOf(tx, moment.company, typed);
  const entered = typed.map((order) => ({ ...order, ...itemNamed(order, (code) => items.has(code)) }));
  const decisions = decideCreate(
    entered.map((order) => ({
      ...order,
      quantity: quantity(order.quantity),
      variantMandatory: items.get(order.item)?.variantMandatory ?? null,
      site: order.site ?? '',
      isSite: sites.has(order.site ?? ''),
    })),
  );
  const going = new Set(decisions.filter(({ refusals }) => refusals.length === 0).map(({ key }) => key));
  const made = entered
    .filter(({ key }) => going.has(key))
    .map((order) => ({ ...order, id: uuidv7(), unit: items.get(order.item)?.unit ?? '' }));
  await insertOrders(tx, made, moment);
  const outcomes = decisions.map(({ key, refusals }): StoredOutcome => {
    const result = refusals.length === 0 ? 'created' : 'refused';
    return { key, result, refusals, warnings: [], movements: 0 };
  });
  return {
    outcomes,
    changed: { orders: made.map(storedOrder), event: 'create', to: null, newVersion: true },
  };
}

type Entered = CreateCommand['orders'][OrderKey] & { readonly key: OrderKey };
type Made = Entered & { readonly id: string; readonly unit: string };

/** As it was before it was there: what the trail tells of. */
function storedOrder({ key, id, site }: Made): StoredOrder {
  return {
    ...{ key, id, state: 'launched', version: 0, lastChange: null, origin: null },
    ...{ site: site ?? '', cause: 0 },
  };
}

async function factsOf(db: Queries, company: string, entered: readonly Entered[]) {
  const codes = new Set(entered.flatMap((order) => itemsMeant(order).map(({ item }) => item)));
  const items = await rows(
    db,
    sql<ItemFacts>`
      select item, unit, variant_mandatory as "variantMandatory" from item
       where company_id = ${company} and item = any(${texts([...codes])})`,
  );
  const named = new Set(entered.map(({ site }) => site ?? ''));
  const sites = await rows(
    db,
    sql<{ site: string }>`
      select site from site where company_id = ${company} and site = any(${texts([...named])})`,
  );
  return {
    items: new Map(items.map((facts) => [facts.item, facts])),
    sites: new Set(sites.map(({ site }) => site)),
  };
}

const columns = {
  ...{ order_id: 'uuid', year: 'integer', number: 'integer', lot: 'integer', item: 'text', variant: 'text' },
  ...{ quantity: 'numeric', unit: 'text', start_on: 'date', due_on: 'date', site: 'text' },
};

/** An order without a start is taken to start when it is due: backward scheduling does not look at it. */
async function insertOrders(tx: Tx, made: readonly Made[], { company, at, actor }: Moment): Promise<void> {
  if (made.length === 0) return;
  const orders = made.map(({ key, id, item, variant, quantity: wanted, unit, due, start, site }) => ({
    ...{ order_id: id, ...parseOrderKey(key), item, variant, quantity: wanted, unit },
    ...{ start_on: start ?? due, due_on: due, site: site ?? null },
  }));
  await execute(
    tx,
    sql`
      insert into production_order (
             company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit, start_on, end_on, due_on,
             work_centre, customer, site, job_order, state, version, changed_at, changed_by)
      select ${company}, order_id, year, number, lot, item, variant, quantity, 0, unit, start_on, greatest(start_on, due_on), due_on,
             '', '', coalesce(r.site, s.site, ''), '', 'launched', 1, ${at}::timestamptz, ${actor}
        from ${recordset('r', columns, orders)}
        left join (select min(site) as site from site where company_id = ${company} having count(*) = 1) s on true`,
  );
}
