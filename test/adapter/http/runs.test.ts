import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { MovementPage } from '../../../src/contract/movements';
import { OrderDetail } from '../../../src/contract/orders';
import { OutcomePage, Preview, RunPage, RunReply, RunSummary } from '../../../src/contract/runs';
import type { AppOptions } from '../../../src/adapter/app';
import { newKey, problemIn, today, useAdapter } from './adapter';

interface Marked {
  readonly key: string;
  readonly version: number;
}
const order = (number: number, version = 1): Marked => ({ key: `2026/${number}/0`, version });
const release = (...orders: Marked[]) => ({ command: 'release', orders });
const restore = (...orders: Marked[]) => ({ command: 'restore', orders });

function runIn(reply: LightMyRequestResponse, status = 200): RunReply {
  assert.equal(reply.statusCode, status, reply.body);
  return RunReply.parse(reply.json());
}

describe('POST /api/runs', () => {
  const adapter = useAdapter();
  const post = (payload: object, key?: string, headers = {}) =>
    adapter.send('POST', '/api/runs', { payload, headers, ...(key !== undefined && { key }) });
  const movementsOf = async (key: string): Promise<number> =>
    MovementPage.parse((await adapter.send('GET', `/api/movements?order=${key}&status=posted`)).json()).items
      .length;

  it('releases orders and returns each as it is now', async () => {
    await adapter.add({ number: 1 }, { number: 2 });
    const { run, replayed, outcomes } = runIn(await post(release(order(1), order(2)), newKey()));
    assert.equal(run.state, 'done');
    assert.equal(run.succeeded, 2);
    assert.equal(run.actor, 'anna');
    assert.equal(replayed, false);
    assert.deepEqual(
      outcomes.items.map(({ key, result, movements, order }) => [
        key,
        result,
        movements,
        order?.state,
        order?.version,
      ]),
      [
        ['2026/1/0', 'released', 3, 'executive', 2],
        ['2026/2/0', 'released', 3, 'executive', 2],
      ],
    );
    assert.equal(outcomes.items[0]?.order?.runNumber, run.number);
  });

  it('reports orders it refuses beside those it releases', async () => {
    await adapter.add({ number: 3 }, { number: 4, state: 'fulfilled' });
    const { run, outcomes } = runIn(await post(release(order(3), order(4), order(99)), newKey()));
    assert.deepEqual([run.succeeded, run.refused], [1, 2]);
    assert.deepEqual(
      outcomes.items.map(({ result, refusals, order }) => [
        result,
        refusals.map(({ code }) => code),
        order?.state,
      ]),
      [
        ['released', [], 'executive'],
        ['refused', ['REL-01'], 'fulfilled'],
        ['refused', ['ORD-01'], undefined],
      ],
    );
  });

  it('restores what a release did', async () => {
    await adapter.add({ number: 5 });
    runIn(await post(release(order(5)), newKey()));
    const { outcomes } = runIn(await post(restore(order(5, 2)), newKey()));
    assert.equal(outcomes.items[0]?.result, 'restored');
    assert.equal(await movementsOf('2026/5/0'), 0);
  });

  it('acts once on an order that is given twice; the first one counts', async () => {
    await adapter.add({ number: 6 });
    const { run, outcomes } = runIn(await post(release(order(6), order(6, 77)), newKey()));
    assert.equal(run.total, 1);
    assert.equal(outcomes.items[0]?.result, 'released');
  });

  it('returns the stored outcomes to the same request, and does nothing twice', async () => {
    await adapter.add({ number: 7 }, { number: 8 });
    const key = newKey();
    const first = runIn(await post(release(order(7), order(8)), key));
    const again = runIn(await post(release(order(8), order(7)), key));
    assert.equal(again.replayed, true);
    assert.deepEqual(again.run, first.run);
    assert.deepEqual(again.outcomes, first.outcomes);
    assert.equal(await movementsOf('2026/7/0'), 3);
  });

  it('still knows the request on the next day, though its posting date was left open', async () => {
    await adapter.add({ number: 9 });
    const key = newKey();
    const first = runIn(await post(release(order(9)), key));
    const before = adapter.now;
    adapter.now = '2026-11-21T09:00:00.000Z' as typeof adapter.now;
    const again = runIn(await post(release(order(9)), key));
    adapter.now = before;
    assert.deepEqual(again.run, first.run);
  });

  it('refuses a key that was used with another body', async () => {
    await adapter.add({ number: 10 });
    const key = newKey();
    runIn(await post(release(order(10)), key));
    problemIn(await post(restore(order(10, 2)), key), 'keyOfOtherRequest', 422);
    problemIn(await post(release(order(10), order(1)), key), 'keyOfOtherRequest', 422);
    assert.equal(await movementsOf('2026/10/0'), 3);
  });

  for (const key of [undefined, 'short', 'x'.repeat(201), 'tab\there', ' blank at the ends ']) {
    it(`needs a proper key, not ${JSON.stringify(key)?.slice(0, 20)}`, async () => {
      problemIn(await post(release(order(1)), key), 'missingIdempotencyKey', 400);
    });
  }

  it('posts on the plant’s day when none is given', async () => {
    await adapter.add({ number: 11 });
    const { run } = runIn(await post(release(order(11)), newKey()));
    const { items } = MovementPage.parse((await adapter.send('GET', `/api/movements?run=${run.id}`)).json());
    assert.deepEqual(new Set(items.map(({ postedOn }) => postedOn)), new Set([today]));
  });

  it('posts on the day that is given', async () => {
    await adapter.add({ number: 12 });
    const { run } = runIn(await post({ ...release(order(12)), postingDate: '2026-11-18' }, newKey()));
    const { items } = MovementPage.parse((await adapter.send('GET', `/api/movements?run=${run.id}`)).json());
    assert.deepEqual(new Set(items.map(({ postedOn }) => postedOn)), new Set(['2026-11-18']));
  });

  it('only looks with dryRun: no key needed, nothing written', async () => {
    await adapter.add({ number: 13 });
    const runsBefore = RunPage.parse((await adapter.send('GET', '/api/runs')).json()).total;
    const reply = await post({ ...release(order(13)), dryRun: true });
    const preview = Preview.parse(reply.json());
    assert.equal(preview.outcomes[0]?.result, 'released');
    assert.deepEqual(
      preview.warehouses.map(({ warehouse, movements }) => [warehouse, movements]),
      [
        ['MAG1', 2],
        ['MAG2', 1],
      ],
    );
    assert.equal(await movementsOf('2026/13/0'), 0);
    const detail = OrderDetail.parse((await adapter.send('GET', '/api/orders/2026/13/0')).json());
    assert.deepEqual([detail.state, detail.version], ['launched', 1]);
    assert.equal(RunPage.parse((await adapter.send('GET', '/api/runs')).json()).total, runsBefore);
  });

  it('names each part of a body that cannot be used, in the caller’s language', async () => {
    const body = {
      command: 'release',
      orders: [order(1), { key: '2026/0125/0', version: 'x' }],
      postingDate: '31/12/2026',
    };
    const { errors } = problemIn(
      await post(body, newKey(), { 'accept-language': 'it-IT,en;q=0.8' }),
      'invalidRequest',
      400,
    );
    assert.deepEqual(errors, [
      { path: 'orders.1.key', message: 'Scrivere un ordine come anno/numero/lotto, ad esempio 2026/125/0.' },
      { path: 'orders.1.version', message: 'Deve essere un numero.' },
      { path: 'postingDate', message: 'Scrivere un giorno come anno-mese-giorno, ad esempio 2026-11-20.' },
    ]);
  });

  it('refuses a run of nothing', async () => {
    const { errors } = problemIn(await post(release(), newKey()), 'invalidRequest', 400);
    assert.deepEqual(errors, [{ path: 'orders', message: 'This needs 1 or more entries.' }]);
  });
});

