import { sql, type RawBuilder } from 'kysely';
import { FIRST_LINE } from '../../../../domain/refresh/guards';
import { integers, rows, uuids, type Queries } from '../database';

/**
 * Where the output of an order goes, one row with its item: the order's own deposit warehouse and reason, else those of its
 * site, else the item's MRP parameters, else those of the site of the final operation's machine, else the general ones, field
 * by field. `reason` is null where no load reason for production is found in that warehouse. Source: Fluentis, load priority
 * and sections.
 */
export function deposit(company: string, orderId: string, final: number | null): RawBuilder<unknown> {
  return sql`
    select o.item, o.variant, i.stock_managed, i.lot_managed, r.warehouse, r.reason
      from production_order o
      join item i on i.company_id = o.company_id and i.item = o.item
      ${placesOf(company, sql`${final}::int`)}
      left join movement_reason r on r.company_id = o.company_id and r.direction = 'load' and r.production
            and r.warehouse = coalesce(o.deposit_warehouse, s.warehouse, i.deposit_warehouse, b.warehouse, g.warehouse)
            and r.reason = coalesce(o.deposit_reason, s.reason, i.deposit_reason, b.reason, g.reason)
     where o.company_id = ${company} and o.order_id = ${orderId}::uuid`;
}

/** The warehouse of {@link deposit} for each of these orders with its final operation, by id; without a reason it counts, too. */
export async function depositWarehouses(
  db: Queries,
  company: string,
  orders: readonly { readonly id: string; readonly final: number | null }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = uuids(orders.map(({ id }) => id));
  const found = await rows(
    db,
    sql<{ id: string; warehouse: string }>`
      select o.order_id as id, coalesce(o.deposit_warehouse, s.warehouse, i.deposit_warehouse, b.warehouse, g.warehouse) as warehouse
        from unnest(${ids}, ${integers(orders.map(({ final }) => final))}) as f(order_id, final)
        join production_order o on o.company_id = ${company} and o.order_id = f.order_id
        join item i on i.company_id = o.company_id and i.item = o.item
        ${placesOf(company, sql`f.final`)}
       where coalesce(o.deposit_warehouse, s.warehouse, i.deposit_warehouse, b.warehouse, g.warehouse) is not null`,
  );
  return new Map(found.map(({ id, warehouse }) => [id, warehouse]));
}

/** What the places of order `o` say: its site's `s`, those of its final operation's machine `b`, the general ones `g`. */
export function placesOf(company: string, final: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
      left join order_operation p on p.company_id = o.company_id and p.order_id = o.order_id and p.order_line = ${FIRST_LINE}::int
                 and p.operation = ${final}
      left join machine a on a.company_id = o.company_id and a.machine = p.machine
      left join lateral (${defaultOf(company, sql`nullif(o.site, '')`)}) s on true
      left join lateral (${defaultOf(company, sql`nullif(a.site, '')`)}) b on true
      left join lateral (${defaultOf(company, sql`''`)}) g on true`;
}

/** A site's section for order `o`: finished for a finished product, else unfinished, or finished where there is none. */
function defaultOf(company: string, site: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select warehouse, reason from deposit_default
     where company_id = ${company} and site = ${site} and (o.bom_level > 1 or section = 'finished')
     order by section = 'finished' limit 1`;
}
