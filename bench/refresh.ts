import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { uuidv7 } from 'uuidv7';
import { instant } from '../src/domain/calendar';
import { orderKey } from '../src/domain/order';
import { defaultOptions } from '../src/domain/refresh/options';
import { startEmbeddedPostgres } from '../src/adapter/embedded-postgres';
import { createPostgresOrderBook } from '../src/adapter/orderbook/postgres/book';
import { createPool } from '../src/adapter/orderbook/postgres/database';
import { migrate } from '../src/adapter/orderbook/postgres/migrate';
import { createPostgresRunLedger } from '../src/adapter/runs/postgres-run-ledger';
import { createRunner, type Runner } from '../src/adapter/runs/runner';
import { company, makePlant } from './plant';
import { addMethods } from './refresh-plant';

/** Orders of the plant, and of them in the run; how many rounds the medians are of. */
const PLANT = 20_000;
const ORDERS = 1000;
const ROUNDS = 7;

async function main(): Promise<void> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'launchbook-bench-'));
  await chmod(dataFolder, 0o755);
  const log = { info: () => undefined, warn: () => undefined };
  const postgres = await startEmbeddedPostgres({ dataFolder, log });
  try {
    await migrate(postgres.connectionString);
    const pool = createPool(postgres.connectionString);
    await makePlant(pool, PLANT);
    await addMethods(pool);
    await measure(pool);
    await pool.end();
  } finally {
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function measure(pool: Pool): Promise<void> {
  const runner = productOn(pool);
  const times = { preview: [] as number[], commit: [] as number[], floor: [] as number[] };
  let version = 1;
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  // The first refresh finds the orders as they were imported; the statistics then know of what it wrote.
  await refresh(runner, version++);
  await pool.query('analyze');
  for (let round = 0; round < ROUNDS; round++) {
    times.preview.push(await timed(() => preview(runner, version)));
    times.commit.push(await timed(() => refresh(runner, version)));
    version++;
    times.floor.push(await timed(() => floor(pool)));
  }
  clearInterval(sampling);
  const { rows } = await pool.query<{ of: string; rows: number }>(`
    select 'materials' as of, count(*)::int as rows from order_material where company_id = '${company}' and order_id in (select order_id from order_line)
    union all select 'operations', count(*) from order_operation where company_id = '${company}' and order_id in (select order_id from order_line)
    union all select 'capacity needs', count(*) from capacity_need`);
  const [taken, bound] = [median(times.commit), median(times.floor)];
  console.log(
    `Refresh of ${ORDERS} orders of ${PLANT}: ${rows.map((each) => `${each.rows} ${each.of}`).join(', ')}.`,
  );
  console.log(
    `Medians of ${ROUNDS} rounds in ms. The floor deletes and inserts the very rows, with the same commits.\n`,
  );
  console.log('| preview | commit | floor | ratio | memory |\n|---:|---:|---:|---:|---:|');
  console.log(
    `| ${median(times.preview).toFixed(0)} | ${taken.toFixed(0)} | ${bound.toFixed(0)} | ${(taken / bound).toFixed(2)}× | ${(peak / 1024 / 1024).toFixed(0)} MB |`,
  );
}

/** The least a database can do for a refresh: the same rows out and in again, header, outcome and audit entry with them. */
async function floor(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `create temp table chosen on commit drop as select order_id from order_line where company_id = '${company}'`,
    );
    for (const table of ['order_line', 'order_material', 'order_operation', 'capacity_need'])
      await again(client, table);
    await client.query(
      `update production_order set end_on = end_on, version = version where company_id = $1 and order_id in (select order_id from chosen)`,
      [company],
    );
    const run = uuidv7();
    await client.query(
      `insert into audit_event select $1, order_id, $2, 'refresh', 'launched', 'launched', 0, now(), 'floor' from chosen`,
      [company, run],
    );
    await client.query(
      `insert into outcome select $1, $2, row_number() over (), 'floor', 'refreshed', 0, null, null, now() from chosen`,
      [company, run],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function again(client: PoolClient, table: string): Promise<void> {
  await client.query(
    `create temp table kept on commit drop as select * from ${table} where company_id = '${company}' and order_id in (select order_id from chosen)`,
  );
  await client.query(
    `delete from ${table} where company_id = '${company}' and order_id in (select order_id from chosen)`,
  );
  await client.query(`insert into ${table} select * from kept`);
  await client.query('drop table kept');
}

const request = (version: number) => ({
  company: { code: company, name: 'Bench', timeZone: 'Europe/Rome' },
  actor: 'bench',
  asked: { kind: 'refresh' as const, changes: {}, ...defaultOptions },
  orders: Array.from({ length: ORDERS }, (_, n) => ({
    key: orderKey({ year: 2026, number: n + 1, lot: 0 }),
    version,
  })),
  sequence: 'byStart' as const,
});

async function refresh(runner: Runner, version: number): Promise<void> {
  const ran = await runner.run(request(version), uuidv7());
  if (ran.kind !== 'run' || ran.run.succeeded !== ORDERS)
    throw new Error(`Not every order went: ${JSON.stringify(ran)}`);
}

async function preview(runner: Runner, version: number): Promise<void> {
  const { outcomes } = await runner.preview(request(version));
  if (outcomes.some(({ result }) => result !== 'refreshed')) throw new Error('Not every order would go');
}

function productOn(pool: Pool): Runner {
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

void main();
