import type { Pool } from 'pg';

export const company = 'BENCH';

/** Materials of an order: eight, of which the first five are automatic. */
const LINES = 8;
const ITEMS = 400;
const OPERATIONS = 2;

/**
 * A plant of `orders` launched orders, made the same way every time: two operations and eight materials each, five of them automatic,
 * drawn from 400 items in two warehouses with stock for everything.
 */
export async function makePlant(pool: Pool, orders: number): Promise<void> {
  await pool.query(`
    insert into company values ('${company}', 'Bench', 'UTC', 'refuse', 'none', 0);
    insert into site values ('${company}', 'S', 'Site');
    insert into warehouse values ('${company}', 'W1', 'One', 'S', false), ('${company}', 'W2', 'Two', 'S', false);
    insert into movement_reason values ('${company}', 'W1', 'SCP', 'Withdrawal', 'unload', true),
                                       ('${company}', 'W2', 'SCP', 'Withdrawal', 'unload', true);
    insert into withdrawal_default values ('${company}', '', 'raw_material', 'W1', 'SCP');
    insert into item
    select '${company}', 'I' || lpad(n::text, 4, '0'), 'Item ' || n, 'Parts', 'PC', 'purchase',
           case when n % ${LINES} < 5 then 'automatic' else 'manual' end, 'W' || 1 + n % 2, 'SCP', true, false, false, 3
      from generate_series(0, ${ITEMS - 1}) n;
    insert into stock select company_id, item, '', warehouse, '', 1000000000, 1000000000 from item;
    insert into production_order (company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit,
           start_on, end_on, due_on, work_centre, customer, site, job_order, state, changed_at, changed_by, material_lines,
           operation_lines)
    select '${company}', gen_random_uuid(), 2026, n, 0, 'I0000', '', 10, 0, 'PC', date '2026-01-01' + n % 300,
           date '2026-01-11' + n % 300, date '2026-01-12' + n % 300, '100', '', 'S', '', 'launched', now(), 'bench', ${LINES}, ${OPERATIONS}
      from generate_series(1, ${orders}) n;
    insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
    select o.company_id, o.order_id, l * 10, 'I' || lpad(((o.number * 7 % ${ITEMS / LINES}) * ${LINES} + l)::text, 4, '0'),
           '', '', 'PC', 1.25, false, 12.5, o.start_on
      from production_order o cross join generate_series(0, ${LINES - 1}) l;
    insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
    select o.company_id, o.order_id, p * 10, '100', 'Operation ' || p, o.start_on, o.end_on, true, p = ${OPERATIONS}
      from production_order o cross join generate_series(1, ${OPERATIONS}) p;
    analyze;
  `);
}

/** What the first lot of every item is called: with stock for everything, all lines are drawn from it. */
export const firstLot = 'L01';

/** Has the first material of every order managed by lot: 20 lots of each lie there. Its lines name none. */
export async function putInLots(pool: Pool): Promise<void> {
  const inLots = `company_id = '${company}' and item in (
    select item from order_material where company_id = '${company}' and line = 0)`;
  await pool.query(`
    update item set lot_managed = true where ${inLots};
    insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on)
    select company_id, item, variant, warehouse, 'L' || lpad(n::text, 2, '0'), opening, opening, date '2026-01-01' + n
      from stock cross join generate_series(1, 20) n where ${inLots};
    delete from stock where ${inLots} and lot = '';
    analyze item, stock;
  `);
}

/** Has two of the manual materials of every order fetched by picking work. */
export async function putInWork(pool: Pool): Promise<void> {
  await pool.query(`
    insert into warehouse (company_id, warehouse, name, site, negative_stock) values ('${company}', 'LINE', 'Line', 'S', false);
    insert into movement_reason values ('${company}', 'LINE', 'PUT', 'Put', 'load', true);
    update site set input_warehouse = 'LINE' where company_id = '${company}';
    update warehouse set consumption_handling = 'pick_mandatory' where company_id = '${company}' and warehouse <> 'LINE';
    update item set pickup_type = 'with_list'
     where company_id = '${company}' and right(item, 4)::int % ${LINES} in (${LINES - 2}, ${LINES - 1});
    update company set picking_policy = 'work', reservation_policy = 'partial' where company_id = '${company}';
    analyze item;
  `);
}

/** Has releases make no picking work any more. */
export async function takeOutOfWork(pool: Pool): Promise<void> {
  await pool.query(`
    update company set picking_policy = 'requests', reservation_policy = 'none' where company_id = '${company}';
    update item set pickup_type = 'manual' where company_id = '${company}' and pickup_type = 'with_list';
    update warehouse set consumption_handling = 'none' where company_id = '${company}';
    analyze item;
  `);
}

/** The first `count` orders by key. */
export async function orderNumbers(pool: Pool, count: number): Promise<{ id: string; number: number }[]> {
  const { rows } = await pool.query<{ id: string; number: number }>(
    'select order_id as id, number from production_order where company_id = $1 order by number limit $2',
    [company, count],
  );
  return rows;
}
