import { sql, type RawBuilder } from 'kysely';
import type { Rule } from './check-rules';
import { staged, type Staging } from './staged';

/** The columns that say how an item is counted: what was counted in one way cannot be read in another later. */
type Counting = 'unit' | 'lot_managed' | 'stock_managed';

/** The items that the files count otherwise than the book: `item`, `file_line`; each column twice, `_here` as the book has it. */
export const recountedItems = (staging: Staging): RawBuilder<unknown> => sql`(
  select s.item, s.file_line, s.unit, s.lot_managed, s.stock_managed, b.unit as unit_here, b.lot_managed as lot_managed_here,
         b.stock_managed as stock_managed_here
    from ${staged('items', staging)} s join item b on b.company_id = ${staging.company} and b.item = s.item
   where b.unit <> s.unit or b.lot_managed <> s.lot_managed or b.stock_managed <> s.stock_managed)`;

/** What depends on how an item is counted, in the sequence in which it is named: `item`, `place`, `part`. */
function uses({ company }: Staging, ofUnit: boolean): RawBuilder<unknown> {
  const ofCompany = sql`company_id = ${company}`;
  // A launched order is not bound yet to lots or stock, but its quantities are in base units.
  const bound = ofUnit ? ofCompany : sql`${ofCompany} and state <> 'launched'`;
  return sql`(
    select item, 1 as place, 'stock' as part from stock where ${ofCompany} and (opening <> 0 or on_hand <> 0)
     union all
    select item, 2, 'movements' from movement where ${ofCompany}
     union all
    select item, 2, 'movements' from restored_movement where ${ofCompany}
     union all
    select item, 3, 'orders' from production_order where ${bound}
     union all
    select m.item, 3, 'orders' from order_material m join production_order o using (company_id, order_id) where ${bound}
     union all
    select item, 4, 'reservations' from reservation where ${ofCompany})`;
}

const inUse = (column: Counting): Rule => {
  const now = sql.ref(`r.${column}`);
  const here = sql.ref(`r.${column}_here`);
  return {
    file: 'items',
    column,
    code: 'itemInUse',
    breaches: (staging) => sql`
      select file_line, jsonb_build_object('item', item, 'here', here, 'part', part)
        from (select distinct on (r.file_line) r.file_line, r.item, ${here}::text as here, u.part
                from ${recountedItems(staging)} r join ${uses(staging, column === 'unit')} u using (item)
               where ${now} <> ${here} order by r.file_line, u.place) d`,
  };
};

/** An item that is in use keeps its base unit, and whether stock and lots are kept of it. */
export const itemsInUse: readonly Rule[] = [inUse('unit'), inUse('lot_managed'), inUse('stock_managed')];
