import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { createPool } from '../../src/adapter/orderbook/postgres/database';
import { createPostgresOrderBook } from '../../src/adapter/orderbook/postgres/book';
import { migrate } from '../../src/adapter/orderbook/postgres/migrate';
import { createPostgresRunLedger } from '../../src/adapter/runs/postgres-run-ledger';
import type { Asked } from '../../src/adapter/runs/request';
import { createRunner } from '../../src/adapter/runs/runner';
import { calendarDate, instant, localTime, type Instant } from '../../src/domain/calendar';
import type { MarkedOrder, OrderKey } from '../../src/domain/order';
import { defaultOptions } from '../../src/domain/refresh/options';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { useDatabase } from '../postgres';
import { importSample } from './plant-at-work';

const code = 'CONTOSO';
const prepare = (connectionString: string) => migrate(connectionString);
const fail = (message: string, error: unknown): never => {
  throw new Error(message, { cause: error });
};
const shown = (at: Instant | null) =>
  at === null ? '–' : localTime('Europe/London', at).slice(5, 16).replace('T', ' ');

describe('an order that is entered at Contoso Coffee', () => {
  const database = useDatabase(prepare);
  const order = { item: 'SP-SCM1009', variant: '', quantity: '10', due: calendarDate('2025-06-13') };

  it('is made of the bill and the serial routing of the Airpot: refreshed back, forward, moved by hand, released, and done anew', async () => {
    await importSample(database.pool, 'contoso-coffee');
    const pool = createPool(database.connectionString);
    const holder = uuidv7();
    const clock = () => instant(new Date('2025-06-02T09:00:00Z'));
    const [book, ledger] = [createPostgresOrderBook(pool, fail), createPostgresRunLedger(pool, holder)];
    const log = { error: (fields: object, message: string) => fail(message, fields) };
    const runner = createRunner({ ...{ book, ledger, clock, holder, log }, replyWithin: 60_000 });
    const [company] = await book.companies();
    assert.ok(company);
    const run = async (asked: Asked, orders: readonly MarkedOrder[]) => {
      const ran = await runner.run(
        { company, actor: 'planner', asked, orders, sequence: 'asGiven' },
        uuidv7(),
      );
      assert.ok(ran.kind === 'run' && ran.run.succeeded === orders.length, JSON.stringify(ran));
    };
    const read = async (key: OrderKey) => {
      const [found] = await book.read(code, [key]);
      assert.ok(found);
      return found;
    };
    const operations = async (key: OrderKey) =>
      (await read(key)).operations.map(
        (each) => `${each.operation}: ${shown(each.startsAt)} – ${shown(each.endsAt)}`,
      );

    const [key] = await book.newKeys(code, 2025, 1);
    assert.ok(key);
    await run({ kind: 'create', orders: [order] }, [{ key, version: 0 }]);
    await run({ kind: 'refresh', ...defaultOptions, changes: {} }, [{ key, version: 1 }]);
    assert.deepEqual(await operations(key), [
      ...['10: 06-12 14:40 – 06-13 09:30', '20: 06-13 09:30 – 06-13 12:50'],
      ...['30: 06-13 12:50 – 06-13 14:30', '40: 06-13 14:30 – 06-13 16:00'],
    ]);
    const { materials } = await read(key);
    assert.equal(materials.length, 13);
    assert.deepEqual(
      materials.slice(0, 4).map(({ item, quantity, unit }) => `${item} ${quantity} ${unit}`),
      ['SP-BOM1101 10 PCS', 'SP-BOM2000 10 PCS', 'SP-BOM1102 10 PCS', 'SP-BOM1103 40 PCS'],
    );

    const changes = { [key]: { start: calendarDate('2025-06-11') } };
    await run({ kind: 'refresh', ...defaultOptions, direction: 'forward', changes }, [{ key, version: 2 }]);
    assert.deepEqual(await operations(key), [
      ...['10: 06-11 08:00 – 06-11 10:50', '20: 06-11 10:50 – 06-11 14:10'],
      ...['30: 06-11 14:10 – 06-11 15:50', '40: 06-11 15:50 – 06-12 09:20'],
    ]);
    const wiring = {
      part: 'operation',
      orderLine: 10_000,
      operation: 20,
      startsAt: instant(new Date('2025-06-13T07:00:00Z')),
      edit: {},
    } as const;
    await run({ kind: 'change', change: wiring }, [{ key, version: 3 }]);
    assert.deepEqual(await operations(key), [
      ...['10: 06-11 08:00 – 06-11 10:50', '20: 06-13 08:00 – 06-13 11:20'],
      ...['30: 06-13 11:20 – 06-13 13:00', '40: 06-13 13:00 – 06-13 14:30'],
    ]);
    await run({ kind: 'release', postingDate: undefined }, [{ key, version: 4 }]);
    assert.equal((await read(key)).state, 'executive');
    const posted = async () =>
      (await book.movements(code, { order: [key], status: 'posted' }, { limit: 100 })).items.length;
    const before = await posted();
    const anew = { ...defaultOptions, executive: 'restoreAndRelease', direction: 'forward' } as const;
    await run({ kind: 'refresh', ...anew, changes, postingDate: undefined }, [{ key, version: 5 }]);
    assert.equal((await operations(key))[1], '20: 06-11 10:50 – 06-11 14:10');
    assert.deepEqual([(await read(key)).state, await posted()], ['executive', before]);
    await assertInvariants(database.pool);
    await pool.end();
  });
});
