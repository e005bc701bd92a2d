import assert from 'node:assert/strict';
import { useDatabase } from '../../../postgres';
import { freshBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { key, postingDate } from '../planner';
import { addOrder, preparePlant, setStock } from '../small-plant';
import { addMethods, createRefresher, shown, useAdapterPool, type Refresher } from './methods';

const orders = ['2026/1/0', '2026/2/0', '2026/3/0'];
const inOne = { executive: 'restoreAndRelease', postingDate } as const;
const changed = (quantities: Readonly<Record<string, string>>) => ({
  changes: Object.fromEntries(Object.entries(quantities).map(([order, quantity]) => [order, { quantity }])),
});

type Options = Parameters<Refresher['refresh']>[0];

/** What the preview says of every order, then what the commit has made of it: result, codes, movements and operations. */
async function previewAndCommit(planner: Refresher, options: Options) {
  const inSequence = <T extends { readonly key: string }>(list: readonly T[]) =>
    list.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const said = await planner.preview(options, ...orders);
  const plans = new Map(
    said.refresh?.orders.map((each) => [
      each.key,
      each.operations.map((one) => `${one.operation}: ${shown(one.startsAt)} – ${shown(one.endsAt)}`),
    ]),
  );
  const stands = new Map(
    await Promise.all(
      orders.map(async (each) => [key(each), (await planner.planOf(each)).operations] as const),
    ),
  );
  const preview = inSequence(said.outcomes).map((each) => ({
    ...{ key: each.key, result: each.result, codes: each.refusals.map(({ code }) => code) },
    ...{ movements: each.movements, operations: plans.get(each.key) ?? stands.get(each.key) },
  }));
  const commit = [];
  for (const each of inSequence(await planner.refresh(options, ...orders)))
    commit.push({
      ...{ key: each.key, result: each.result, codes: each.refusals.map(({ code }) => code) },
      ...{ movements: each.movements, operations: (await planner.planOf(each.key)).operations },
    });
  return { said, preview, commit };
}

describe('the preview of a refresh in several chunks', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
    for (const number of [1, 2, 3])
      await addOrder(database.pool, { number, quantity: '20', start: '2026-11-23', lines: { A: '5' } });
  });
  afterEach(() => assertInvariants(database.pool));

  describe('on a constrained centre', () => {
    beforeEach(async () => {
      await database.pool.query(
        `update work_centre set constrained = true, critical_load = 100 where work_centre = '100'`,
      );
      // The last has the place that the first would take.
      for (const order of orders.toReversed()) await createRefresher(pool()).refresh({}, order);
    });

    for (const [chunkSize, quantities] of [
      [1, {}],
      [1, { '2026/1/0': '10', '2026/3/0': '40' }],
      [1, { '2026/2/0': '0', '2026/3/0': '40' }],
      [2, { '2026/1/0': '0', '2026/2/0': '40' }],
      [1000, { '2026/1/0': '10', '2026/3/0': '40' }],
    ] as const) {
      it(`places work as the commit does, ${chunkSize} at a time, with ${JSON.stringify(quantities)}`, async () => {
        const planner = createRefresher(pool(), 'planner', chunkSize);
        const { preview, commit } = await previewAndCommit(planner, changed(quantities));
        assert.equal(commit.filter(({ result }) => result === 'refreshed').length >= 2, true);
        assert.deepEqual(preview, commit);
      });
    }
  });

  describe('of orders that are restored and released with it', () => {
    for (const [stock, quantities, results] of [
      ['120', { '2026/1/0': '10', '2026/2/0': '30' }, ['refreshed', 'refreshed', 'refreshed']],
      ['120', { '2026/1/0': '30', '2026/2/0': '10', '2026/3/0': '40' }, ['refused', 'refreshed', 'refused']],
      ['130', { '2026/1/0': '25', '2026/2/0': '25' }, ['refreshed', 'refused', 'refreshed']],
    ] as const) {
      it(`finds the stock that the chunks before leave: ${stock} A for ${JSON.stringify(quantities)}`, async () => {
        await setStock(database.pool, { A: stock });
        const planner = createRefresher(pool(), 'planner', 1);
        await planner.refresh({}, ...orders);
        await planner.release(...orders);
        const options = { ...inOne, ...changed(quantities) };
        const atOnce = await createRefresher(pool()).preview(options, ...orders);
        const { said, preview, commit } = await previewAndCommit(planner, options);
        assert.deepEqual(preview, commit);
        assert.deepEqual(
          commit.map(({ result }) => result),
          results,
        );
        assert.deepEqual(said.shortages, atOnce.shortages);
      });
    }
  });
});
