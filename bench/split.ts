import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { calendarDate, instant } from '../src/domain/calendar';
import { isOrderKey, type MarkedOrder } from '../src/domain/order';
import { startEmbeddedPostgres } from '../src/adapter/embedded-postgres';
import { createPostgresOrderBook } from '../src/adapter/orderbook/postgres/book';
import { createPool } from '../src/adapter/orderbook/postgres/database';
import { migrate } from '../src/adapter/orderbook/postgres/migrate';
import { createPostgresRunLedger } from '../src/adapter/runs/postgres-run-ledger';
import type { Asked } from '../src/adapter/runs/request';
import { createRunner, type Runner } from '../src/adapter/runs/runner';
import { Floor } from './floor';
import { company, makePlant } from './plant';
import { inPart, makeWhole } from './split-floor';

/** Orders of a run, and how many rounds the medians are of. */
const sizes = [
  { orders: 1, rounds: 21 },
  { orders: 100, rounds: 11 },
  { orders: 1000, rounds: 7 },
];
const PLANT = 20_000;
const release = { kind: 'release', postingDate: calendarDate('2026-11-20') } as const;

/** Every order of the run is short of one material of its own: seven of ten pieces go, three become orders of their own. */
async function main(): Promise<void> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'launchbook-bench-'));
  await chmod(dataFolder, 0o755);
  const log = { info: () => undefined, warn: () => undefined };
  const postgres = await startEmbeddedPostgres({ dataFolder, log });
  try {
    await migrate(postgres.connectionString);
    const pool = createPool(postgres.connectionString);
    await makePlant(pool, PLANT);
    await addScarceMaterials(pool);
    console.log(
      'Release of orders that are all split, against bare statements that write the same rows and against the same orders whole;',
    );
    console.log('then restored and merged. Medians in ms.\n');
    console.log(
      '| orders | in part | floor | ratio | whole | ratio | restore | merge |\n|---:|---:|---:|---:|---:|---:|---:|---:|',
    );
    for (const { orders, rounds } of sizes) console.log(await measure(pool, orders, rounds));
    await pool.end();
  } finally {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function addScarceMaterials(pool: Pool): Promise<void> {
  const most = Math.max(...sizes.map(({ orders }) => orders));
  await pool.query(`
    update company set shortage_policy = 'split';
    insert into item
    select '${company}', 'S' || n, 'Scarce ' || n, 'Parts', 'PC', 'purchase', 'automatic', 'W1', 'SCP', true, false, false, 3
      from generate_series(1, ${most}) n;
    insert into stock select company_id, item, '', 'W1', '', 8.75, 8.75 from item where item like 'S%';
    insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
    select company_id, order_id, 90, 'S' || number, '', '', 'PC', 1.25, false, 12.5, start_on
      from production_order where number <= ${most};
    update production_order set material_lines = material_lines + 1 where number <= ${most};
    analyze;
  `);
}

/** How much there is of every scarce material: for seven pieces, or for more than all. */
async function setScarce(pool: Pool, quantity: string): Promise<void> {
  await pool.query(
    `update stock set opening = opening + $1 - on_hand, on_hand = $1 where item like 'S%' and item ~ '^S[0-9]'`,
    [quantity],
  );
}

async function measure(pool: Pool, count: number, rounds: number): Promise<string> {
  const runner = runnerOn(pool);
  const times = {
    part: [] as number[],
    floor: [] as number[],
    whole: [] as number[],
    restore: [] as number[],
    merge: [] as number[],
  };
  const timed = async (into: number[], asked: Asked) => {
    const orders = await ordersOf(pool, count);
    const begin = performance.now();
    await run(runner, asked, orders);
    into.push(performance.now() - begin);
  };
  await pool.query('update production_order set cause = (select max(cause) from production_order)');
  const ids = await idsOf(pool, count);
  for (let round = 0; round < rounds; round++) {
    await setScarce(pool, '8.75');
    await timed(times.part, release);
    await timed(times.restore, { kind: 'restore' });
    await timed(times.merge, { kind: 'merge' });
    await setScarce(pool, '1000');
    await timed(times.whole, release);
    await run(runner, { kind: 'restore' }, await ordersOf(pool, count));
    times.floor.push(await floorOf(pool, ids));
    await pool.query(
      'vacuum analyze movement, movement_record, stock, production_order, order_material, order_split',
    );
  }
  const part = median(times.part);
  const cells = [median(times.floor), median(times.whole)].flatMap((bound) => [
    bound.toFixed(1),
    `${(part / bound).toFixed(2)}×`,
  ]);
  const after = [median(times.restore).toFixed(1), median(times.merge).toFixed(1)];
  return `| ${count.toLocaleString('en')} | ${[part.toFixed(1), ...cells, ...after].join(' | ')} |`;
}

/** How long the bare statements take for the release; what they wrote is taken back. */
async function floorOf(pool: Pool, ids: readonly string[]): Promise<number> {
  await pool.query('delete from record_counter');
  const floor = await Floor.prepare(pool, ids, inPart);
  const begin = performance.now();
  await floor.release(release.postingDate);
  const taken = performance.now() - begin;
  await floor.restore();
  await makeWhole(pool, ids);
  return taken;
}

async function idsOf(pool: Pool, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select order_id as id from production_order where company_id = $1 and lot = 0 and number <= $2 order by number',
    [company, count],
  );
  return rows.map(({ id }) => id);
}

async function ordersOf(pool: Pool, count: number): Promise<MarkedOrder[]> {
  const { rows } = await pool.query<{ key: string; version: number }>(
    `select key_text as key, version from production_order
      where company_id = $1 and lot = 0 and number <= $2 order by number`,
    [company, count],
  );
  return rows.flatMap(({ key, version }) => (isOrderKey(key) ? [{ key, version }] : []));
}

function runnerOn(pool: Pool): Runner {
  const holder = uuidv7();
  const fail = (message: string, error: unknown): never => {
    throw new Error(message, { cause: error });
  };
  return createRunner({
    book: createPostgresOrderBook(pool, fail),
    ledger: createPostgresRunLedger(pool, holder),
    clock: () => instant(new Date()),
    holder,
    log: { error: (fields, message) => fail(message, fields) },
    replyWithin: 600_000,
  });
}

async function run(runner: Runner, asked: Asked, orders: readonly MarkedOrder[]): Promise<void> {
  const plant = { code: company, name: 'Bench', timeZone: 'UTC' };
  const ran = await runner.run(
    { company: plant, actor: 'bench', asked, orders, sequence: 'byStart' },
    uuidv7(),
  );
  if (ran.kind !== 'run' || ran.run.succeeded !== orders.length)
    throw new Error(`Not every order went: ${JSON.stringify(ran)}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

void main();
