import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { uuidv7 } from 'uuidv7';
import { type Import } from '../../src/contract/imports';
import { bookState } from '../adapter/orderbook/fresh-book';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { preparePlant } from '../adapter/orderbook/small-plant';
import { temporaryFolder, useDatabase } from '../postgres';
import { startAdapter, type AdapterProcess } from './adapter';
import { assertImported, importOnce, type ImportOf } from './imports';
import { patiently } from './patience';
import { archiveOf, faultyVersion } from './plant-versions';
import { roundsOr, seed } from '../seed';

const rounds = roundsOr(3);
const anyRound = fc.record({
  version: fc.integer({ min: 0, max: faultyVersion - 1 }),
  after: fc.integer({ min: 10, max: 400 }),
});

describe(`an adapter killed in the middle of an import (seed ${seed})`, function () {
  this.timeout(60_000 + rounds * 60_000);
  const database = useDatabase(preparePlant);
  const imports: ImportOf[] = [];
  let adapter: AdapterProcess;
  /** A killed adapter leaves what it had received. */
  let temporary: string;
  const start = () => startAdapter({ databaseUrl: database.connectionString, chunkSize: 5, temporary });

  before(async () => {
    temporary = await temporaryFolder();
    adapter = await start();
    await bring(0, uuidv7());
  });
  after(async () => {
    await adapter?.kill();
    await rm(temporary, { recursive: true, force: true });
  });

  /** Imports a version, however often it has to be asked for. */
  async function bring(version: number, key: string): Promise<Import> {
    const ended = await patiently(() => importOnce(adapter.url, key, archiveOf(version)));
    if (ended.state === 'done') imports.push({ version, ended });
    return ended;
  }

  async function whole(): Promise<unknown> {
    const { rows: items } = await database.pool.query('select item, description from item order by item');
    return { ...(await bookState(database.pool)), items };
  }

  /** How the run of this import has ended; undefined where the blow fell before there was one. */
  async function endOf(key: string): Promise<string | undefined> {
    const ended = await patiently(async () => {
      const { rows } = await database.pool.query<{ state: string }>(
        'select state from run where request_key = $1',
        [key],
      );
      return rows[0]?.state === 'open' ? undefined : { state: rows[0]?.state };
    });
    return ended.state;
  }

  it(`${rounds} rounds: all of it is there or nothing, and the plant can be imported again`, async () => {
    const ends = new Map<string, number>();
    for (let round = 0; round < rounds; round += 1) {
      const [plan] = fc.sample(anyRound, { seed: seed + round, numRuns: 1 });
      assert.ok(plan);
      const before = await whole();
      const key = uuidv7();
      const sent = importOnce(adapter.url, key, archiveOf(plan.version)).catch(() => undefined);
      await delay(plan.after);
      await adapter.kill();
      await sent;
      adapter = await start();

      const end = await endOf(key);
      ends.set(end ?? 'not begun', (ends.get(end ?? 'not begun') ?? 0) + 1);
      if (end !== 'done') assert.deepEqual(await whole(), before, 'something of a broken off import is left');
      // Under its key it is answered as it ended; what never began is done now.
      assert.equal((await bring(plan.version, key)).state, end ?? 'done');
      assert.equal((await bring(plan.version, uuidv7())).state, 'done');
      await assertInvariants(database.pool);
      await assertImported(database.pool, imports);
    }
    if (process.env['ROUNDS']) process.stdout.write(`${JSON.stringify(Object.fromEntries(ends))}\n`);
  });
});
