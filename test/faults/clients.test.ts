import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { freshBook } from '../adapter/orderbook/fresh-book';
import { addOrder, preparePlant, setStock } from '../adapter/orderbook/small-plant';
import { useDatabase } from '../postgres';
import { listeningApp, type ListeningApp } from './app';
import { anyDeed, attemptAt, sendOnce, type Deed } from './attempts';
import {
  assertImported,
  assertReport,
  assertTouchedByImportsOnly,
  importOnce,
  ordersNow,
  tryImport,
  type ImportOf,
} from './imports';
import { archiveOf, faultyVersion } from './plant-versions';
import { roundsOr, seed } from '../seed';

const orders = Array.from({ length: 24 }, (_, index) => index + 1);
const clients = 6;
const waves = roundsOr(5);
const wavesOfImports = roundsOr(2);

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

/** A version of the plant folder is imported, or only tried. */
interface ImportDeed {
  readonly deed: 'import' | 'tryImport';
  readonly version: number;
}
const anyImport: fc.Arbitrary<ImportDeed> = fc.record({
  deed: fc.constantFrom('import', 'import', 'import', 'tryImport'),
  version: fc.integer({ min: 0, max: faultyVersion }),
});
/** Opened and registered at once: the order is fulfilled if it was executive. */
const anyClosing = fc.constantFrom(...orders).map((order): Deed[] => [
  { deed: 'open', order, quantity: 5, closing: true },
  { deed: 'register', order, declaration: 'last' },
]);
/** Two clients import; meanwhile, as imports take their time, the others do all the more. */
const anyWaveWithImports: fc.Arbitrary<(Deed | ImportDeed)[][]> = fc
  .tuple(
    fc.array(fc.array(anyImport, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 2 }),
    fc.array(
      fc.array(fc.oneof({ weight: 4, arbitrary: anyDeed(orders).map((deed) => [deed]) }, anyClosing), {
        minLength: 12,
        maxLength: 16,
      }),
      { minLength: clients - 2, maxLength: clients - 2 },
    ),
  )
  .map(([importing, others]) => [...importing, ...others.map((deeds) => deeds.flat())]);

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
    beforeEach(async () => {
      await freshBook(database.pool, database.connectionString);
      imports.length = 0;
    });
    after(async () => {
      for (const app of apps) await app.close();
    });

    const adapterOf = (client: number) => apps[client % apps.length]?.url ?? '';

    /** What has been imported since the book was empty. */
    const imports: ImportOf[] = [];

    /** Every request must be answered, and none may fail. */
    async function answerTo<T>(send: () => Promise<T | undefined>): Promise<T> {
      for (;;) {
        const answer = await send();
        if (answer !== undefined) return answer;
        // An import that the same key has opened is not waited for: ask as clients do.
        await delay(20);
      }
    }

    /**
     * Sends what a client wants. Every third client has pressed twice: the same request also goes to the neighbour's adapter, and
     * the two must get one answer. Gives it.
     */
    async function send<T>(
      client: number,
      twice: boolean,
      sendTo: (adapter: string) => Promise<T | undefined>,
    ): Promise<T> {
      const neighbours = client % 3 === 0 && twice ? [client + 1] : [];
      const [answer, ...others] = await Promise.all([
        answerTo(() => sendTo(adapterOf(client))),
        ...neighbours.map((neighbour) => answerTo(() => sendTo(adapterOf(neighbour)))),
      ]);
      for (const other of others) assert.deepEqual(other, answer, 'two answers to one request');
      return answer;
    }

    async function perform(client: number, deed: Deed | ImportDeed): Promise<void> {
      if (!('version' in deed)) {
        const attempt = await attemptAt(database.pool, deed);
        // Whether there is anything to undo, the two may find out at different moments.
        await send(client, deed.deed !== 'undo', (adapter) => sendOnce(adapter, attempt));
        return;
      }
      const { version } = deed;
      const archive = archiveOf(version);
      if (deed.deed === 'tryImport') {
        assertReport(await answerTo(() => tryImport(adapterOf(client), archive)), version);
        return;
      }
      const key = uuidv7();
      imports.push({
        version,
        ended: await send(client, true, (adapter) => importOnce(adapter, key, archive)),
      });
    }

    async function wave(number: number, any: fc.Arbitrary<(Deed | ImportDeed)[][]> = anyWave): Promise<void> {
      const [deeds = []] = fc.sample(any, { seed: seed + number, numRuns: 1 });
      await Promise.all(
        deeds.map(async (ofClient, client) => {
          for (const deed of ofClient) await perform(client, deed);
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

    it(`import the plant over all this in ${wavesOfImports} waves, and nothing that has begun is touched`, async () => {
      await perform(1, { deed: 'import', version: 0 });
      await assertImported(database.pool, imports);
      for (let number = 1; number <= wavesOfImports; number += 1) {
        const before = await ordersNow(database.pool);
        await wave(number, anyWaveWithImports);
        await assertSound();
        assertTouchedByImportsOnly(before, await ordersNow(database.pool));
        await assertImported(database.pool, imports);
      }
    });
  });
}
