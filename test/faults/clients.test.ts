import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { freshBook } from '../adapter/orderbook/fresh-book';
import { addOrder, preparePlant, setStock } from '../adapter/orderbook/small-plant';
import { useDatabase } from '../postgres';
import { listeningApp, type ListeningApp } from './app';
import { anyDeed, attemptAt, sendOnce, type Answer, type Attempt } from './attempts';
import { roundsOr, seed } from './seed';

const orders = Array.from({ length: 24 }, (_, index) => index + 1);
const clients = 6;
const waves = roundsOr(5);

const anyLines = fc.dictionary(
  fc.constantFrom('A', 'B', 'C', 'D', 'E'),
  fc.integer({ min: 1, max: 60 }).map(String),
  { noNullPrototype: true, minKeys: 1 },
);
/** What each client does, one deed after the other. Every third client does what the one before it does, under the same keys. */
const anyWave = fc.array(fc.array(anyDeed(orders), { minLength: 2, maxLength: 4 }), {
  minLength: clients,
  maxLength: clients,
});

for (const adapters of [1, 2]) {
  describe(`six clients of ${adapters === 1 ? 'one adapter' : 'two adapters'} (seed ${seed})`, function () {
    this.timeout(30_000 + waves * 5_000);
    const database = useDatabase(preparePlant);
    const apps: ListeningApp[] = [];

    before(async () => {
      for (let index = 0; index < adapters; index += 1) {
        apps.push(await listeningApp(database.connectionString, { chunkSize: 5 }));
      }
    });
    beforeEach(() => freshBook(database.pool, database.connectionString));
    after(async () => {
      for (const app of apps) await app.close();
    });

    const adapterOf = (client: number) => apps[client % apps.length]?.url ?? '';

    /** Every request must be answered, and none may fail. */
    async function answerTo(adapter: string, attempt: Attempt): Promise<Answer> {
      for (;;) {
        const answer = await sendOnce(adapter, attempt);
        if (answer !== undefined) return answer;
      }
    }

    async function wave(number: number): Promise<void> {
      const [deeds = []] = fc.sample(anyWave, { seed: seed + number, numRuns: 1 });
      await Promise.all(
        deeds.map(async (ofClient, client) => {
          for (const deed of ofClient) {
            const attempt = await attemptAt(database.pool, deed);
            // Every third client has pressed twice: the same request also goes to the neighbour's adapter.
            // Whether there is anything to undo, the two may find out at different moments.
            const twice = client % 3 === 0 && deed.deed !== 'undo';
            const also = twice ? [answerTo(adapterOf(client + 1), attempt)] : [];
            const answers = await Promise.all([answerTo(adapterOf(client), attempt), ...also]);
            for (const answer of answers) assert.deepEqual(answer, answers[0], 'two answers to one request');
          }
        }),
      );
    }

    async function assertSound(): Promise<void> {
      await assertInvariants(database.pool);
      const { rows: open } = await database.pool.query(`select number from run where state <> 'done'`);
      assert.deepEqual(open, [], 'runs that are not done');
      const { rows: failed } = await database.pool.query(`select * from outcome where result = 'failed'`);
      assert.deepEqual(failed, []);
      assert.deepEqual(
        apps.flatMap(({ failures }) => failures),
        [],
      );
      const { rows: deadlocks } = await database.pool.query(
        'select deadlocks from pg_stat_database where datname = current_database() and deadlocks > 0',
      );
      assert.deepEqual(deadlocks, []);
    }

    async function addOrders(): Promise<void> {
      const lines = fc.sample(anyLines, { seed, numRuns: orders.length });
      for (const [index, number] of orders.entries()) {
        await addOrder(database.pool, { number, ...(lines[index] && { lines: lines[index] }) });
      }
    }

    it(`never sell a stock twice in ${waves} waves, and everybody is answered`, async () => {
      await addOrders();
      await setStock(database.pool, { A: '150', D: '80', E: '200', C: '60' });
      for (let number = 1; number <= waves; number += 1) {
        await wave(number);
        await assertSound();
        const { rows: oversold } = await database.pool.query('select * from stock where on_hand < 0');
        assert.deepEqual(oversold, []);
      }
    });

    it(`balance stocks that nobody counted in ${waves} waves, and everybody is answered`, async () => {
      await database.pool.query(`
        update company set shortage_policy = 'negative';
        update warehouse set negative_stock = true;
        update item set pickup_type = 'automatic' where item <> 'P'`);
      await addOrders();
      for (let number = 1; number <= waves; number += 1) {
        await wave(number);
        await assertSound();
      }
    });
  });
}
