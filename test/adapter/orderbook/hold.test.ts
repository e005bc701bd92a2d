import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import type { StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { bookState } from './fresh-book';
import { codesOf, createPlanner, key } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/125/0';

describe('orders on hold', () => {
  const { pool, planner } = usePlanner('anna');

  beforeEach('a plant with ample stock and order 2026/125/0', async () => {
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    await addOrder(pool, { number: 125 });
  });

  const rowOf = async (of: string) => (await planner.book.rows(company, [key(of)]))[0];
  const holdOf = async (of: string) => {
    const row = await rowOf(of);
    return [row?.holdReason, row?.heldBy, row?.heldAt];
  };
  async function refused(act: () => Promise<readonly StoredOutcome[]>) {
    const before = await bookState(pool);
    const [outcome] = await act();
    assert.equal(outcome?.result, 'refused');
    assert.deepEqual(await bookState(pool), before);
    return outcome.refusals;
  }

  it('show the reason, who and when in rows and details', async () => {
    const [outcome] = await planner.hold('Drawing changes', order);
    assert.deepEqual([outcome?.result, outcome?.movements], ['held', 0]);
    const { rows } = await pool.query<{ at: string }>('select changed_at as at from production_order');
    assert.deepEqual(await holdOf(order), ['Drawing changes', 'anna', rows[0]?.at]);
    const [detail] = await planner.book.read(company, [key(order)]);
    assert.deepEqual(
      [detail?.holdReason, detail?.heldBy, detail?.state],
      ['Drawing changes', 'anna', 'launched'],
    );
    assert.equal(detail?.version, 2);
  });

  it('are released once the hold is lifted', async () => {
    await planner.hold('Drawing changes', order);
    const [lifted] = await planner.lift(order);
    assert.equal(lifted?.result, 'lifted');
    assert.deepEqual(await holdOf(order), [null, null, null]);
    assert.equal((await rowOf(order))?.version, 3);
    assert.equal((await planner.release(order))[0]?.result, 'released');
  });

  it('leave the reason in the audit trail, of the hold and of the lift', async () => {
    await planner.hold('Drawing changes', order);
    await planner.runner.run(
      {
        ...{ company: { code: company, name: '', timeZone: 'Europe/Rome' }, actor: 'bruno' },
        ...{ asked: { kind: 'lift', reason: 'Drawing is out' }, sequence: 'byStart' },
        orders: [{ key: key(order), version: 2 }],
      },
      uuidv7(),
    );
    const { rows } = await pool.query(
      'select event, actor, reason, from_state, to_state, version from audit_event order by version',
    );
    const states = { from_state: 'launched', to_state: 'launched' };
    assert.deepEqual(rows, [
      { event: 'hold', actor: 'anna', reason: 'Drawing changes', ...states, version: 2 },
      { event: 'lift', actor: 'bruno', reason: 'Drawing is out', ...states, version: 3 },
    ]);
  });

  it('are held and refused in one run, each by itself', async () => {
    await addOrder(pool, { number: 7, state: 'executive' });
    await addOrder(pool, { number: 8 });
    const outcomes = await planner.hold('Tool broken', order, '2026/7/0', '2026/8/0');
    assert.deepEqual(
      outcomes.map(({ result, refusals }) => [result, ...refusals.map(({ code }) => code)]),
      [['held'], ['refused', 'HLD-03'], ['held']],
    );
    const runs = await createPostgresRunLedger(pool, 'reader').list(company, {}, { limit: 1 });
    const { command, succeeded, refused: no, movements } = runs.items[0] ?? {};
    assert.deepEqual([command, succeeded, no, movements], ['hold', 2, 1, 0]);
  });

  it('do not keep an executive order from being restored', async () => {
    await planner.release(order);
    await pool.query(
      `update production_order set hold_reason = 'Found out later', held_at = now(), held_by = 'erp'`,
    );
    assert.equal((await planner.restore(order))[0]?.result, 'restored');
    assert.deepEqual(codesOf((await planner.release(order))[0]), ['REL-17']);
  });

  it('HLD-01 an order on hold already names who, when and why', async () => {
    await createPlanner(pool, 'bruno').hold('Drawing changes', order);
    const [, , at] = await holdOf(order);
    const params = { order, reason: 'Drawing changes', user: 'bruno', at };
    assert.deepEqual(await refused(() => planner.hold('Another reason', order)), [
      { code: 'HLD-01', params },
    ]);
  });

  it('HLD-02 an order that is not on hold', async () => {
    assert.deepEqual(await refused(() => planner.lift(order)), [{ code: 'HLD-02', params: { order } }]);
  });

  it('HLD-03 an order that is not launched', async () => {
    await planner.release(order);
    const refusals = await refused(() => planner.hold('Too late', order));
    assert.deepEqual(refusals, [{ code: 'HLD-03', params: { order, state: 'executive' } }]);
  });

  it('HLD-04 an order somebody changed meanwhile names the user and the time', async () => {
    const bruno = createPlanner(pool, 'bruno');
    await bruno.release(order);
    await bruno.restore(order);
    const { rows } = await pool.query<{ at: string }>('select changed_at as at from production_order');
    const ran = await planner.runner.run(
      {
        ...{ company: { code: company, name: '', timeZone: 'Europe/Rome' }, actor: 'anna' },
        ...{ asked: { kind: 'hold', reason: 'Seen an hour ago' }, sequence: 'byStart' },
        orders: [{ key: key(order), version: 1 }],
      },
      uuidv7(),
    );
    assert.ok(ran.kind === 'run');
    const outcomes = await createPostgresRunLedger(pool, 'reader').outcomes(company, ran.run.id, {
      limit: 1,
    });
    const params = { order, user: 'bruno', at: rows[0]?.at };
    assert.deepEqual(outcomes.items[0]?.refusals, [{ code: 'HLD-04', params }]);
  });

  it('ORD-01 an order that does not exist', async () => {
    assert.deepEqual(
      (await refused(() => planner.hold('Nobody there', '2026/999/0'))).map(({ code }) => code),
      ['ORD-01'],
    );
  });

  it('are judged alike by the preview, which writes nothing', async () => {
    await planner.hold('Drawing changes', order);
    await addOrder(pool, { number: 8 });
    const before = await bookState(pool);
    const marked = [
      { key: key(order), version: 2 },
      { key: key('2026/8/0'), version: 1 },
    ];
    const moment = { company, actor: 'anna', at: '2026-11-20T08:00:00.000Z' as never };
    const hold = await planner.book.preview({ kind: 'hold', reason: 'Tool broken' }, marked, moment);
    const lift = await planner.book.preview({ kind: 'lift', reason: null }, marked, moment);
    const seen = (preview: typeof hold) =>
      preview.outcomes.map(({ result, refusals }) => [result, ...refusals.map(({ code }) => code)]);
    assert.deepEqual(seen(hold), [['refused', 'HLD-01'], ['held']]);
    assert.deepEqual(seen(lift), [['lifted'], ['refused', 'HLD-02']]);
    assert.deepEqual(await bookState(pool), before);
  });
});
