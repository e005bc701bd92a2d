import { sql, type RawBuilder } from 'kysely';
import type { PlantFile } from '../../import-format';
import type { Rule } from './check-rules';
import { inBaseUnits, inOrder, reasonOf, together, unitOfItem } from './rule-parts';
import { known, staged, type Staging } from './staged';

/** Two ways of writing one key: with the year and without. */
const oneKey: Rule = {
  file: 'orders',
  column: 'lot',
  code: 'duplicate',
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('first', first::text)
      from (select file_line, order_ref, min(file_line) over k as first, min(order_ref) over k as least
              from (select o.*, coalesce(year, extract(year from start)::int) as in_year from ${staged('orders', staging)} o
                     where number is not null and lot is not null) s
            window k as (partition by in_year, number, lot)) d
     where file_line <> first and order_ref <> least`,
};

const ofOrder = (code: Rule['code'], column: string, condition: RawBuilder<unknown>): Rule => ({
  file: 'orders',
  column,
  code,
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('state', state) from ${staged('orders', staging)} o where ${condition}`,
});

/** The quantities of an order are in the base unit of what it makes. */
const baseUnit: Rule = {
  file: 'orders',
  column: 'unit',
  code: 'notBaseUnit',
  breaches: (staging) => sql`
    select o.file_line, jsonb_build_object('unit', o.unit, 'item', o.item, 'base', i.unit)
      from ${staged('orders', staging)} o
      join ${known('items', ['item', 'unit'], staging)} i on i.item = o.item
     where o.unit <> i.unit`,
};

/** Rows that an order in this state cannot have. */
const notWith = (file: PlantFile, code: Rule['code'], condition: RawBuilder<unknown>): Rule => ({
  file,
  column: 'number',
  code,
  breaches: (staging) => sql`
    select s.file_line, jsonb_build_object('order', s.order_ref)
      from ${staged(file, staging)} s join ${staged('orders', staging)} o using (order_ref) where ${condition}`,
});

/** A movement takes what its material line needs. */
const itemOfLine: Rule = {
  file: 'movements',
  column: 'item',
  code: 'otherItem',
  breaches: (staging) => sql`
    select s.file_line, jsonb_build_object('item', m.item, 'variant', m.variant)
      from ${staged('movements', staging)} s
      join ${staged('order_materials', staging)} m using (order_ref, line)
     where m.item <> s.item or m.variant <> s.variant`,
};

/** What an order takes with one reason of one warehouse is one record, posted on one day. */
const oneDay: Rule = {
  file: 'movements',
  column: 'posted_on',
  code: 'recordOnTwoDays',
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('day', first::text)
      from (select file_line, posted_on, min(posted_on) over (partition by order_ref, warehouse, reason) as first
              from ${staged('movements', staging)} s) d
     where posted_on <> first`,
};

/** The movements of a line are its whole need: a release withdraws all or nothing. */
const wholeNeed: Rule = {
  file: 'movements',
  column: 'quantity',
  code: 'movementsDisagree',
  breaches: (staging) => sql`
    select d.file_line, jsonb_build_object('sum', trim_scale(d.quantity)::text, 'need', trim_scale(round(m.quantity * m.factor, 9))::text,
                                           'unit', m.base_unit)
      from (select order_ref, line, min(file_line) as file_line, sum(round(quantity * factor, 9)) as quantity
              from ${inBaseUnits('movements', 'item', staging)} s group by order_ref, line) d
      join ${inBaseUnits('order_materials', 'item', staging)} m using (order_ref, line)
     where d.quantity <> round(m.quantity * m.factor, 9)`,
};

/**
 * What was produced is what was declared at the final operation, which is found as `finalOperation` of the domain does, or on the order
 * as a whole; where nothing of that is in the files, the order alone says it.
 */
const produced: Rule = {
  file: 'orders',
  column: 'quantity_produced',
  code: 'producedDisagrees',
  breaches: (staging) => sql`
    select o.file_line, jsonb_build_object('declared', trim_scale(d.quantity)::text)
      from (select s.order_ref, sum(s.quantity) as quantity
              from ${staged('declarations', staging)} s
              left join (select order_ref, coalesce(max(operation) filter (where movable), max(operation)) as operation
                           from ${staged('order_operations', staging)} p where productive group by order_ref) l using (order_ref)
             where s.registered_on is not null and (s.operation is null or s.operation = l.operation)
             group by s.order_ref) d
      join ${staged('orders', staging)} o using (order_ref)
     where o.quantity_produced <> d.quantity`,
};

/** A reservation for an order names one that these files or the book have. */
const reservedFor: Rule = {
  file: 'reservations',
  column: 'number',
  code: 'unknownReference',
  breaches: (staging: Staging) => sql`
    select s.file_line, jsonb_build_object('value', s.order_ref, 'target', 'orders')
      from ${staged('reservations', staging)} s
     where s.number is not null
       and not exists (select from ${staged('orders', staging)} o where o.order_ref = s.order_ref)
       and not exists (select from production_order p where p.company_id = ${staging.company} and p.year = s.year
                                                        and p.number = s.number and p.lot = s.lot)`,
};

/** Rules of orders and what belongs to them. */
export const orderRules: readonly Rule[] = [
  oneKey,
  inOrder('orders', 'start', 'end'),
  baseUnit,
  together('orders', 'deposit_warehouse', 'deposit_reason'),
  ...reasonOf('orders', 'deposit_warehouse', 'deposit_reason', 'load'),
  ofOrder('originMissing', 'origin', sql`state <> 'launched' and origin is null`),
  ofOrder('originOfLaunched', 'origin', sql`state = 'launched' and origin is not null`),
  ofOrder('releasedOnMissing', 'released_on', sql`origin = 'release' and released_on is null`),
  ofOrder('holdNotLaunched', 'hold_reason', sql`state <> 'launched' and hold_reason is not null`),
  unitOfItem('order_materials', 'item'),
  together('order_materials', 'warehouse', 'reason'),
  ...reasonOf('order_materials', 'warehouse', 'reason', 'unload'),
  inOrder('order_operations', 'start', 'end'),
  notWith('movements', 'movementOfLaunched', sql`o.state = 'launched'`),
  notWith('movements', 'movementOfDirect', sql`o.origin = 'direct'`),
  unitOfItem('movements', 'item'),
  ...reasonOf('movements', 'warehouse', 'reason', 'unload').filter(({ code }) => code === 'wrongDirection'),
  itemOfLine,
  oneDay,
  wholeNeed,
  notWith('declarations', 'declarationOfLaunched', sql`o.state = 'launched'`),
  inOrder('declarations', 'opened_on', 'registered_on'),
  produced,
  reservedFor,
];
