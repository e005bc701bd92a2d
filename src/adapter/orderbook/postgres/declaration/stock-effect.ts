import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../../../domain/calendar';
import type { Declaration } from '../../../../domain/declaration/declaration';
import { outputWith, type DeclaredOrder } from '../../../../domain/declaration/operations';
import type { StockEffect, StockMove } from '../../../../domain/declaration/posting';
import { belowZero, type ReleasePolicy } from '../../../../domain/policy';
import { quantity, quantityText, zero } from '../../../../domain/quantity';
import { closedDays } from '../closed-days';
import { rows, type Tx } from '../database';
import type { StoredOrder } from '../lock-orders';
import { lockStock, stockKey, type HoldStock } from '../stock';
import { usedUp } from '../work/used-up';
import { withdrawals } from '../withdrawals';
import { deposit } from './deposit';

/** What is known of a locked order when a step with one of its declarations is to be judged. */
export interface Declaring {
  readonly company: string;
  readonly policy: ReleasePolicy;
  readonly order: StoredOrder;
  readonly declared: DeclaredOrder;
}

export interface MoveRow extends Omit<StockMove, 'quantity' | 'stock' | 'onHand' | 'mayGoNegative'> {
  readonly quantity: string;
  readonly day: CalendarDate;
  /** Whether the book has a balance for it already. */
  readonly stored: boolean;
}

/** A row for a line that nothing was found for. */
type UnresolvedRow = Omit<MoveRow, 'reason'> & { readonly reason: null };

/**
 * What registering the closing declaration of the final operation posts: the load of the whole output as line 0, the withdrawal of every
 * manual material in full that is not withdrawn yet, and of all that lies at an input location for the order. The pickup type is the
 * item's at this moment. Locks the stocks concerned.
 */
export async function effectOfPosting(
  tx: Tx,
  known: Declaring,
  declaration: Declaration,
  lot: string,
  day: CalendarDate,
): Promise<StockEffect> {
  const { company, order, declared } = known;
  const output = quantityText(outputWith(declared, declaration));
  const found = await rows(
    tx,
    sql<MoveRow | UnresolvedRow>`
      select v.line, v.direction, v.item, v.variant, v.warehouse, v.reason, v.lot, trim_scale(v.quantity)::text as quantity,
             i.unit, i.lot_managed as "lotManaged", ${day}::date as day,
             exists (select from stock s where s.company_id = ${company} and s.item = v.item and s.variant = v.variant
                                           and s.warehouse = v.warehouse and s.lot = v.lot) as stored
        from (select 0 as line, 'load' as direction, item, variant, warehouse, reason,
                     case when lot_managed then ${lot} else '' end as lot, ${output}::numeric as quantity
                from (${deposit(company, order.id, declared.final)}) d where stock_managed
               union all
              select line, 'unload', item, variant, warehouse, reason, lot, quantity
                from (${withdrawals(company, [order], 'manual')}) w
               -- The item may have become manual after the release withdrew this line.
               where not exists (select from movement m where m.company_id = ${company} and m.order_id = w.order_id
                                                          and m.line = w.line)
               union all ${usedUp(company, order.id)}) v
        join item i on i.company_id = ${company} and i.item = v.item
       where v.quantity > 0
       order by v.line, v.warehouse, v.lot`,
  );
  const resolved = found.filter((row): row is MoveRow => row.reason !== null);
  const unresolved = found.filter(({ reason }) => reason === null);
  return { ...(await meetStock(tx, known, resolved)), unresolved };
}

/** What rolling back a registration takes back: exactly what it posted. Locks the stocks concerned. */
export async function effectOfTakingBack(
  tx: Tx,
  known: Declaring,
  { number }: Declaration,
): Promise<StockEffect> {
  const { company, order } = known;
  const cause = sql`(
    select cause from declaration
     where company_id = ${company} and order_id = ${order.id}::uuid and number = ${number}::int)`;
  return { ...(await meetStock(tx, known, await postedUnder(tx, known, cause))), unresolved: [] };
}

/** What an order's movements under this cause moved, line by line. */
export function postedUnder(
  tx: Tx,
  { company, order }: Pick<Declaring, 'company' | 'order'>,
  cause: RawBuilder<unknown>,
): Promise<MoveRow[]> {
  return rows(
    tx,
    sql<MoveRow>`
      select m.line, m.direction, m.item, m.variant, m.warehouse, m.reason, m.lot, trim_scale(m.quantity)::text as quantity,
             i.unit, i.lot_managed as "lotManaged", r.posted_on as day, true as stored
        from movement m
        join movement_record r using (company_id, order_id, cause, warehouse, reason)
        join item i on i.company_id = m.company_id and i.item = m.item
       where m.company_id = ${company} and m.order_id = ${order.id}::uuid and m.cause = ${cause}
       order by m.line, m.part`,
  );
}

/** Locks the stock of every move, or as `hold` does, and says what it holds, and which of the days are closed. */
export async function meetStock(
  tx: Tx,
  { company, policy }: Pick<Declaring, 'company' | 'policy'>,
  found: readonly MoveRow[],
  hold: HoldStock = lockStock,
): Promise<Pick<StockEffect, 'moves' | 'closed'>> {
  const places = new Map(found.map((row) => [stockKey(row), row]));
  const balances = await hold(tx, company, [...places.values()]);
  const moves = found.map(({ day: _day, stored: _stored, ...row }): StockMove => {
    const balance = balances.get(stockKey(row));
    return {
      ...row,
      quantity: quantity(row.quantity),
      stock: stockKey(row),
      onHand: balance ? quantity(balance.onHand) : zero,
      mayGoNegative:
        belowZero(policy.shortage, balance?.negativeStock === true, row.lotManaged) === 'allowed',
    };
  });
  return { moves, closed: await closedDays(tx, company, found) };
}
