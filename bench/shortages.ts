import type { Pool } from 'pg';
import { calendarDate, instant } from '../src/domain/calendar';
import { orderKey } from '../src/domain/order';
import { median, timed } from './measure';
import { onDatabase } from './on-database';
import { company } from './plant';
import { bookOn } from './product';

const ORDERS = 10_000;
const ITEMS = 2000;
/** Automatic materials of an order. */
const LINES = 5;
const ROUNDS = 9;
const postingDate = calendarDate('2026-11-20');

/** A preview of many orders that are short of most of their materials, with supplies and open orders under way for every item. */
async function main(): Promise<void> {
  await onDatabase(async (pool) => {
    console.log(`Preview of ${ORDERS} orders over ${ITEMS} items, ${LINES} automatic materials each.\n`);
    console.log(
      '| stock | short orders | pairs | median ms | worst ms | heap after, MB |\n|---|---:|---:|---:|---:|---:|',
    );
    await makePlant(pool);
    console.log(await measure(pool, 'ample', 1_000_000));
    console.log(await measure(pool, 'half', 125));
    console.log(await measure(pool, 'none', 0));
  });
}

async function measure(pool: Pool, name: string, stock: number): Promise<string> {
  await pool.query('update stock set opening = $1, on_hand = $1', [stock]);
  await pool.query('vacuum analyze stock');
  const book = bookOn(pool);
  const orders = Array.from({ length: ORDERS }, (_, place) => ({
    key: orderKey({ year: 2026, number: place + 1, lot: 0 }),
    version: 1,
  }));
  const times: number[] = [];
  let [short, pairs] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const moment = { company, actor: 'bench', at: instant(new Date()) };
    const taken = await timed(async () => {
      const { outcomes, shortages } = await book.preview({ kind: 'release', postingDate }, orders, moment);
      short = outcomes.filter(({ refusals }) => refusals.length > 0).length;
      pairs = shortages.reduce((sum, shortage) => sum + shortage.orders.length, 0);
    });
    times.push(taken);
  }
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed / 2 ** 20;
  const [middle, worst] = [median(times), Math.max(...times)];
  return `| ${name} | ${short} | ${pairs} | ${middle.toFixed(0)} | ${worst.toFixed(0)} | ${heap.toFixed(0)} |`;
}

/** Every item is made by an open order and comes in by two purchases. */
async function makePlant(pool: Pool): Promise<void> {
  await pool.query(`
    insert into company values ('${company}', 'Bench', 'UTC', 'refuse', 'none', 0);
    insert into site values ('${company}', 'S', 'Site');
    insert into warehouse values ('${company}', 'W1', 'One', 'S', false), ('${company}', 'W2', 'Two', 'S', false);
    insert into movement_reason values ('${company}', 'W1', 'SCP', 'Withdrawal', 'unload', true),
                                       ('${company}', 'W2', 'SCP', 'Withdrawal', 'unload', true),
                                       ('${company}', 'W1', 'CAR', 'Receipt', 'load', true);
    insert into withdrawal_default values ('${company}', '', 'raw_material', 'W1', 'SCP');
    insert into deposit_default values ('${company}', '', 'finished', 'W1', 'CAR');
    insert into item
    select '${company}', 'I' || lpad(n::text, 4, '0'), 'Item ' || n, 'Parts', 'PC', 'purchase', 'automatic', 'W' || 1 + n % 2, 'SCP',
           true, false, false, 3
      from generate_series(0, ${ITEMS - 1}) n;
    insert into stock select company_id, item, '', warehouse, '', 0, 0 from item;
    insert into incoming_supply
    select company_id, 'PO-' || item || '-' || n, 1, 'purchase', item, '', warehouse, 100, date '2026-11-20' + n * 7
      from item cross join generate_series(1, 2) n;
    insert into production_order (company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit,
           start_on, end_on, due_on, work_centre, customer, site, job_order, state, changed_at, changed_by, material_lines)
    select '${company}', gen_random_uuid(), 2026, n, 0, 'I' || lpad((n % ${ITEMS})::text, 4, '0'), '', 10, 0, 'PC',
           date '2026-11-20' + n % 60, date '2026-11-30' + n % 60, date '2026-12-01' + n % 60, '100', '', 'S', 'J' || n / 10, 'launched',
           now(), 'bench', ${LINES}
      from generate_series(1, ${ORDERS}) n;
    insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
    select o.company_id, o.order_id, l * 10, 'I' || lpad(((o.number * 7 + l * 401) % ${ITEMS})::text, 4, '0'), '', '', 'PC', 1, false, 10,
           o.start_on
      from production_order o cross join generate_series(1, ${LINES}) l;
    analyze;
  `);
}

void main();
