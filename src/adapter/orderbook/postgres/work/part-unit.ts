import { sql } from 'kysely';
import { one, quantity } from '../../../../domain/quantity';
import type { PartUnit } from '../../../../domain/work/rules';
import { rows, type Queries } from '../database';

interface UnitRow {
  readonly item: string;
  readonly ofOrder: string;
  readonly unit: string;
  /** Base units of the item in one of it. */
  readonly factor: string;
}

/** The unit that a part of an order is said in, and what it is in the order's. */
export async function partUnit(
  db: Queries,
  company: string,
  order: { readonly id: string },
  unit: string,
): Promise<PartUnit> {
  const found = await rows(
    db,
    sql<UnitRow>`
      select o.item, o.unit as "ofOrder", u.unit, u.factor::text as factor
        from production_order o
        join item i on i.company_id = o.company_id and i.item = o.item
       cross join lateral (
             select i.unit, 1 as factor
              union all
             select unit, factor from item_unit where company_id = i.company_id and item = i.item and unit <> i.unit) u
       where o.company_id = ${company} and o.order_id = ${order.id}::uuid
       order by u.unit`,
  );
  const [{ item, ofOrder } = { item: '', ofOrder: '' }] = found;
  const inBase = (name: string) => found.find((each) => each.unit === name)?.factor;
  const [asked, own] = [inBase(unit), inBase(ofOrder)];
  const known = asked !== undefined && own !== undefined;
  const other = known ? quantity(asked).div(own) : null;
  return {
    item,
    unit,
    factor: unit === ofOrder ? one : other,
    known: [...new Set([ofOrder, ...found.map((each) => each.unit)])],
  };
}
