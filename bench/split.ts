import type { Pool } from 'pg';
import { calendarDate } from '../src/domain/calendar';
import { isOrderKey, type MarkedOrder } from '../src/domain/order';
import type { Asked } from '../src/adapter/runs/request';
import { Floor } from './floor';
import { median, timed, times } from './measure';
import { onDatabase } from './on-database';
import { company, makePlant } from './plant';
import { carryOut, productOn } from './product';
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
  await onDatabase(async (pool) => {
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
  });
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
  const runner = productOn(pool);
  const taken = {
    part: [] as number[],
    floor: [] as number[],
    whole: [] as number[],
    restore: [] as number[],
    merge: [] as number[],
  };
  const run = async (into: number[], asked: Asked) => {
    const orders = await ordersOf(pool, count);
    into.push(await timed(() => carryOut(runner, asked, orders)));
  };
  await pool.query('update production_order set cause = (select max(cause) from production_order)');
  const ids = await idsOf(pool, count);
  for (let round = 0; round < rounds; round++) {
    await setScarce(pool, '8.75');
    await run(taken.part, release);
    await run(taken.restore, { kind: 'restore' });
    await run(taken.merge, { kind: 'merge' });
    await setScarce(pool, '1000');
    await run(taken.whole, release);
    await carryOut(runner, { kind: 'restore' }, await ordersOf(pool, count));
    taken.floor.push(await floorOf(pool, ids));
    await pool.query(
      'vacuum analyze movement, movement_record, stock, production_order, order_material, order_split',
    );
  }
  const part = median(taken.part);
  const cells = [median(taken.floor), median(taken.whole)].flatMap((bound) => [
    bound.toFixed(1),
    times(part, bound),
  ]);
  const after = [median(taken.restore).toFixed(1), median(taken.merge).toFixed(1)];
  return `| ${count.toLocaleString('en')} | ${[part.toFixed(1), ...cells, ...after].join(' | ')} |`;
}

/** How long the bare statements take for the release; what they wrote is taken back. */
async function floorOf(pool: Pool, ids: readonly string[]): Promise<number> {
  await pool.query('delete from record_counter');
  const floor = await Floor.prepare(pool, ids, inPart);
  const taken = await timed(() => floor.release(release.postingDate));
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

void main();
