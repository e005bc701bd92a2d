import { sql } from 'kysely';
import type { StockChange } from '../../../../contract/stock-change';
import type { PickableLot, WorkLine, WorkLineInHand } from '../../../../contract/work';
import type { CalendarDate } from '../../../../domain/calendar';
import { groupBy } from '../../../../domain/group-by';
import { quantityText, zero } from '../../../../domain/quantity';
import { rows, type Queries } from '../database';
import type { StoredOrder } from '../lock-orders';
import { stockKey, type StockPlace } from '../stock';
import { pickableStocks } from './pickable-stocks';

type OfLine = Pick<WorkLine, 'line'> & { readonly work: number };
const idOf = (work: number, line: number) => `${work} ${line}`;

/** What each line of an order's work would change next, and the lots it may be confirmed with. */
export async function nextOfLines(
  db: Queries,
  company: string,
  order: StoredOrder,
): Promise<(work: number, line: WorkLine) => Pick<WorkLineInHand, 'changes' | 'lots'>> {
  const changes = groupBy(await changesOf(db, company, order), (row) => idOf(row.work, row.line));
  const lots = groupBy(await lotsOf(db, company, order), (row) => idOf(row.work, row.line));
  return (work, { line }) => ({
    changes: (changes.get(idOf(work, line)) ?? []).map(({ work: _work, line: _line, ...change }) => change),
    lots: (lots.get(idOf(work, line)) ?? []).map(({ work: _work, line: _line, ...lot }) => lot),
  });
}

/** Of an open line what confirming it moves, of a confirmed one its movements taken back; the order is on the shop floor for both. */
function changesOf(
  db: Queries,
  company: string,
  { id, state }: StoredOrder,
): Promise<(StockChange & OfLine)[]> {
  if (state !== 'executive') return Promise.resolve([]);
  return rows(
    db,
    sql<StockChange & OfLine>`
      select v.work, v.line, v.item, v.variant, i.description, v.lot, i.unit, v.warehouse, w.name as "warehouseName",
             trim_scale(v.change)::text as change, trim_scale(coalesce(s.on_hand, 0))::text as before,
             trim_scale(coalesce(s.on_hand, 0) + v.change)::text as after
        from (select l.work, l.line, l.item, l.variant, p.warehouse, l.lot, p.sign * l.quantity as change
                from work_line l
                join work k on k.company_id = l.company_id and k.number = l.work and k.state in ('open', 'in_process')
               cross join lateral (values (l.pick_from, -1), (l.put_to, 1)) as p(warehouse, sign)
               where l.company_id = ${company} and l.order_id = ${id}::uuid and l.state = 'open' and p.warehouse is not null
               union all
              select l.work, l.line, m.item, m.variant, m.warehouse, m.lot,
                     case m.direction when 'load' then -m.quantity else m.quantity end
                from work_line l
                join movement m on m.company_id = l.company_id and m.order_id = l.order_id and m.cause = l.cause
               where l.company_id = ${company} and l.order_id = ${id}::uuid and l.state = 'confirmed') v
        join item i on i.company_id = ${company} and i.item = v.item
        join warehouse w on w.company_id = ${company} and w.warehouse = v.warehouse
        left join stock s on s.company_id = ${company} and s.item = v.item and s.variant = v.variant and s.warehouse = v.warehouse
                         and s.lot = v.lot
       order by v.work, v.line, v.change`,
  );
}

/** Nobody looks through more for one line. */
const MOST_LOTS = 40;

interface LotRow extends OfLine, StockPlace {
  readonly expiresOn: CalendarDate | null;
  readonly onHand: string;
  readonly atInput: string | null;
}

/** The lots that lie where open lines are picked from, for lines that take any lot of their item. */
async function lotsOf(db: Queries, company: string, order: StoredOrder): Promise<(PickableLot & OfLine)[]> {
  const found = await rows(
    db,
    sql<LotRow>`
      select l.work, l.line, l.item, l.variant, l.pick_from as warehouse, s.lot, s.expires_on as "expiresOn",
             trim_scale(s.on_hand)::text as "onHand",
             case when l.put_to is not null then trim_scale(coalesce(p.on_hand, 0))::text end as "atInput"
        from work_line l
        join work k on k.company_id = l.company_id and k.number = l.work and k.state in ('open', 'in_process')
        join item i on i.company_id = l.company_id and i.item = l.item and i.lot_managed
        join order_material m on m.company_id = l.company_id and m.order_id = l.order_id and m.line = l.material and m.lot = ''
       cross join lateral (
             select s.lot, s.expires_on, s.received_on, s.on_hand from stock s
              where s.company_id = l.company_id and s.item = l.item and s.variant = l.variant and s.warehouse = l.pick_from
                and s.lot <> '' and s.on_hand > 0
              order by case i.lot_picking when 'expiry' then s.expires_on end nulls last, s.received_on nulls first, s.lot
              limit ${MOST_LOTS}::int) s
        left join stock p on p.company_id = l.company_id and p.item = l.item and p.variant = l.variant and p.warehouse = l.put_to
                         and p.lot = s.lot
       where l.company_id = ${company} and l.order_id = ${order.id}::uuid and l.state = 'open'
       order by l.work, l.line, case i.lot_picking when 'expiry' then s.expires_on end nulls last, s.received_on nulls first, s.lot`,
  );
  const stocks = await pickableStocks(db, company, found, [order], true);
  return found.map(({ work, line, lot, expiresOn, onHand, atInput, ...place }) => {
    const stock = stocks.get(stockKey({ ...place, lot }));
    const own = stock?.reservedFor.get(order.key) ?? zero;
    const free = stock?.onHand.minus(stock.reserved).plus(own) ?? zero;
    return {
      work,
      line,
      lot,
      expiresOn,
      onHand,
      atInput,
      free: quantityText(free.isNegative() ? zero : free),
    };
  });
}
