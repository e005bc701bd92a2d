import type { Pool, PoolClient } from 'pg';
import { uuidv7 } from 'uuidv7';
import { calendarDate } from '../src/domain/calendar';
import { type MarkedOrder, orderKey } from '../src/domain/order';
import { defaultOptions } from '../src/domain/refresh/options';
import type { Asked } from '../src/adapter/runs/request';
import type { Runner } from '../src/adapter/runs/runner';
import { writeRelease, writeRestore } from './floor';
import { median, timed, times } from './measure';
import { onDatabase } from './on-database';
import { company, makePlant } from './plant';
import { carryOut, productOn, requestOf } from './product';
import { addMethods } from './refresh-plant';

/** Orders of the plant, and of them in the run; how many rounds the medians are of. */
const PLANT = 20_000;
const ORDERS = 1000;
const ROUNDS = 7;
const postingDate = calendarDate('2026-11-20');

async function main(): Promise<void> {
  await onDatabase(async (pool) => {
    await makePlant(pool, PLANT);
    await addMethods(pool);
    await measure(pool);
  });
}

async function measure(pool: Pool): Promise<void> {
  const runner = productOn(pool);
  let peak = 0;
  const sampling = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  // The first refresh finds the orders as they were imported; the statistics then know of what it wrote.
  await commit(pool, runner, refresh);
  await pool.query('analyze');
  const refreshes = await inRounds(pool, runner, refresh, writeRefresh);
  const { rows } = await pool.query<{ of: string; rows: number }>(`
    select 'materials' as of, count(*)::int as rows from order_material where company_id = '${company}' and order_id in (select order_id from order_line)
    union all select 'operations', count(*) from order_operation where company_id = '${company}' and order_id in (select order_id from order_line)
    union all select 'capacity needs', count(*) from capacity_need`);
  // From here on the statistics know of no movements yet, and every round leaves dead rows behind.
  await commit(pool, runner, { kind: 'release', postingDate });
  const inOne = await inRounds(pool, runner, restoreAndRelease, writeAllThree);
  clearInterval(sampling);
  console.log(
    `Refresh of ${ORDERS} orders of ${PLANT}: ${rows.map((each) => `${each.rows} ${each.of}`).join(', ')}.`,
  );
  console.log(
    `Medians of ${ROUNDS} rounds over the same orders in ms; in brackets the first and the last round. The floor writes the very`,
  );
  console.log(
    `rows in one transaction and decides nothing. At most ${(peak / 1024 / 1024).toFixed(0)} MB.\n`,
  );
  console.log('| | preview | commit | floor | ratio |\n|---|---:|---:|---:|---:|');
  console.log(tableRow('refresh', refreshes));
  console.log(tableRow('restore, refresh, release', inOne));
}

interface Times {
  readonly preview: number[];
  readonly commit: number[];
  readonly floor: number[];
}

async function inRounds(
  pool: Pool,
  runner: Runner,
  asked: Asked,
  write: (client: PoolClient, run: string) => Promise<void>,
): Promise<Times> {
  const taken: Times = { preview: [], commit: [], floor: [] };
  for (let round = 0; round < ROUNDS; round++) {
    taken.preview.push(await preview(pool, runner, asked));
    taken.commit.push(await commit(pool, runner, asked));
    taken.floor.push(await floor(pool, write));
  }
  return taken;
}

function tableRow(name: string, { preview: previews, commit: commits, floor: floors }: Times): string {
  const withEnds = (values: readonly number[]) =>
    `${median(values).toFixed(0)} (${values[0]?.toFixed(0)}–${values.at(-1)?.toFixed(0)})`;
  const ratio = times(median(commits), median(floors));
  return `| ${name} | ${withEnds(previews)} | ${withEnds(commits)} | ${withEnds(floors)} | ${ratio} |`;
}

/** The least a database can do: the same rows out and in again, header, outcome and audit entry with them. */
function floor(pool: Pool, write: (client: PoolClient, run: string) => Promise<void>): Promise<number> {
  return timed(async () => {
    const client = await pool.connect();
    const run = uuidv7();
    try {
      await client.query('begin');
      await client.query(
        `create temp table chosen on commit drop as select order_id from order_line where company_id = '${company}'`,
      );
      await write(client, run);
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
  });
}

async function writeRefresh(client: PoolClient): Promise<void> {
  for (const table of ['order_line', 'order_material', 'order_operation', 'capacity_need'])
    await again(client, table);
  await client.query(
    `update production_order set end_on = end_on, version = version where company_id = $1 and order_id in (select order_id from chosen)`,
    [company],
  );
}

async function writeAllThree(client: PoolClient, run: string): Promise<void> {
  const { rows } = await client.query<{ id: string; cause: number; from: number }>(
    `select order_id as id, cause, (select max(last_record) from record_counter) as from
       from production_order join chosen using (order_id) where company_id = $1`,
    [company],
  );
  const orders = rows.map(({ id }) => id);
  const { cause = 0, from = 0 } = rows[0] ?? {};
  await writeRestore(client, orders, run);
  await writeRefresh(client);
  await writeRelease(client, orders, { postedOn: postingDate, cause: cause + 1, run, from });
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

const refresh = { kind: 'refresh', changes: {}, ...defaultOptions } as const;
const restoreAndRelease = { ...refresh, executive: 'restoreAndRelease', postingDate } as const;

/** The first orders of the plant, as they are now. */
async function firstOrders(pool: Pool): Promise<MarkedOrder[]> {
  const { rows } = await pool.query<{ number: number; version: number }>(
    'select number, version from production_order where company_id = $1 and number <= $2 order by number',
    [company, ORDERS],
  );
  return rows.map(({ number, version }) => ({ key: orderKey({ year: 2026, number, lot: 0 }), version }));
}

async function commit(pool: Pool, runner: Runner, asked: Asked): Promise<number> {
  const orders = await firstOrders(pool);
  return timed(() => carryOut(runner, asked, orders));
}

async function preview(pool: Pool, runner: Runner, asked: Asked): Promise<number> {
  const whole = requestOf(asked, await firstOrders(pool));
  return timed(async () => {
    const { outcomes } = await runner.preview(whole);
    if (outcomes.some(({ result }) => result !== 'refreshed')) throw new Error('Not every order would go');
  });
}

void main();
