import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { bookState, freshBook } from '../adapter/orderbook/fresh-book';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { addOrder, preparePlant, setStock, stockOf } from '../adapter/orderbook/small-plant';
import { useDatabase } from '../postgres';
import { startAdapter, type AdapterProcess } from './adapter';
import { attemptAt, sendOnce, type Attempt } from './attempts';
import { patiently } from './patience';
import { roundsOr, seed } from '../seed';

const orders = Array.from({ length: 40 }, (_, index) => index + 1);
/** Longer than any lease, in milliseconds. */
const anHour = 3_600_000;
const rounds = roundsOr(3);

describe('an adapter that is paused for longer than its lease', function () {
  this.timeout(30_000 + rounds * 10_000);
  const database = useDatabase(preparePlant);
  let paused: AdapterProcess;
  /** For its clock every lease of the first one has lapsed. */
  let successor: AdapterProcess;

  before(async function () {
    // No other system pauses a process by a signal.
    if (process.platform === 'win32') this.skip();
    const settings = { databaseUrl: database.connectionString, chunkSize: 2, silence: 300 };
    [paused, successor] = await Promise.all([
      startAdapter(settings),
      startAdapter({ ...settings, ahead: anHour }),
    ]);
  });
  beforeEach('forty launched orders', async () => {
    await freshBook(database.pool, database.connectionString);
    await setStock(database.pool, { A: '10000', D: '10000', E: '10000' });
    for (const number of orders) await addOrder(database.pool, { number });
  });
  afterEach('the book is sound', () => assertInvariants(database.pool));
  after(async () => {
    await paused?.kill();
    await successor?.kill();
  });

  /** Somebody else than the first one has come to hold the run. */
  async function isTakenOver({ key }: Attempt): Promise<true | undefined> {
    const { rowCount } = await database.pool.query(
      `select from run where request_key = $1 and (state <> 'open' or holder not like '%:' || $2 || ':%')`,
      [key, paused.child.pid],
    );
    return rowCount === 0 ? undefined : true;
  }

  /** Its successor takes the run over and finishes it; the first one goes on where it was, before or after that. */
  async function succeed(
    attempt: Attempt,
    sent: Promise<unknown>,
    stockOfA: string,
    awakes: 'meanwhile' | 'afterwards',
  ): Promise<void> {
    const finished = patiently(() => sendOnce(successor.url, attempt));
    await (awakes === 'meanwhile' ? patiently(() => isTakenOver(attempt)) : finished);
    paused.child.kill('SIGCONT');
    const answer = await finished;
    assert.ok('run' in answer);
    assert.deepEqual([answer.run.state, answer.run.succeeded], ['done', orders.length]);
    await sent;
    const done = await bookState(database.pool);
    // It says the same when it is asked once more, having looked for runs to resume in between.
    await delay(600);
    assert.deepEqual(await patiently(() => sendOnce(paused.url, attempt)), answer);
    assert.deepEqual(await bookState(database.pool), done, 'it has written something after it was succeeded');
    assert.equal((await stockOf(database.pool))['A'], stockOfA);
  }

  it('in the middle of a chunk, loses its locks, its run and its claim', async () => {
    const attempt = await attemptAt(database.pool, { deed: 'release', orders });
    const other = await database.pool.connect();
    await other.query('begin');
    await other.query('select from production_order where number = 7 for update');
    const sent = sendOnce(paused.url, attempt);
    await patiently(async () => {
      const { rowCount } = await database.pool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount === 0 ? undefined : true;
    });
    paused.child.kill('SIGSTOP');
    await other.query('rollback');
    other.release();
    await succeed(attempt, sent, '6000', 'afterwards');
  });

  it(`at any moment, ${rounds} times (seed ${seed}), does nothing a second time`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [moment = 0] = fc.sample(fc.integer({ min: 5, max: 250 }), { seed: seed + round, numRuns: 1 });
      const deed = round % 2 === 0 ? 'release' : 'restore';
      const attempt = await attemptAt(database.pool, { deed, orders });
      const sent = patiently(() => sendOnce(paused.url, attempt));
      await delay(moment);
      paused.child.kill('SIGSTOP');
      const awakes = (seed + round) % 3 === 0 ? 'afterwards' : 'meanwhile';
      await succeed(attempt, sent, deed === 'release' ? '6000' : '10000', awakes);
      await assertInvariants(database.pool);
    }
  });
});
