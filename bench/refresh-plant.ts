import type { Pool } from 'pg';
import { company } from './plant';

const CENTRES = 5;
const PRODUCTS = 50;
const MATERIALS = 10;
const OPERATIONS = 4;

/**
 * Bills of ten materials and routings of four operations for fifty products, on five centres in one shift, one of them constrained; the
 * orders of the plant make these products in turns.
 */
export async function addMethods(pool: Pool): Promise<void> {
  await pool.query(`
    insert into calendar values ('${company}', 'DAY', 'Day');
    insert into calendar_hours select '${company}', 'DAY', n, '08:00', '16:00', '1' from generate_series(1, 5) n;
    insert into work_centre (company_id, work_centre, name, site, calendar, capacity, constrained, critical_load)
    select '${company}', 'C' || n, 'Centre ' || n, 'S', 'DAY', 20, n = 1, 90 from generate_series(1, ${CENTRES}) n;
    insert into work_centre (company_id, work_centre, name, site, calendar) values ('${company}', '100', 'Assembly', 'S', 'DAY');
    insert into bom select '${company}', 'P' || n, '', 'P' || n, 'PC', 'certified' from generate_series(0, ${PRODUCTS - 1}) n;
    insert into bom_line
    select '${company}', 'P' || n, '', l * 10, 'item', 'I' || lpad((100 + (n * 7 + l * 13) % 300)::text, 4, '0'), '', 'PC', 1.25, 'per_piece', 0,
           0, 0, 0, 1, '', 0
      from generate_series(0, ${PRODUCTS - 1}) n, generate_series(1, ${MATERIALS}) l;
    insert into routing select '${company}', 'P' || n, '', 'P' || n, 'serial', 'certified' from generate_series(0, ${PRODUCTS - 1}) n;
    insert into routing_operation
    select '${company}', 'P' || n, '', p * 10, null, 'C' || 1 + (n + p) % ${CENTRES}, '', 'Operation ' || p, 30, 'minutes', 12, 'minutes', 20,
           'minutes', 10, 'minutes', 1, 1, 0, 1, 0, '', true, p = ${OPERATIONS}
      from generate_series(0, ${PRODUCTS - 1}) n, generate_series(1, ${OPERATIONS}) p;
    update item set procurement = 'production', bom = 'P' || substr(item, 2)::int, routing = 'P' || substr(item, 2)::int
     where company_id = '${company}' and substr(item, 2)::int < ${PRODUCTS};
    update production_order set item = 'I' || lpad((number % ${PRODUCTS})::text, 4, '0') where company_id = '${company}';
    analyze;
  `);
}
