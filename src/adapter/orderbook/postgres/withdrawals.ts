import { sql, type RawBuilder } from 'kysely';
import { groupBy } from '../../../domain/group-by';
import type { UnresolvedMaterial } from '../../../domain/release/candidate';
import { BookChanged, integers, rows, texts, uuids, type Queries, type Tx } from './database';
import { placeTable, stockLock, type StockHeld, type StockPlace } from './stock';

/** What the withdrawals of an order depend on besides its lines. */
export interface WithdrawingOrder {
  readonly id: string;
  readonly site: string;
  /** Of its last release: the next one posts under the number after it. */
  readonly cause: number;
}

/** Where materials and operations of orders are read, as tables or queries with their columns. */
export interface LineSource {
  readonly materials: RawBuilder<unknown>;
  readonly operations: RawBuilder<unknown>;
}
const inTheBook: LineSource = { materials: sql`order_material`, operations: sql`order_operation` };

/**
 * What releasing these orders would withdraw – or, of manual materials, declaring them – a row per material line of that pickup
 * type with the warehouse and reason it resolves to: the line's own, else those of the order's site, else the item's MRP
 * parameters, else those of the site where the machine of the line's operation stands, else the general ones. `reason` is null
 * where no unload reason for production is found in that warehouse. The pickup type is the item's at this moment. Materials that
 * are not stock-managed never move, nor do lines of zero or less: what an order yields beside its output is not withdrawn and
 * covers no need. What a line of the same order makes is not withdrawn either. `by_lot` says that the item is managed by lot and the
 * line names none: which lots it takes is decided when it is released. Source: Fluentis, pickup types and warehouse priorities.
 *
 * @param source where the lines are: in the book, or yet to be written
 * @param sitesDecide whether any site has warehouses of its own: where none has, neither orders' nor machines' sites are looked at
 */
export function withdrawals(
  company: string,
  orders: readonly WithdrawingOrder[],
  pickup: 'automatic' | 'manual' = 'automatic',
  sitesDecide = true,
  source: LineSource = inTheBook,
): RawBuilder<unknown> {
  const { tables, warehouse, reason } = placeOf(company, sitesDecide, source.operations);
  return sql`
    select o.order_id, o.cause, m.line, m.item, m.variant, m.lot, m.quantity - m.supplied as quantity, r.warehouse, r.reason,
           i.lot_managed and m.lot = '' as by_lot
      from unnest(${uuids(orders.map(({ id }) => id))}, ${integers(orders.map(({ cause }) => cause))},
                  ${texts(sitesDecide ? orders.map(({ site }) => site) : [])}) as o(order_id, cause, site)
      join ${source.materials} m on m.company_id = ${company} and m.order_id = o.order_id and m.quantity > m.supplied and m.quantity > 0
      join item i on i.company_id = ${company} and i.item = m.item
                 and i.pickup_type = ${sql.lit(pickup)} and i.stock_managed
      ${tables}
      left join movement_reason r on r.company_id = ${company} and r.warehouse = ${warehouse} and r.reason = ${reason}
                 and r.direction = 'unload' and r.production`;
}

/** Where a material is withdrawn: joins after material `m`, its item `i` and its order's site `o.site`, and what they say. */
export interface WithdrawalPlace {
  readonly tables: RawBuilder<unknown>;
  readonly warehouse: RawBuilder<unknown>;
  readonly reason: RawBuilder<unknown>;
}

