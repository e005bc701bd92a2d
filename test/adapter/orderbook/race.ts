import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { late } from '../../late';
import { type TestDatabase, useDatabase } from '../../postgres';
import { seed } from '../../seed';
import { assertInvariants } from './invariants';
import { createPlanner, type Planner } from './planner';
import { addOrder, preparePlant } from './small-plant';
import { useTwoAdapters } from './two-adapters';

export interface Race {
  /** Its pool looks on. */
  readonly database: TestDatabase;
  /** One of each adapter. */
  readonly pools: readonly [Pool, Pool];
  /** Three planners at each adapter, who release and restore by five orders. */
  readonly planners: () => Planner[];
}

/** Gives the surrounding `describe` a plant that two adapters work on, fresh for each test and sound after it. */
export function useRace(): Race {
  const database = useDatabase(preparePlant);
  const pools = useTwoAdapters(database);
  afterEach('the book is sound', () => assertInvariants(database.pool));
  return {
    database,
    pools: [late(() => pools()[0]), late(() => pools()[1])],
    planners: () =>
      pools().flatMap((pool, adapter) =>
        ['anna', 'bruno', 'carla'].map((name) => createPlanner(pool, `${name}${adapter}`, 5)),
      ),
  };
}

/** Adds an order of each of these numbers, which needs up to `most` of any of these items. */
export async function addAnyOrders(
  pool: Pool,
  numbers: readonly number[],
  items: readonly string[],
  most: number,
): Promise<void> {
  const need = fc.integer({ min: 1, max: most }).map(String);
  const anyLines = fc.dictionary(fc.constantFrom(...items), need, { noNullPrototype: true, minKeys: 1 });
  const lines = fc.sample(anyLines, { seed, numRuns: numbers.length });
  for (const [at, number] of numbers.entries()) await addOrder(pool, { number, lines: lines[at] ?? {} });
}

/** Five times every planner releases or restores any of these orders, all at once. After each time nothing has failed and `sound` holds. */
export async function releaseAndRestore(
  planners: readonly Planner[],
  numbers: readonly number[],
  sound: () => Promise<void>,
): Promise<void> {
  const anyOrders = fc.shuffledSubarray([...numbers], { minLength: 1 });
  for (let wave = 1; wave <= 5; wave++) {
    const deeds = fc.sample(fc.tuple(fc.boolean(), anyOrders), {
      ...{ seed: seed + wave, numRuns: planners.length },
    });
    const outcomes = await Promise.all(
      planners.map((planner, index) => {
        const [releases, orders] = deeds[index] ?? [true, numbers];
        const keys = orders.map((number) => `2026/${number}/0`);
        return releases ? planner.release(...keys) : planner.restore(...keys);
      }),
    );
    const failed = outcomes.flat().filter(({ result }) => result === 'failed');
    assert.deepEqual(failed, []);
    await sound();
  }
}

/** Every planner releases its share of these orders, all at once. */
export async function releaseShares(planners: readonly Planner[], numbers: readonly number[]) {
  const share = (index: number) => numbers.filter((number) => number % planners.length === index);
  const outcomes = await Promise.all(
    planners.map((planner, index) => planner.release(...share(index).map((number) => `2026/${number}/0`))),
  );
  return outcomes.flat();
}
