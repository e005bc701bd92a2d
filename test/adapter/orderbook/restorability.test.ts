import assert from 'node:assert/strict';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { quantity, zero } from '../../../src/domain/quantity';
import { createPlanner, key } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

describe('what a restore would say of orders', () => {
  const { database, pool, planner } = usePlanner('anna');

  beforeEach(async () => {
    await setStock(pool, { A: '100' });
    for (const number of [1, 2, 3]) await addOrder(pool, { number, lines: { A: '10' } });
    await planner.release('2026/1/0', '2026/2/0');
  });

  const said = async (...numbers: number[]) => {
    const keys = numbers.map((number) => key(`2026/${number}/0`));
    const found = await planner.book.restorabilities(company, keys);
    return keys.map((of) => {
      const one = found.get(of);
      const codes = one?.refusals.map(({ code }) => code).join(' ');
      return one && [codes, one.next && `${one.next.step} ${one.next.declaration}`];
    });
  };
  const declare = (step: 'register' | 'rollBack' | 'delete', number: number) =>
    planner.declare('2026/1/0', { step, number });
  const open = (amount: string, closing = false) =>
    planner.declare('2026/1/0', { step: 'open', quantity: quantity(amount), scrap: zero, closing });

  it('is judged by its own rules, for each order by itself; unknown orders are left out', async () => {
    await open('4');
    assert.deepEqual(await said(1, 2, 3, 9), [
      ['RES-02', 'delete 1'],
      ['', null],
      ['RES-01', null],
      undefined,
    ]);
  });

  it('leads a fulfilled order back step by step until it can be restored', async () => {
    await open('4');
    await declare('register', 1);
    await open('6', true);
    await declare('register', 2);
    const seen: unknown[] = [];
    for (const [step, number] of [
      ['rollBack', 2],
      ['delete', 2],
      ['rollBack', 1],
      ['delete', 1],
    ] as const) {
      seen.push((await said(1))[0]);
      assert.equal((await declare(step, number)).result, 'declared');
    }
    assert.deepEqual(seen, [
      ['RES-03 RES-02', 'rollBack 2'],
      ['RES-02', 'delete 2'],
      ['RES-02', 'rollBack 1'],
      ['RES-02', 'delete 1'],
    ]);
    assert.deepEqual(await said(1), [['', null]]);
    assert.equal((await planner.restore('2026/1/0'))[0]?.result, 'restored');
  });

  it('names the last declaration, with what was last done with it', async () => {
    await open('4');
    await declare('register', 1);
    await open('6');
    const last = async () => {
      const [detail] = await planner.book.read(company, [key('2026/1/0')]);
      const { number, registered, by } = detail?.restore.lastDeclaration ?? {};
      return [number, registered, by];
    };
    assert.deepEqual(await last(), [2, false, 'anna']);
    await declare('delete', 2);
    assert.deepEqual(await last(), [1, true, 'anna']);
  });

  it('costs the same number of statements for one order and for many', async () => {
    await open('4');
    const count = async (...numbers: number[]) => {
      const asked: string[] = [];
      const counting = createPool(database.connectionString);
      counting.on('connect', (client) => {
        const query = client.query.bind(client);
        client.query = ((...args: Parameters<typeof query>) => {
          asked.push(JSON.stringify(args[0]));
          return query(...args);
        }) as typeof client.query;
      });
      await createPlanner(counting).book.restorabilities(
        company,
        numbers.map((number) => key(`2026/${number}/0`)),
      );
      await counting.end();
      return asked.length;
    };
    const one = await count(1);
    assert.ok(one > 0);
    assert.equal(await count(1, 2, 3), one);
  });
});
