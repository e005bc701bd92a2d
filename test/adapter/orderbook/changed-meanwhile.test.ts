import assert from 'node:assert/strict';
import type { PoolClient } from 'pg';
import { quantity, zero } from '../../../src/domain/quantity';
import type { StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { createPlanner } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/125/0';
const theOrder = 'select from production_order for no key update';
const theStock = `select from stock where item in ('A', 'C') for no key update`;

describe('what an import changes while a command waits for it', () => {
  const { database, pool, planner } = usePlanner('anna');

  beforeEach('order 2026/125/0 has what it needs', async () => {
    await setStock(pool, { A: '100', D: '100', E: '100', C: '100' });
    await addOrder(pool, { number: 125 });
  });

  /** Acts while another transaction, which then makes its changes known, holds the locks. */
  async function meanwhile<T>(locks: string, changes: string, act: () => Promise<T>): Promise<T> {
    const other = await database.pool.connect();
    try {
      await other.query('begin');
      await other.query(locks);
      const acting = act();
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await database.pool.query(waiting)).rowCount === 0);
      await other.query(changes);
      await other.query('commit');
      return await acting;
    } finally {
      other.release();
    }
  }
  const why = (outcome: StoredOutcome | undefined) =>
    outcome?.refusals.map(({ code, params }) => [code, params['context'] ?? params['warehouse'] ?? '']);

  const reservation = `insert into reservation values ('${company}', 'SO1', 1, 'A', '', 'MAG1', '', 1, null)`;
  const period = `insert into closed_period values ('${company}', 'MAG1', '2020-01-01', '2099-12-31')`;

  for (const [what, locks] of [
    ['the order', theOrder],
    ['its stock', theStock],
  ] as const) {
    it(`a first reservation keeps its stock from a release that waited for ${what}`, async () => {
      const [outcome] = await meanwhile(locks, reservation, () => planner.release(order));
      assert.deepEqual(why(outcome), [['REL-10', 'reserved']]);
    });

    it(`a period that is closed is closed to a release that waited for ${what}`, async () => {
      const [outcome] = await meanwhile(locks, period, () => planner.release(order));
      assert.deepEqual(why(outcome), [['REL-11', 'MAG1']]);
    });
  }

  it('a release withdraws from the first warehouses that sites have of their own', async () => {
    await pool.query(`update item set warehouse = null, reason = null`);
    const changes = `insert into withdrawal_default values ('${company}', 'S1', 'raw_material', 'MAG2', 'SCP')`;
    await pool.query(`update stock set warehouse = 'MAG2' where item in ('A', 'D')`);
    await meanwhile(theOrder, changes, () => planner.release(order));
    assert.deepEqual(await planner.movementsOf(order), ['MAG2/SCP A 100', 'MAG2/SCP D 3', 'MAG2/SCP E 50']);
  });

  it('an item that is blocked is blocked for a release', async () => {
    const [outcome] = await meanwhile(theOrder, 'update item set blocked = true', () =>
      planner.release(order),
    );
    assert.deepEqual(why(outcome), [['REL-06', '']]);
  });

  it('a period that is closed is closed to a restore', async () => {
    await planner.release(order);
    const [outcome] = await meanwhile(theStock, period, () => planner.restore(order));
    assert.deepEqual(why(outcome), [['RES-05', 'MAG1']]);
  });

  it('a period that is closed is closed to a declaration', async () => {
    await planner.release(order);
    await planner.declare(order, { step: 'open', quantity: quantity('50'), scrap: zero, closing: true });
    const outcome = await meanwhile(theStock, period, () =>
      planner.declare(order, { step: 'register', number: 1 }),
    );
    assert.deepEqual(why(outcome), [['DEC-12', 'MAG1']]);
  });

  it('master data that changes between two readings of one release is read again', async () => {
    await pool.query(`update item set reason = 'NONE' where item = 'E'`);
    const watched = createPool(database.connectionString);
    try {
      let changes = 0;
      watched.on('connect', (client) =>
        aheadOf(client, 'w.reason is null', async () => {
          changes += 1;
          await pool.query(`update item set reason = 'SCP' where item = 'E'`);
        }),
      );
      const [outcome] = await createPlanner(watched, 'anna').release(order);
      assert.deepEqual([outcome?.result, outcome?.movements, changes], ['released', 3, 1]);
    } finally {
      await watched.end();
    }
  });

  /** Does something ahead of each statement of a connection that has this text in it. */
  function aheadOf(client: PoolClient, text: string, act: () => Promise<void>): void {
    const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
    const acting = async (...given: unknown[]) => {
      if (JSON.stringify(given[0]).includes(text)) await act();
      return query(...given);
    };
    Object.assign(client, { query: acting });
  }
});