describe('a run that takes longer than its caller waits', () => {
  const gate = { open: (): void => undefined, closed: Promise.resolve() };
  const adapter = useAdapter(({ book }): Partial<AppOptions> => ({
    replyWithin: 0,
    chunkSize: 1,
    book: {
      ...book,
      perform: async (...chunk) => {
        await gate.closed;
        return book.perform(...chunk);
      },
    },
  }));
  const close = (): void => {
    gate.closed = new Promise((resolve) => {
      gate.open = resolve;
    });
  };
  const post = (payload: object, key: string) => adapter.send('POST', '/api/runs', { payload, key });
  /** Asks until the run has ended, as a caller does. */
  const ended = async (id: string): Promise<RunSummary> => {
    for (;;) {
      const run = RunSummary.parse((await adapter.send('GET', `/api/runs/${id}`)).json());
      if (run.state !== 'open') return run;
    }
  };
  afterEach(() => gate.open());

  it('answers 202 with the open run, goes on, and replays when done', async () => {
    await adapter.add({ number: 20 }, { number: 21 });
    const key = newKey();
    close();
    const reply = await post(release(order(20), order(21)), key);
    const { run, replayed, outcomes } = runIn(reply, 202);
    assert.deepEqual([run.state, run.total, run.done, replayed], ['open', 2, 0, false]);
    assert.deepEqual(outcomes.items, []);
    assert.equal(reply.headers.location, `/api/runs/${run.id}`);

    const meanwhile = runIn(await post(release(order(20), order(21)), key), 202);
    assert.equal(meanwhile.run.id, run.id, 'in flight: the same run, not another');

    gate.open();
    assert.equal((await ended(run.id)).succeeded, 2);
    const again = runIn(await post(release(order(20), order(21)), key));
    assert.equal(again.replayed, true);
    assert.equal(again.outcomes.items.length, 2);
  });

  it('stops before the next chunk when it is cancelled; what is done stays done', async () => {
    await adapter.add({ number: 22 }, { number: 23 });
    close();
    const { run } = runIn(await post(release(order(22), order(23)), newKey()), 202);
    const cancelled = RunSummary.parse((await adapter.send('POST', `/api/runs/${run.id}/cancel`)).json());
    assert.equal(cancelled.state, 'cancelled');
    gate.open();
    const end = await ended(run.id);
    assert.deepEqual([end.state, end.done], ['cancelled', 0]);
    const untouched = OrderDetail.parse((await adapter.send('GET', '/api/orders/2026/22/0')).json());
    assert.equal(untouched.state, 'launched');
  });

  it('leaves a run that has ended as it is when it is cancelled', async () => {
    await adapter.add({ number: 24 });
    const { run } = RunReply.parse((await post(release(order(24)), newKey())).json());
    const done = await ended(run.id);
    const cancelled = RunSummary.parse((await adapter.send('POST', `/api/runs/${run.id}/cancel`)).json());
    assert.deepEqual(cancelled, done);
  });
});

