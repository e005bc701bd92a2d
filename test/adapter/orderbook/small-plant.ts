import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { migrate } from '../../../src/adapter/orderbook/postgres/migrate';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';

export const company = 'IT';

/** The worked examples' plant: materials A, D, E automatic, B with list, C manual; warehouses MAG1 and MAG2. */
export async function preparePlant(connectionString: string): Promise<void> {
  await migrate(connectionString);
  const pool = createPool(connectionString);
  await pool.query(`
    insert into company values ('${company}', 'Esempio', 'Europe/Rome', 'refuse', 'none', 0);
    insert into site values ('${company}', 'S1', 'Plant');
    insert into work_centre values ('${company}', '100', 'Assembly', 'S1'), ('${company}', '210', 'Painting', 'S1');
    insert into warehouse values ('${company}', 'MAG1', 'Raw material', 'S1', false), ('${company}', 'MAG2', 'Parts', 'S1', false);
    insert into movement_reason values
      ('${company}', 'MAG1', 'SCP', 'Withdrawal', 'unload', true), ('${company}', 'MAG2', 'SCP', 'Withdrawal', 'unload', true),
      ('${company}', 'MAG1', 'CAR', 'Receipt', 'load', true);
    insert into withdrawal_default values ('${company}', '', 'raw_material', 'MAG1', 'SCP');
    insert into deposit_default values ('${company}', '', 'finished', 'MAG1', 'CAR');
    insert into item values
      ('${company}', 'P', 'Finished product', 'Products', 'PC', 'production', 'manual', null, null, true, false, false, 0),
      ('${company}', 'A', 'Material A', 'Materials', 'PC', 'purchase', 'automatic', 'MAG1', 'SCP', true, false, false, 3),
      ('${company}', 'D', 'Material D', 'Materials', 'PC', 'purchase', 'automatic', 'MAG1', 'SCP', true, false, false, 3),
      ('${company}', 'E', 'Material E', 'Materials', 'PC', 'purchase', 'automatic', 'MAG2', 'SCP', true, false, false, 3),
      ('${company}', 'B', 'Material B', 'Materials', 'PC', 'purchase', 'with_list', 'MAG1', 'SCP', true, false, false, 3),
      ('${company}', 'C', 'Material C', 'Materials', 'KG', 'purchase', 'manual', 'MAG1', 'SCP', true, false, false, 3);
  `);
  await pool.end();
}

/** What an order of the examples needs, by item: its line's total quantity. */
export type Lines = Readonly<Record<string, string>>;

/** Order 2026/125/0 of the worked examples, quantity 50. */
export const example: Lines = { A: '100', D: '3', E: '50', B: '50', C: '25' };

export interface NewOrder {
  readonly number: number;
  readonly lines?: Lines;
  readonly start?: string;
  readonly state?: 'launched' | 'executive' | 'fulfilled';
  readonly quantity?: string;
  readonly item?: string;
  readonly workCentre?: string;
}

/** Adds an order; one that is executive or fulfilled became so directly, without movements. */
export async function addOrder(pool: Pool, order: NewOrder): Promise<void> {
  const {
    number,
    lines = example,
    start = '2026-11-23',
    state = 'launched',
    quantity = '50',
    item = 'P',
  } = order;
  const id = uuidv7();
  await pool.query(
    `insert into production_order (company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit,
       start_on, end_on, due_on, work_centre, customer, site, job_order, state, origin, changed_at, changed_by, material_lines)
     values ($1, $2, 2026, $3, 0, $4, '', $5, 0, 'PC', $6, $6::date + 2, $6::date + 4, $7, '', 'S1', '', $8, $9, now(), 'setup', $10)`,
    [
      company,
      id,
      number,
      item,
      quantity,
      start,
      order.workCentre ?? '100',
      state,
      state === 'launched' ? null : 'direct',
      Object.keys(lines).length,
    ],
  );
  const entries = Object.entries(lines);
  await pool.query(
    `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
     select $1, $2, 10 * n, item, '', '', 'PC', 1, false, quantity::numeric, $5::date
       from unnest($3::text[], $4::text[]) with ordinality as l(item, quantity, n)`,
    [company, id, entries.map(([code]) => code), entries.map(([, total]) => total), start],
  );
}

/** Brings every order's count of its lines up to date after a test wrote lines of its own. */
export async function countLines(pool: Pool): Promise<void> {
  await pool.query(`
    update production_order o
       set material_lines = (select count(*) from order_material m
                              where m.company_id = o.company_id and m.order_id = o.order_id),
           operation_lines = (select count(*) from order_operation p
                               where p.company_id = o.company_id and p.order_id = o.order_id)`);
}

export async function setStock(pool: Pool, stock: Lines): Promise<void> {
  for (const [item, quantity] of Object.entries(stock)) {
    await pool.query(
      `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand)
       select company_id, item, '', warehouse, '', $3, $3 from item where company_id = $1 and item = $2
       on conflict (company_id, item, variant, warehouse, lot) do update
          set opening = stock.opening + excluded.on_hand - stock.on_hand, on_hand = excluded.on_hand`,
      [company, item, quantity],
    );
  }
}

/** What is on hand, by item. */
export async function stockOf(pool: Pool): Promise<Lines> {
  const { rows } = await pool.query<{ item: string; on_hand: string }>(
    'select item, trim_scale(on_hand)::text as on_hand from stock where company_id = $1 order by item',
    [company],
  );
  return Object.fromEntries(rows.map(({ item, on_hand }) => [item, on_hand]));
}
