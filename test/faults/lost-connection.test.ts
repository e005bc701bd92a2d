import assert from 'node:assert/strict';
import { request } from 'node:http';
import fc from 'fast-check';
import type { Instant } from '../../src/domain/calendar';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { addOrder, preparePlant, setStock, stockOf } from '../adapter/orderbook/small-plant';
import { useDatabase } from '../postgres';
import { listeningApp, type ListeningApp } from './app';
import { attemptAt, sendOnce, type Answer, type Attempt, type Deed } from './attempts';
import { patiently } from './patience';
import { faults, startPostgresProxy, type Fault, type PostgresProxy } from './postgres-proxy';
import { roundsOr, seed } from '../seed';

/** Every statement in every way; else each one in one of them. */
const exhaustive = roundsOr(1) > 1;

const orders = [1, 2, 3];
/** Time stands still, so that no lease ever lapses: nobody shall have to wait for that. */
const now = '2026-11-20T09:00:00.000Z' as Instant;

/** Each one undoes the one before, so that they can be done in turns for ever; the number of the declaration is new in each turn. */
function deedsWith(declaration: number): readonly (readonly [Deed, stockOfA: string])[] {
  return [
    [{ deed: 'release', orders }, '700'],
    [{ deed: 'open', order: 1, quantity: 1, closing: true }, '700'],
    [{ deed: 'register', order: 1, declaration }, '700'],
    [{ deed: 'rollBack', order: 1, declaration }, '700'],
    [{ deed: 'delete', order: 1, declaration }, '700'],
    [{ deed: 'restore', orders }, '1000'],
  ];
}

describe('a connection to the database that breaks', function () {
  this.timeout(exhaustive ? 900_000 : 60_000);
  const database = useDatabase(preparePlant);
  let proxy: PostgresProxy;
  let app: ListeningApp;

  before('an adapter that reaches its database through a proxy', async () => {
    proxy = await startPostgresProxy(database.connectionString);
    app = await listeningApp(proxy.connectionString, {
      clock: () => now,
      chunkSize: 2,
      resumeEvery: 3_600_000,
    });
    for (const number of orders) await addOrder(database.pool, { number });
    await setStock(database.pool, { A: '1000', D: '1000', E: '1000', C: '1000' });
  });
  after(async () => {
    await app?.close();
    await proxy?.close();
  });

  /** Breaks the connection at the `nth` of these statements from now on, and tells which one it was. */
  function breakAt(fault: Fault, nth: number, counts: (statement: string) => boolean) {
    const broken: { statement: string | undefined } = { statement: undefined };
    let passed = 0;
    proxy.faultAt = (statement) => {
      if (!counts(statement) || passed++ !== nth) return undefined;
      broken.statement = statement.trim().replace(/\s+/g, ' ').slice(0, 60);
      return fault;
    };
    return broken;
  }

  /** Sends it until it is done; the adapter looks for runs to resume in between. */
  function insist(attempt: Attempt): Promise<Answer> {
    return patiently(async () => {
      try {
        return await sendOnce(app.url, attempt);
      } finally {
        await app.runner.resume().catch(() => undefined);
      }
    });
  }

  async function nextDeeds() {
    const { rows } = await database.pool.query<{ next: number }>(
      'select last_declaration + 1 as next from production_order where number = 1',
    );
    return deedsWith(rows[0]?.next ?? 0);
  }

  async function assertDoneOnce(attempt: Attempt, answer: Answer, stockOfA: string, runs: number) {
    assert.ok('run' in answer, JSON.stringify(answer));
    assert.equal(answer.run.state, 'done');
    assert.equal(answer.run.succeeded, answer.run.total, JSON.stringify(answer.outcomes));
    assert.deepEqual(await sendOnce(app.url, attempt), answer, 'a replay');
    assert.equal((await stockOf(database.pool))['A'], stockOfA);
    const { rows } = await database.pool.query<{ runs: number }>('select count(*)::int as runs from run');
    assert.deepEqual(rows, [{ runs }]);
  }

  /**
   * Does every deed with a connection that breaks at its `nth` statement, in the one way or the other. Gives the statements it
   * broke at: none when all deeds have fewer.
   */
  async function breakDeeds(nth: number, fault: Fault, counts: (statement: string) => boolean) {
    const statements: string[] = [];
    for (const [deed, stockOfA] of await nextDeeds()) {
      const { rows } = await database.pool.query<{ runs: number }>('select count(*)::int as runs from run');
      const attempt = await attemptAt(database.pool, deed);
      const broken = breakAt(fault, nth, counts);
      const answer = await insist(attempt);
      proxy.faultAt = () => undefined;
      if (broken.statement !== undefined) statements.push(broken.statement);
      await assertDoneOnce(attempt, answer, stockOfA, (rows[0]?.runs ?? 0) + 1).catch((cause: unknown) => {
        throw new Error(`${deed.deed}, ${fault} ${broken.statement ?? 'nothing'}`, { cause });
      });
    }
    await assertInvariants(database.pool);
    return statements;
  }

  for (const fault of ['during', 'after'] as const) {
    it(`${fault} a commit leaves a run that is done once`, async () => {
      const isCommit = (statement: string) => statement === 'commit';
      assert.equal((await breakDeeds(0, fault, isCommit)).length, deedsWith(0).length);
      // Release and restore have two chunks.
      assert.equal((await breakDeeds(1, fault, isCommit)).length, 2);
    });
  }

  const manner = exhaustive ? 'in every way' : `(seed ${seed})`;
  it(`at any one of its statements ${manner} leaves a run that is done once`, async () => {
    const stride = exhaustive ? 1 : 3;
    for (let nth = seed % stride; ; nth += stride) {
      const ways = exhaustive
        ? faults
        : fc.sample(fc.constantFrom(...faults), { seed: seed + nth, numRuns: 1 });
      for (const fault of ways) {
        const statements = await breakDeeds(nth, fault, () => true);
        if (statements.length > 0) continue;
        assert.ok(nth > 15, `only ${nth} statements`);
        return;
      }
    }
  });

  for (const when of ['in the middle of its request', 'before the reply', 'at the reply'] as const) {
    it(`a client that is cut off ${when} learns on its next attempt what has been done`, async () => {
      for (const [deed, stockOfA] of await nextDeeds()) {
        const { rows } = await database.pool.query<{ runs: number }>('select count(*)::int as runs from run');
        const attempt = await attemptAt(database.pool, deed);
        await sendAndLose(attempt, when);
        await assertDoneOnce(attempt, await insist(attempt), stockOfA, (rows[0]?.runs ?? 0) + 1);
      }
      await assertInvariants(database.pool);
    });
  }

  /** Sends a write and is gone at that moment. */
  async function sendAndLose({ key, method, path, body }: Attempt, when: string): Promise<void> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      'idempotency-key': key,
      ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    const sent = request(app.url + path, { method, headers });
    sent.on('error', () => undefined);
    sent.on('response', () => sent.destroy());
    const gone = new Promise((closed) => sent.on('close', closed));
    if (when === 'in the middle of its request' && text) {
      sent.write(text.slice(0, text.length / 2), () => sent.destroy());
    } else sent.end(text, () => when === 'at the reply' || sent.destroy());
    await gone;
  }
});
