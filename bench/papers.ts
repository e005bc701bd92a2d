import type { Pool } from 'pg';
import type { OrderKey } from '../src/domain/order';
import { paperKinds } from '../src/domain/papers/paper';
import type { OrderBook } from '../src/adapter/orderbook/order-book';
import { renderPapers } from '../src/adapter/papers/render';
import { paperWords } from '../src/adapter/papers/words';
import { textsIn } from '../src/adapter/texts';
import { onDatabase } from './on-database';
import { company, makePlant } from './plant';
import { carryOut, plant, productOn, bookOn } from './product';

const OPERATIONS = 4;
const ORDERS_AT_ONCE = 50;

/**
 * All three definitive papers of many orders of four operations each, from the book to the last byte: how long, how many pages, and
 * what memory it takes however many there are.
 */
async function main(): Promise<void> {
  await onDatabase(async (pool) => {
    const book = bookOn(pool);
    const keys = await scheduledOrders(pool, 2000);
    const run = await print(pool, keys);
    for (const count of [50, 500, 2000]) await measure(book, keys.slice(0, count), run);
  });
}

/** Executive orders with times. */
async function scheduledOrders(pool: Pool, count: number): Promise<OrderKey[]> {
  await makePlant(pool, count);
  await pool.query(`update production_order set state = 'executive', origin = 'direct'`);
  await pool.query('delete from order_operation');
  await pool.query(
    `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable,
                                  starts_at, ends_at, setup_time, run_time, wait_time, move_time)
     select o.company_id, o.order_id, n * 10, o.work_centre,
            'Assemble group heads, torque 12 Nm in three steps, then leak test ' || n, o.start_on, o.start_on, true, false,
            o.start_on + n * interval '1 hour', o.start_on + (n + 1) * interval '1 hour', 15, 0.5, 0, 0
       from production_order o cross join generate_series(1, ${OPERATIONS}) n`,
  );
  await pool.query(
    `insert into capacity_need (company_id, order_id, order_line, operation, piece, kind, work_centre, machine, day, starts_at,
                                ends_at, capacities, minutes)
     select company_id, order_id, order_line, operation, p, case p when 1 then 'setup' else 'run' end, work_centre, machine, start_on,
            starts_at + (p - 1) * interval '15 minutes', starts_at + p * interval '15 minutes', 1, 15
       from order_operation cross join generate_series(1, 3) p`,
  );
  await pool.query('vacuum analyze');
  const { rows } = await pool.query<{ key: OrderKey }>(
    `select year || '/' || number || '/' || lot as key from production_order order by number limit $1`,
    [count],
  );
  return rows.map(({ key }) => key);
}

/** Gives the papers their numbers; gives the id of the run. */
async function print(pool: Pool, keys: readonly OrderKey[]): Promise<string> {
  const orders = keys.map((key) => ({ key, version: 0 }));
  const started = performance.now();
  const run = await carryOut(productOn(pool), { kind: 'print', papers: paperKinds }, orders);
  const took = Math.round(performance.now() - started);
  console.log(`numbered the papers of ${run.succeeded} orders in ${took} ms`);
  return run.id;
}

async function measure(book: OrderBook, keys: readonly OrderKey[], run: string): Promise<void> {
  globalThis.gc?.();
  const words = paperWords(textsIn('en'), {
    ...plant,
    company: plant.name,
    user: 'bench',
    at: '2026-11-20T09:00:00Z',
  });
  async function* orders() {
    for (let from = 0; from < keys.length; from += ORDERS_AT_ONCE)
      yield book.papers(company, keys.slice(from, from + ORDERS_AT_ONCE), run);
  }
  const [started, worked] = [performance.now(), process.cpuUsage()];
  let [bytes, heap, pages] = [0, 0, 0];
  for await (const piece of renderPapers({ orders: orders(), control: null }, words)) {
    bytes += piece.length;
    pages += piece.toString('latin1').split('/Type /Page\n').length - 1;
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { user, system } = process.cpuUsage(worked);
  const processor = ((user + system) / 1_000_000).toFixed(1);
  const megabytes = (size: number) => `${Math.round(size / 1_000_000)} MB`;
  console.log(
    `papers of ${keys.length} orders: ${pages} pages, ${megabytes(bytes)} in ${seconds} s (${processor} s of processor), heap at most ${megabytes(heap)}`,
  );
}

void main();
