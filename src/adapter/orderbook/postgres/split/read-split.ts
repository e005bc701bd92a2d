import { sql, type RawBuilder } from 'kysely';
import { groupBy } from '../../../../domain/group-by';
import { quantity, zero, type Quantity } from '../../../../domain/quantity';
import { takenIn } from '../../../../domain/refresh/component-quantity';
import type { SplitBasis, SplitLine } from '../../../../domain/release/split';
import { rows, texts, uuids, type Queries } from '../database';
import { stockKey, type StockPlace } from '../stock';

interface LineRow extends StockPlace {
  /** Id of the order. */
  readonly order: string;
  readonly line: number;
  readonly quantity: string;
  readonly supplied: string;
  readonly fixed: boolean;
  readonly rounding: string | null;
  readonly decimals: number;
}

/**
 * What a split of these orders would look at, by id: their lines of these items. `lines` is a query of withdrawals or of movements with
 * the line each of them is for.
 */
export async function splitBases(
  db: Queries,
  company: string,
  lines: RawBuilder<unknown>,
  orders: readonly { readonly id: string }[],
  items: readonly string[],
): Promise<Map<string, SplitBasis>> {
  if (orders.length === 0) return new Map();
  const ids = orders.map(({ id }) => id);
  const found = await rows(
    db,
    sql<LineRow>`
      select w.order_id as order, w.line, w.item, w.variant, w.warehouse, w.lot, m.quantity::text as quantity,
             m.supplied::text as supplied, m.fixed, i.rounding::text as rounding, i.decimals
        from (${lines}) w
        join order_material m on m.company_id = ${company} and m.order_id = w.order_id and m.line = w.line
        join item i on i.company_id = ${company} and i.item = w.item
       where w.order_id = any(${uuids(ids)}) and w.item = any(${texts([...new Set(items)])}) and w.warehouse is not null
       order by w.order_id, w.line`,
  );
  const byOrder = groupBy(found, ({ order }) => order);
  const linesOf = (id: string): SplitLine[] =>
    (byOrder.get(id) ?? []).map((row) => ({ ...splitLine(row), line: row.line, stock: stockKey(row) }));
  const headers = await ordersOf(db, company, ids);
  return new Map(
    headers.map(({ id, decimals, unit, picked, declarations }) => [
      id,
      {
        ...{ step: takenIn({ rounding: null, decimals }), unit, lines: linesOf(id) },
        picked: (picked ?? []).map((each) => ({ ...each, quantity: quantity(each.quantity) })),
        declarations: declarations ?? [],
      },
    ]),
  );
}

function splitLine({ quantity: need, supplied, fixed, rounding, decimals }: LineRowFacts) {
  return {
    ...{ quantity: quantity(need), supplied: quantity(supplied), fixed },
    precision: precisionOf({ rounding, decimals }),
  };
}
type LineRowFacts = Pick<LineRow, 'quantity' | 'supplied' | 'fixed' | 'rounding' | 'decimals'>;

interface PrecisionRow {
  readonly rounding: string | null;
  readonly decimals: number;
}

/** The smallest quantity that can be taken of an item. */
function precisionOf({ rounding, decimals }: PrecisionRow): Quantity {
  const own = rounding === null ? null : quantity(rounding);
  return takenIn({ rounding: own?.gt(zero) ? own : null, decimals });
}

/** By item. */
export async function precisionsOf(
  db: Queries,
  company: string,
  items: readonly string[],
): Promise<ReadonlyMap<string, Quantity>> {
  const found = await rows(
    db,
    sql<PrecisionRow & { readonly item: string }>`
      select item, rounding::text as rounding, decimals from item
       where company_id = ${company} and item = any(${texts([...new Set(items)])})`,
  );
  return new Map(found.map((row) => [row.item, precisionOf(row)]));
}

interface OrderRow {
  readonly id: string;
  readonly decimals: number;
  readonly unit: string;
  readonly picked: { readonly item: string; readonly quantity: string; readonly unit: string }[] | null;
  readonly declarations: number[] | null;
}

function ordersOf(db: Queries, company: string, ids: readonly string[]): Promise<OrderRow[]> {
  return rows(
    db,
    sql<OrderRow>`
      select o.order_id as id, p.decimals, o.unit,
             (select json_agg(json_build_object('item', m.item, 'quantity', trim_scale(m.picked)::text, 'unit', i.unit)
                              order by m.line)
                from order_material m join item i using (company_id, item)
               where m.company_id = o.company_id and m.order_id = o.order_id and m.picked <> 0) as picked,
             (select array_agg(d.number order by d.number) from declaration d
               where d.company_id = o.company_id and d.order_id = o.order_id) as declarations
        from production_order o join item p using (company_id, item)
       where o.company_id = ${company} and o.order_id = any(${uuids(ids)})`,
  );
}