/** See {@link withdrawals}. */
export function placeOf(
  company: string,
  sitesDecide: boolean,
  operations: RawBuilder<unknown> = inTheBook.operations,
): WithdrawalPlace {
  const section = sql`case i.procurement when 'purchase' then 'raw_material' else 'unfinished' end`;
  const general = sql`
      left join withdrawal_default g on g.company_id = ${company} and g.site = '' and g.section = ${section}`;
  if (!sitesDecide)
    return {
      tables: general,
      warehouse: sql`coalesce(m.warehouse, i.warehouse, g.warehouse)`,
      reason: sql`coalesce(m.reason, i.reason, g.reason)`,
    };
  return {
    tables: sql`${general}
      left join withdrawal_default s on s.company_id = ${company} and s.site = o.site and o.site <> ''
                 and s.section = ${section}
      left join ${operations} p on p.company_id = ${company} and p.order_id = m.order_id and p.order_line = m.order_line
                 and p.operation = m.operation
      left join machine on machine.company_id = ${company} and machine.machine = p.machine
      left join withdrawal_default x on x.company_id = ${company} and x.site = machine.site and x.site <> ''
                 and x.section = ${section}`,
    warehouse: sql`coalesce(m.warehouse, s.warehouse, i.warehouse, x.warehouse, g.warehouse)`,
    reason: sql`coalesce(m.reason, s.reason, i.reason, x.reason, g.reason)`,
  };
}

/** The sum over all lines of one stock: what the orders need of it together. */
export interface TotalNeed {
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
  readonly quantity: string;
  readonly lines: number;
  /** It is drawn from lots, and the lines name none. */
  readonly byLot: boolean;
  /** Whether the book has a balance for it already. */
  readonly stored: boolean;
  /** What it holds, where it was locked as the needs were added up. */
  readonly locked?: StockHeld;
}

export interface Needs {
  readonly totals: readonly TotalNeed[];
  /** By id of the order, lines for which no warehouse and reason were found. */
  readonly unresolved: ReadonlyMap<string, readonly UnresolvedMaterial[]>;
}

/** What these orders need altogether, by stock key, and the lines nothing can be withdrawn for. */
export async function totalNeeds(
  db: Queries,
  company: string,
  orders: readonly WithdrawingOrder[],
  sitesDecide: boolean,
  source: LineSource = inTheBook,
): Promise<Needs> {
  const withdrawn = withdrawals(company, orders, 'automatic', sitesDecide, source);
  return needsFrom(db, company, orders, withdrawn, sql`line as (${withdrawn})`);
}

/**
 * Posts the withdrawals of locked, launched orders and gives what {@link totalNeeds} gives, in one reading of their materials.
 * They are provisional: until the transaction ends nobody sees them, and those of refused orders are deleted again. A movement's
 * key holds its order's next cause, so posting the same release twice would violate it. Stock is not changed, but locked: the stocks
 * of all needs, or none where one of them is not stored yet.
 */
export async function postProvisionally(
  tx: Tx,
  company: string,
  orders: readonly WithdrawingOrder[],
  sitesDecide: boolean,
  locks = true,
): Promise<Needs> {
  const withdrawn = withdrawals(company, orders, 'automatic', sitesDecide);
  const lines = sql`
    line as materialized (${withdrawn}),
    posted as (
      insert into movement (company_id, order_id, cause, line, part, item, variant, warehouse, lot, reason, direction, quantity)
      select ${company}, order_id, cause + 1, line, 1, item, variant, warehouse, lot, reason, 'unload', quantity
        from line where reason is not null)`;
  return needsFrom(tx, company, orders, withdrawn, lines, locks ? stockLock(company, sql`need`) : undefined);
}

type NeedRow = Omit<TotalNeed, 'locked'> &
  StockHeld & { readonly warehouse: string | null; readonly locked: boolean };

/** @param lock locks the stocks of `need` and gives what they hold; none of them is where it is left out */

