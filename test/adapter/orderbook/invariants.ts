import assert from 'node:assert/strict';
import type { Pool } from 'pg';

/** Whether movement `m` was posted by a declaration. */
const ofDeclaration = `exists (
      select from declaration d where d.company_id = m.company_id and d.order_id = m.order_id and d.cause = m.cause)`;

/** Whether movement `m` was posted by picking work. */
const ofWork = `exists (
      select from work_line w where w.company_id = m.company_id and w.order_id = m.order_id and w.cause = m.cause)`;

/** Each query finds what breaks an invariant of the order book; a healthy book gives no row. */
const violations: Record<string, string> = {
  'executive by release ⇔ its automatic withdrawals exist exactly once': `
    select o.year, o.number, o.lot, o.state, o.cause, r.causes, r.last
      from production_order o
      join (select company_id, order_id, count(distinct cause) as causes, max(cause) as last
              from movement m where not ${ofDeclaration} and not ${ofWork} group by company_id, order_id) r using (company_id, order_id)
     where o.state = 'launched' or o.origin is distinct from 'release' or r.causes > 1 or r.last > o.cause`,
  'a declaration has movements of its own only while it is registered and closes its order': `
    select o.year, o.number, o.lot, o.state, o.cause, d.number as declaration, d.cause as posted
      from declaration d join production_order o using (company_id, order_id)
     where d.cause > o.cause
        or d.cause is not null and (d.registered_at is null or not d.closing or o.state not in ('fulfilled', 'historical'))`,
  'no declaration has a number that its order has not given': `
    select o.year, o.number, o.lot, o.last_declaration, d.number as declaration
      from declaration d join production_order o using (company_id, order_id) where d.number > o.last_declaration`,
  'papers in use are of orders that went to the shop floor': `
    select o.year, o.number, o.lot, o.state, p.number as paper
      from paper p join production_order o using (company_id, order_id)
     where p.voided_at is null and o.state = 'launched'`,
  'every copy of a paper was printed by a run, and no paper has a number that was not given': `
    select p.number, p.copies, count(r.copy) as prints, c.last_paper
      from paper p left join paper_print r using (company_id, number) left join paper_counter c using (company_id)
     group by p.company_id, p.number, p.copies, c.last_paper
    having count(r.copy) <> p.copies or p.number > coalesce(c.last_paper, 0)`,
  'nothing is produced less than not at all': `
    select year, number, lot, quantity_produced from production_order where quantity_produced < 0`,
  'what comes in is the output of a declaration, or put to an input location': `
    select m.* from movement m where m.direction = 'load' and not (m.line = 0 and ${ofDeclaration}) and not ${ofWork}`,
  'every order knows how many lines it has': `
    select o.year, o.number, o.lot, o.material_lines, m.lines, o.operation_lines, p.lines
      from production_order o
      left join (select company_id, order_id, count(*) as lines from order_material group by 1, 2) m using (company_id, order_id)
      left join (select company_id, order_id, count(*) as lines from order_operation group by 1, 2) p using (company_id, order_id)
     where o.material_lines <> coalesce(m.lines, 0) or o.operation_lines <> coalesce(p.lines, 0)`,
  'what an order is made of belongs to one of its lines': `
    select o.year, o.number, o.lot, c.part, c.order_line
      from (select company_id, order_id, order_line, 'material' as part from order_material
             union select company_id, order_id, order_line, 'operation' from order_operation
             union select company_id, order_id, supplied_by, 'supply' from order_material where supplied_by is not null) c
      join production_order o using (company_id, order_id)
      left join order_line l using (company_id, order_id, order_line)
     where c.order_line <> 10000 and l.order_line is null`,
  'the first line of an order is its header': `
    select o.year, o.number, o.lot, o.item, l.item as made, o.quantity, l.quantity as calculated, o.starts_at, o.ends_at
      from (select distinct company_id, order_id from order_line) c
      join production_order o using (company_id, order_id)
      left join order_line l on l.company_id = o.company_id and l.order_id = o.order_id and l.order_line = 10000
     where (l.item, l.variant, l.quantity, l.unit) is distinct from (o.item, o.variant, o.quantity, o.unit)
        or o.starts_at is null or o.ends_at is null`,
  'the days of an order are those of its moments': `
    select o.year, o.number, o.lot, o.start_on, o.starts_at, o.end_on, o.ends_at
      from production_order o join company c using (company_id)
     where o.start_on <> (o.starts_at at time zone c.time_zone)::date
        or o.end_on <> ((o.ends_at - interval '1 ms') at time zone c.time_zone)::date and o.ends_at > o.starts_at`,
  'a line below the first makes what its order takes of it': `
    select l.order_id, l.order_line, l.quantity, m.quantity as supplied
      from order_line l
      left join (select company_id, order_id, supplied_by as order_line, sum(supplied) as quantity from order_material
                  where supplied_by is not null group by 1, 2, 3) m using (company_id, order_id, order_line)
     where l.level > 0 and l.quantity < m.quantity`,
  'no more is made of a material than the order takes': `
    select order_id, line, quantity, supplied_by, supplied from order_material
     where (supplied_by is null) <> (supplied = 0) or supplied > 0 and supplied > quantity`,
  'capacity is taken by operations, while they last': `
    select n.order_id, n.order_line, n.operation, n.starts_at, n.ends_at, p.starts_at as begins, p.ends_at as over
      from capacity_need n left join order_operation p using (company_id, order_id, order_line, operation)
     where p.operation is null or p.starts_at is null or n.starts_at >= n.ends_at
        or n.starts_at < p.starts_at or n.ends_at > p.ends_at or n.minutes <= 0`,
  'no reservation stands and is cancelled': `
    select c.kind, c.document, c.line from cancelled_reservation c
     where exists (select from reservation r where c.kind = 'component' and r.company_id = c.company_id
                                             and r.document = c.document and r.line = c.line)
        or exists (select from output_reservation r where c.kind = 'output' and r.company_id = c.company_id
                                                    and r.document = c.document and r.line = c.line)`,
  'a number is not given twice': `
    select o.year, max(o.number) as greatest, c.last_number from production_order o
      join order_counter c on c.company_id = o.company_id and c.year = o.year
      join audit_event a on a.company_id = o.company_id and a.order_id = o.order_id and a.event = 'create'
     group by o.company_id, o.year, c.last_number having max(o.number) > c.last_number`,
  'a released order has all the movements its run says': `
    select o.year, o.number, o.lot, t.movements, count(m.line) as found
      from production_order o
      join outcome t on t.company_id = o.company_id and t.run_id = o.released_run
                    and t.order_key = o.year || '/' || o.number || '/' || o.lot
      left join movement m on m.company_id = o.company_id and m.order_id = o.order_id and not ${ofDeclaration} and not ${ofWork}
     group by o.company_id, o.year, o.number, o.lot, t.movements
    having t.movements <> count(m.line)`,
  'picked is what was found and what work has confirmed': `
    select m.order_id, m.line, m.picked, f.quantity as found, l.quantity as confirmed
      from order_material m
      left join (select company_id, order_id, material, sum(quantity) as quantity from found_material group by 1, 2, 3) f
             on f.company_id = m.company_id and f.order_id = m.order_id and f.material = m.line
      left join (select company_id, order_id, material, sum(picked) as quantity from work_line where state = 'confirmed' group by 1, 2, 3) l
             on l.company_id = m.company_id and l.order_id = m.order_id and l.material = m.line
     where (f.quantity is not null or l.quantity is not null)
       and m.picked < coalesce(f.quantity, 0) + coalesce(l.quantity, 0)`,
  'a confirmed line has moved what it picked, any other nothing': `
    select l.work, l.line, l.state, l.picked, sum(m.quantity) as moved
      from work_line l
      left join movement m on m.company_id = l.company_id and m.order_id = l.order_id and m.cause = l.cause
     group by l.company_id, l.work, l.line, l.state, l.picked, l.put_to
    having l.state = 'confirmed' and sum(m.quantity) is distinct from l.picked * case when l.put_to is null then 1 else 2 end`,
  'work in hand is of executive orders, and no open line is in work that is over': `
    select w.number, w.state, o.state as of_order from work w join production_order o using (company_id, order_id)
     where w.state in ('open', 'in_process') and o.state = 'launched'
        or w.state in ('closed', 'cancelled') and exists (
           select from work_line l where l.company_id = w.company_id and l.work = w.number and l.state = 'open')`,
  'only orders that were released have found anything': `
    select f.* from found_material f join production_order o using (company_id, order_id) where o.state = 'launched'`,
  'work has no number that was not given': `
    select w.company_id, w.number from work w left join work_counter c using (company_id)
     where w.number > coalesce(c.last_work, 0)`,
  'stock = opening + movements': `
    select s.company_id, s.item, s.warehouse, s.on_hand, s.opening, m.net
      from stock s
      left join (select company_id, item, variant, warehouse, lot,
                        sum(case direction when 'load' then quantity else -quantity end) as net
                   from movement group by company_id, item, variant, warehouse, lot) m
        using (company_id, item, variant, warehouse, lot)
     where s.on_hand <> s.opening + coalesce(m.net, 0)`,
  'every movement has its stock': `
    select m.* from movement m left join stock s using (company_id, item, variant, warehouse, lot) where s.item is null`,
  'what is managed by lot moves lot by lot': `
    select m.order_id, m.line, m.part, m.item from movement m join item i using (company_id, item)
     where i.stock_managed and i.lot_managed and m.lot = ''`,
  'a line is withdrawn from each lot once': `
    select order_id, cause, line from movement where direction = 'unload'
     group by company_id, order_id, cause, line having count(distinct lot) <> count(*)`,
  'a movement and its record agree, and no record is empty': `
    select order_id, cause, warehouse, m.line, r.record
      from movement m full join movement_record r using (company_id, order_id, cause, warehouse, reason)
     where m.line is null or r.record is null`,
  'record numbers lie within their counter': `
    select r.* from movement_record r left join record_counter c using (company_id, warehouse, posted_on)
     where c.last_record is null or r.record > c.last_record`,
  'every run has exactly the outcomes of the orders it has done': `
    select r.number, r.done, o.outcomes
      from run r
      left join (select company_id, run_id, count(*) as outcomes, max(place) as last from outcome group by 1, 2) o
        using (company_id, run_id)
     where r.done <> coalesce(o.outcomes, 0) or r.done <> coalesce(o.last + 1, 0)
        or (r.state = 'done' and r.done <> cardinality(r.order_keys)) or r.done <> r.succeeded + r.refused + r.skipped + r.failed`,
  'a run counts what became of its orders': `
    select r.number, r.succeeded, r.refused, r.skipped, r.failed, o.refusals, o.skips, o.failures
      from run r
      join (select company_id, run_id, count(*) filter (where result = 'refused') as refusals,
                   count(*) filter (where result = 'skipped') as skips, count(*) filter (where result = 'failed') as failures
              from outcome group by company_id, run_id) o using (company_id, run_id)
     where (r.refused, r.skipped, r.failed) <> (o.refusals, o.skips, o.failures)`,
  'no stock went below zero where none may': `
    select s.company_id, s.item, s.warehouse, s.lot, s.opening, s.on_hand
      from stock s
      join warehouse w using (company_id, warehouse)
      join item i using (company_id, item)
     where s.on_hand < least(s.opening, 0) and (not w.negative_stock or i.lot_managed)`,
  'a split is of one number, and makes two orders of one until somebody merges them': `
    select s.rest_id, f.year, f.number, f.lot, r.year, r.number, r.lot, r.state, s.quantity, s.rest
      from order_split s
      join production_order f on f.company_id = s.company_id and f.order_id = s.order_id
      join production_order r on r.company_id = s.company_id and r.order_id = s.rest_id
     where (f.year, f.number) <> (r.year, r.number) or r.lot <= f.lot or s.rest <= 0 or s.rest >= s.quantity
        or s.content_hash = '' or s.rest_hash = ''
        or s.merged_run is not null and (r.state <> 'historical' or r.quantity <> 0 or r.material_lines > 0)`,
  'what is split takes together what it took, and of a fixed material each of both as much': `
    select s.rest_id, b.line, b.quantity as before, f.quantity, r.quantity as rest
      from order_split s
     cross join lateral jsonb_to_recordset(s.before->'materials') as b(line int, quantity numeric)
      join order_material f on f.company_id = s.company_id and f.order_id = s.order_id and f.line = b.line
      join order_material r on r.company_id = s.company_id and r.order_id = s.rest_id and r.line = b.line
     where s.merged_run is null and not f.by_hand and not r.by_hand and not exists (
           select from order_split n where n.company_id = s.company_id and n.merged_run is null and n.rest_id <> s.rest_id
                                       and (n.order_id in (s.order_id, s.rest_id)))
       and b.quantity <> case when f.fixed then f.quantity else f.quantity + r.quantity end`,
  'a hold says why, when and by whom': `
    select year, number, lot from production_order
     where num_nulls(hold_reason, held_at, held_by) not in (0, 3)`,
  'whatever was forced has its reason': `
    select order_id, run_id, forced from audit_event where forced is not null and reason is null`,
  'the audit trail is complete': `
    select o.year, o.number, o.version, a.version as audited, a.to_state, o.state
      from production_order o
      join lateral (select * from audit_event e where e.company_id = o.company_id and e.order_id = o.order_id
                     order by e.version desc, e.run_id desc limit 1) a on true
     where a.version <> o.version or a.to_state <> o.state`,
  'every success of a run is audited': `
    select o.run_id, o.order_key from outcome o
      left join production_order p on p.company_id = o.company_id and p.year = split_part(o.order_key, '/', 1)::int
           and p.number = split_part(o.order_key, '/', 2)::int and p.lot = split_part(o.order_key, '/', 3)::int
      left join audit_event a on a.company_id = o.company_id and a.run_id = o.run_id and a.order_id = p.order_id
     where o.result in ('released', 'restored', 'merged', 'declared', 'held', 'lifted', 'created', 'changed', 'reserved', 'unreserved', 'worked', 'refreshed') and a.run_id is null`,
};

/** Fails, naming the invariant and the first rows that break it, unless the whole order book is sound. */
export async function assertInvariants(pool: Pool): Promise<void> {
  for (const [invariant, query] of Object.entries(violations)) {
    const { rows } = await pool.query<Record<string, unknown>>(`${query} limit 5`);
    assert.deepEqual(rows, [], `broken: ${invariant}`);
  }
}
