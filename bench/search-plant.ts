import type { Pool } from 'pg';

export const company = 'SEARCH';

/**
 * A plant with `open` launched orders and as many fulfilled ones among them, made the same way every time: 20,000 items, 700 customers, 40 work
 * centres with 120 machines, three materials and two operations an order, a year of start dates.
 */
export async function makeSearchPlant(pool: Pool, open: number): Promise<void> {
  await pool.query(plant);
  await pool.query(orders, [open * 2]);
  await pool.query(lines);
  await pool.query('vacuum (analyze)');
}

const plant = `
  insert into company (company_id, name, time_zone, shortage_policy, reservation_policy, moved_days)
  values ('${company}', 'Search', 'Europe/Rome', 'refuse', 'none', 0);
  insert into site (company_id, site, name) select '${company}', 'S' || n, 'Site ' || n from generate_series(1, 3) n;
  insert into work_centre (company_id, work_centre, name, site)
  select '${company}', 'WC' || lpad(n::text, 3, '0'), 'Centre ' || n, 'S' || 1 + n % 3 from generate_series(1, 40) n;
  insert into machine (company_id, machine, name, work_centre, site)
  select '${company}', 'M' || lpad(n::text, 3, '0'), 'Machine ' || n, 'WC' || lpad((1 + n % 40)::text, 3, '0'), 'S1'
    from generate_series(1, 120) n;
  insert into item (company_id, item, description, category, unit, procurement, pickup_type, warehouse, reason,
                    stock_managed, lot_managed, blocked, decimals)
  select '${company}', (array['FR', 'BK', 'WH', 'TU', 'SP'])[1 + n % 5] || '-' || lpad(n::text, 5, '0'),
         (array['Telaio', 'Bicicletta', 'Ruota', 'Tubo', 'Perché'])[1 + n % 5] || ' ' || (n % 97) || ' ' || (array['rosso', 'nero', 'più'])[1 + n % 3],
         'C' || n % 20, 'PC', 'production', 'automatic', null, null, true, false, false, 3
    from generate_series(0, 19999) n;
`;

const orders = `
  insert into production_order (company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit,
         start_on, end_on, due_on, work_centre, customer, site, job_order, state, origin, released_at, released_by, changed_at,
         changed_by, material_lines, operation_lines, bom_level, project, sales_order, job_order_type, mandatory, printed_on,
         hold_reason)
  select '${company}', gen_random_uuid(), 2025 + h % 2, n, 0,
         (array['FR', 'BK', 'WH', 'TU', 'SP'])[1 + h * 7 % 5] || '-' || lpad((h * 7 % 20000)::text, 5, '0'),
         case when h % 10 = 0 then 'V' || h % 7 else '' end, 10, 0, 'PC',
         date '2026-01-01' + h * 37 % 365, date '2026-01-04' + h * 37 % 365, date '2026-01-08' + h * 37 % 365,
         'WC' || lpad((1 + h % 40)::text, 3, '0'), 'Cliente ' || h * 13 % 700 || ' Società', 'S' || 1 + h % 3,
         2026 || '/' || n / 20, case when n % 2 = 0 then 'launched' else 'fulfilled' end,
         case when n % 2 = 1 then 'release' end, case when n % 2 = 1 then timestamptz '2026-01-01' + n * interval '1 minute' end,
         case when n % 2 = 1 then 'planner ' || h % 5 end, now(), 'bench', 3, 2, 1 + h % 3, 'Progetto ' || h % 300,
         'OC-2026/' || n / 3, (array['STD', 'SPARE'])[1 + h % 2], h % 50 = 0, case when h % 4 = 0 then date '2026-01-01' end,
         case when h % 200 = 0 then 'Disegno' end
    from generate_series(1, $1::int) n cross join lateral (select n / 2) as half(h)`;

const lines = `
  insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
  select o.company_id, o.order_id, l * 10, 'TU-' || lpad(((o.number * 3 + l) % 4000 * 5 + 3)::text, 5, '0'), '', '', 'PC', 1, false, 10,
         o.start_on + l
    from production_order o cross join generate_series(1, 3) l where o.company_id = '${company}';
  insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable, machine)
  select o.company_id, o.order_id, p * 10, o.work_centre, 'Operation', o.start_on, o.end_on, true, p = 2,
         case when p = 1 then 'M' || lpad((1 + o.number % 120)::text, 3, '0') else '' end
    from production_order o cross join generate_series(1, 2) p where o.company_id = '${company}';
`;