async function needsFrom(
  db: Queries,
  company: string,
  orders: readonly WithdrawingOrder[],
  withdrawn: RawBuilder<unknown>,
  lines: RawBuilder<unknown>,
  lock?: RawBuilder<unknown>,
): Promise<Needs> {
  if (orders.length === 0) return { totals: [], unresolved: new Map() };
  const found = await rows(
    db,
    sql<NeedRow>`
      with ${lines},
      need as materialized (
        select item, variant, warehouse, lot, sum(quantity) as quantity, count(*)::int as lines, bool_or(by_lot) as by_lot
          from line group by item, variant, warehouse, lot),
      held as materialized (${
        lock ??
        sql`
        select s.item, s.variant, s.warehouse, s.lot, s.on_hand
          from need join stock s using (item, variant, warehouse, lot) where s.company_id = ${company}`
      })
      select n.item, n.variant, n.warehouse, n.lot, trim_scale(n.quantity)::text as quantity, n.lines, n.by_lot as "byLot",
             -- Where nothing is locked yet, what is stored has to be looked for.
             h.item is not null or exists (
               select from stock s where s.company_id = ${company} and s.item = n.item and s.variant = n.variant
                                     and s.warehouse = n.warehouse and s.lot = n.lot) as stored,
             h.item is not null as locked, trim_scale(h.on_hand)::text as "onHand", w.negative_stock as "negativeStock"
        from need n
        left join held h on h.item = n.item and h.variant = n.variant and h.warehouse = n.warehouse and h.lot = n.lot
        left join warehouse w on w.company_id = ${company} and w.warehouse = n.warehouse`,
  );
  const totals = found.flatMap(({ onHand, negativeStock, locked, ...need }): TotalNeed[] => {
    if (need.warehouse === null) return [];
    return [lock && locked && !need.byLot ? { ...need, locked: { onHand, negativeStock } } : need];
  });
  const missing = found
    .filter((need) => need.warehouse === null)
    .reduce((sum, { lines: count }) => sum + count, 0);
  const unresolved =
    missing > 0 ? await unresolvedLines(db, withdrawn) : new Map<string, UnresolvedMaterial[]>();
  // Master data committed between the two statements: this reading is worth nothing.
  const named = [...unresolved.values()].reduce((sum, group) => sum + group.length, 0);
  if (named !== missing) throw new BookChanged('The master data changed while the needs were read');
  return { totals, unresolved };
}

async function unresolvedLines(db: Queries, withdrawn: RawBuilder<unknown>) {
  const found = await rows(
    db,
    sql<{ order: string } & UnresolvedMaterial>`
      select w.order_id as order, w.line, w.item from (${withdrawn}) w
       where w.reason is null order by w.order_id, w.line`,
  );
  return groupBy(found, ({ order }) => order);
}

/** The movements posted for these orders, alike to {@link withdrawals} in the columns that {@link needsOf} reads. */
export function postedBy(company: string, orders: readonly WithdrawingOrder[]): RawBuilder<unknown> {
  return sql`
    select order_id, line, item, variant, warehouse, lot, quantity from movement
     where company_id = ${company} and order_id = any(${uuids(orders.map(({ id }) => id))})`;
}

/** The warehouses each order posts to, by its id; `lines` is a query of withdrawals or of movements. */
export async function warehousesOf(
  db: Queries,
  lines: RawBuilder<unknown>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await rows(
    db,
    sql<{ order: string; warehouses: string[] }>`
      select w.order_id as order, array_agg(distinct w.warehouse collate "C" order by w.warehouse collate "C") as warehouses
        from (${lines}) w where w.warehouse is not null group by w.order_id`,
  );
  return new Map(found.map(({ order, warehouses }) => [order, warehouses]));
}

/** What one order needs of one stock. */
export interface OrderNeed {
  /** Id of the order. */
  readonly order: string;
  readonly item: string;
  readonly variant: string;
  readonly warehouse: string;
  readonly lot: string;
  readonly quantity: string;
}

/** What each order needs of these stocks, added up over its lines; `lines` is a query of withdrawals or of movements. */
export async function needsOf(
  db: Queries,
  lines: RawBuilder<unknown>,
  stocks: readonly StockPlace[],
): Promise<Map<string, OrderNeed[]>> {
  if (stocks.length === 0) return new Map();
  const found = await rows(
    db,
    sql<OrderNeed>`
      select w.order_id as order, w.item, w.variant, w.warehouse, w.lot, trim_scale(sum(w.quantity))::text as quantity
        from (${lines}) w
        join ${placeTable(stocks)}
          on p.item = w.item and p.variant = w.variant and p.warehouse = w.warehouse and p.lot = w.lot
       group by w.order_id, w.item, w.variant, w.warehouse, w.lot
       order by w.item collate "C", w.warehouse collate "C", w.variant collate "C", w.lot collate "C"`,
  );
  return groupBy(found, ({ order }) => order);
}
