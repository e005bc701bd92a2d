import type { Pool } from 'pg';
import { calendarDate } from '../src/domain/calendar';
import { type MarkedOrder, orderKey } from '../src/domain/order';
import { Floor, type Besides } from './floor';
import { median, timed, times } from './measure';
import { onDatabase } from './on-database';
import { company, makePlant, orderNumbers, putInLots, putInWork, takeOutOfWork } from './plant';
import { carryOut, productOn } from './product';
import { withWork } from './work-floor';

/** Orders of a run, and how many rounds the medians are of. */
const sizes = [
  { orders: 1, rounds: 41 },
  { orders: 100, rounds: 21 },
  { orders: 1000, rounds: 31 },
  { orders: 10_000, rounds: 7 },
];
/** The same for orders with a line that is managed by lot, and for orders that picking work is made for. */
const otherSizes = [
  { orders: 1, rounds: 21 },
  { orders: 100, rounds: 11 },
  { orders: 1000, rounds: 11 },
];
/** Orders of the plant, most of them not in the run: as many as a plant has open and in its past. */
const PLANT = 100_000;
const postedOn = calendarDate('2026-11-20');

interface Times {
  readonly release: number[];
  readonly restore: number[];
}

/** `work` or `lots` as an argument measures that table only. */
async function main(): Promise<void> {
  await onDatabase(async (pool) => {
    await makePlant(pool, PLANT);
    console.log(
      'Release and restore against the full floor: bare statements that write the same rows with the same commits.',
    );
    console.log('Medians in ms, product and floor in turns on the same server.');
    const only = process.argv[2];
    if (only === undefined) await table(pool, 'Plain orders', sizes);
    if (only !== 'lots') {
      await putInWork(pool);
      await table(pool, 'Two lines beside the five are fetched by picking work', otherSizes, withWork);
      await takeOutOfWork(pool);
    }
    if (only !== 'work') {
      await putInLots(pool);
      await table(pool, 'One of five lines managed by lot, of 20 lots of its item', otherSizes);
    }
  });
}

async function table(pool: Pool, title: string, rows: typeof sizes, besides?: Besides): Promise<void> {
  console.log(`\n${title}\n`);
  console.log(
    '| orders | release | floor | ratio | restore | floor | ratio |\n|---:|---:|---:|---:|---:|---:|---:|',
  );
  for (const { orders, rounds } of rows) console.log(await compare(pool, orders, rounds, besides));
}

/** A row of the table: product and floor release and restore the same orders in turns. */
async function compare(pool: Pool, count: number, rounds: number, besides?: Besides): Promise<string> {
  const orders = await orderNumbers(pool, count);
  const runner = productOn(pool);
  const product: Times = { release: [], restore: [] };
  const floor: Times = { release: [], restore: [] };
  let version = 1;
  await pool.query(
    'update production_order set version = 1, cause = (select max(cause) from production_order) where company_id = $1',
    [company],
  );
  const ordersAt = (at: number): MarkedOrder[] =>
    orders.map(({ number }) => ({ key: orderKey({ year: 2026, number, lot: 0 }), version: at }));
  const release = (at: number) => carryOut(runner, { kind: 'release', postingDate: postedOn }, ordersAt(at));
  const restore = (at: number) => carryOut(runner, { kind: 'restore' }, ordersAt(at));
  const ours = async () => {
    product.release.push(await timed(() => release(version)));
    product.restore.push(await timed(() => restore(version + 1)));
    version += 2;
  };
  const least = async () => {
    await pool.query('delete from record_counter');
    const bare = await Floor.prepare(
      pool,
      orders.map(({ id }) => id),
      besides,
    );
    floor.release.push(await timed(() => bare.release(postedOn)));
    floor.restore.push(await timed(() => bare.restore()));
    version += 2;
  };
  // The server plans by the statistics of a plant at work, not by those of empty tables.
  await release(version);
  await pool.query('analyze movement, movement_record, stock, production_order');
  await restore(version + 1);
  version += 2;
  for (let round = 0; round < rounds; round++) {
    // Whoever comes first after the vacuum finds the server's caches cold, so they take turns in that, too.
    for (const side of round % 2 === 0 ? [ours, least] : [least, ours]) await side();
    await pool.query('vacuum movement, movement_record, stock, production_order, work, work_line');
  }
  const cells = (['release', 'restore'] as const).flatMap((step) => {
    const [taken, bound] = [median(product[step]), median(floor[step])];
    return [taken.toFixed(1), bound.toFixed(1), times(taken, bound)];
  });
  return `| ${count.toLocaleString('en')} | ${cells.join(' | ')} |`;
}

void main();