describe('GET /api/runs', () => {
  const adapter = useAdapter();
  before(async () => {
    await adapter.add({ number: 30 }, { number: 31 }, { number: 32 });
    for (const number of [30, 31]) {
      await adapter.send('POST', '/api/runs', { payload: release(order(number)), key: newKey() });
    }
  });

  it('lists runs, newest first, page by page', async () => {
    const first = RunPage.parse((await adapter.send('GET', '/api/runs?limit=1')).json());
    assert.deepEqual([first.total, first.items[0]?.number], [2, 2]);
    const url = `/api/runs?limit=1&cursor=${encodeURIComponent(first.next ?? '')}`;
    assert.equal(RunPage.parse((await adapter.send('GET', url)).json()).items[0]?.number, 1);
  });

  it('gives the outcomes of a run page by page, in its sequence', async () => {
    const payload = restore(order(30, 2), order(31, 2), order(32));
    const { run } = RunReply.parse(
      (await adapter.send('POST', '/api/runs', { payload, key: newKey() })).json(),
    );
    const url = `/api/runs/${run.id}/outcomes`;
    const first = OutcomePage.parse((await adapter.send('GET', `${url}?limit=2`)).json());
    const next = encodeURIComponent(first.next ?? '');
    const second = OutcomePage.parse((await adapter.send('GET', `${url}?limit=2&cursor=${next}`)).json());
    assert.deepEqual(
      [...first.items, ...second.items].map(({ key, result }) => `${key} ${result}`),
      ['2026/30/0 restored', '2026/31/0 restored', '2026/32/0 refused'],
    );
    assert.equal(second.next, null);
  });

  for (const id of ['01890000-0000-7000-8000-000000000000', 'seventeen']) {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/outcomes'],
      ['POST', '/cancel'],
    ] as const) {
      it(`has nothing at ${method} ${id}${path}`, async () => {
        problemIn(await adapter.send(method, `/api/runs/${id}${path}`), 'notFound', 404);
      });
    }
  }
});
