import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { addOrder, preparePlant, setStock } from '../adapter/orderbook/small-plant';
import { startAdapter, type AdapterProcess } from './adapter';
import { anyDeed, attemptAt, sendOnce, type Answer, type Attempt } from './attempts';
import { patiently } from './patience';
import { freePort, startKillablePostgres, type KillablePostgres } from './killable-postgres';
import { roundsOr, seed } from '../seed';

const orders = Array.from({ length: 120 }, (_, index) => index + 1);
const victims = ['adapter', 'database', 'both'] as const;
type Victim = (typeof victims)[number];
const rounds = roundsOr(3);

/** Three clients with their deeds, and when the blow falls; one in four rounds has a second one while it recovers. */
const anyRound = fc.record({
  clients: fc.array(fc.array(anyDeed(orders), { minLength: 2, maxLength: 4 }), {
    minLength: 3,
    maxLength: 3,
  }),
  after: fc.integer({ min: 5, max: 500 }),
  again: fc.option(fc.integer({ min: 0, max: 1500 }), { freq: 4 }),
});
type Round = typeof anyRound extends fc.Arbitrary<infer T> ? T : never;

interface Acknowledged {
  readonly attempt: Attempt;
  readonly answer: Answer;
  readonly sentAt: number;
  readonly answeredAt: number;
}

describe(`adapter and database killed at any moment (seed ${seed})`, function () {
  this.timeout(60_000 + rounds * 60_000);
  let postgres: KillablePostgres;
  let port: number;
  let adapter: AdapterProcess;
  /** Looks into the book, from outside of the adapter. */
  let pool: Pool;
  const acknowledged: Acknowledged[] = [];

  const start = () => startAdapter({ databaseUrl: postgres.connectionString, port, chunkSize: 5 });

  before('a plant with more orders than stock', async function () {
    // No other system ends the processes of a server at once, or has `ps` to find them.
    if (process.platform === 'win32') this.skip();
    [postgres, port] = await Promise.all([startKillablePostgres(), freePort()]);
    await preparePlant(postgres.connectionString);
    pool = createPool(postgres.connectionString);
    for (const number of orders) await addOrder(pool, { number });
    await setStock(pool, { A: '9000', D: '300', E: '5000', C: '200' });
    adapter = await start();
  });
  after(async () => {
    await adapter?.kill();
    await pool?.end();
    await postgres?.remove();
  });

  afterEach(function () {
    if (this.currentTest?.state === 'failed') process.stderr.write(adapter.logged());
  });

  /** Sends one write again and again until it is answered, as a client does that lost its adapter. */
  async function carryOut(attempt: Attempt): Promise<void> {
    const sentAt = Date.now();
    const answer = await patiently(() => sendOnce(adapter.url, attempt));
    if ('nothing' in answer) return;
    acknowledged.push({ attempt, answer, sentAt, answeredAt: Date.now() });
  }

  async function strike(victim: Victim): Promise<number> {
    const killedAt = Date.now();
    if (victim !== 'database') await adapter.kill();
    if (victim !== 'adapter') {
      await postgres.kill();
      await postgres.start();
    }
    if (victim !== 'database') adapter = await start();
    return killedAt;
  }

  async function perform({ clients, after, again }: Round, victim: Victim): Promise<Figures> {
    const first = acknowledged.length;
    const working = clients.map(async (deeds) => {
      for (const deed of deeds) await carryOut(await patiently(() => attemptAt(pool, deed)));
    });
    const blows = (async () => {
      await delay(after);
      const killedAt = await strike(victim);
      if (again === null) return [killedAt];
      await delay(again);
      return [killedAt, await strike(victim)];
    })();
    await Promise.all([...working, blows]);
    const killedAt = await blows;
    await assertWhole(acknowledged.slice(first));
    return figuresOf(acknowledged.slice(first), victim, killedAt);
  }

  /** Every write has had its effect exactly once, and is answered now as it was answered then. */
  async function assertWhole(given: readonly Acknowledged[]): Promise<void> {
    await assertInvariants(pool);
    for (const { attempt, answer } of given) {
      assert.deepEqual(await patiently(() => sendOnce(adapter.url, attempt)), answer, attempt.key);
    }
    const { rows } = await pool.query(
      `select count(*)::int as runs, count(*) filter (where state <> 'done')::int as open from run`,
    );
    assert.deepEqual(rows, [{ runs: acknowledged.length, open: 0 }]);
    const { rows: failed } = await pool.query(`select * from outcome where result = 'failed'`);
    assert.deepEqual(failed, []);
    const { rows: twice } = await pool.query(`
      select o.number, o.version, count(e.run_id) as changes
        from production_order o
        left join audit_event e on e.company_id = o.company_id and e.order_id = o.order_id
                               and e.event not in ('open declaration', 'delete declaration')
       group by o.company_id, o.order_id having o.version <> 1 + count(e.run_id)`);
    assert.deepEqual(twice, [], 'orders that were changed more often than the trail says');
  }

  it(`${rounds} rounds: what was acknowledged is whole, what was not is resumed, nothing happens twice`, async () => {
    const figures: Figures[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [plan] = fc.sample(anyRound, { seed: seed + round, numRuns: 1 });
      assert.ok(plan);
      figures.push(await perform(plan, victims[round % victims.length] ?? 'adapter'));
    }
    await assertWhole(acknowledged);
    if (process.env['ROUNDS']) process.stdout.write(`${report(figures)}\n`);
  });
});

interface Figures {
  readonly victim: Victim;
  /** Writes answered before the first blow. */
  readonly before: number;
  /** Writes that were under way at a blow and answered after it. */
  readonly resumed: number;
  /** For every blow that met writes under way, milliseconds until the last one of them was answered. */
  readonly recoveries: readonly number[];
  readonly kills: number;
}

function figuresOf(given: readonly Acknowledged[], victim: Victim, blows: readonly number[]): Figures {
  const struckAt = (blow: number) =>
    given.filter(({ sentAt, answeredAt }) => sentAt <= blow && blow <= answeredAt);
  return {
    victim,
    before: given.filter(({ answeredAt }) => answeredAt < Math.min(...blows)).length,
    resumed: new Set(blows.flatMap(struckAt)).size,
    recoveries: blows.flatMap((blow) => {
      const answers = struckAt(blow).map(({ answeredAt }) => answeredAt);
      return answers.length === 0 ? [] : [Math.max(...answers) - blow];
    }),
    kills: blows.length,
  };
}

function report(figures: readonly Figures[]): string {
  const sum = (given: readonly Figures[], of: (figure: Figures) => number) =>
    given.reduce((total, figure) => total + of(figure), 0);
  const kinds = victims.map((victim) => {
    const killed = figures.filter((figure) => figure.victim === victim);
    const times = killed.flatMap(({ recoveries }) => recoveries).sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)] ?? '-';
    return `  ${victim}: ${sum(killed, (f) => f.kills)} kills; everybody answered after ${median} ms (median), ${times.at(-1) ?? '-'} ms (longest)`;
  });
  return [
    `${figures.length} rounds, ${sum(figures, (f) => f.kills)} kills, seed ${seed}`,
    ...kinds,
    `  writes: ${sum(figures, (f) => f.before)} answered before the blow, ${sum(figures, (f) => f.resumed)} under way at it and whole afterwards`,
    '  lost: 0, done twice: 0',
  ].join('\n');
}
