import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { OutcomePage, RunPage, RunReply, RunSummary } from '../../../src/contract/runs';
import { instant, type Instant } from '../../../src/domain/calendar';
import { newKey, problemIn, useAdapter } from './adapter';

describe('the runs of a plant', () => {
  const adapter = useAdapter();
  /** Each run by its name in this story. */
  const runs = new Map<string, RunSummary>();
  let bruno: FastifyInstance;

  const order = (number: number, version = 1) => ({ key: `2026/${number}/0`, version });
  async function run(name: string, payload: object, by: FastifyInstance = adapter.server): Promise<void> {
    const headers = { 'idempotency-key': newKey() };
    const reply = await by.inject({ method: 'POST', url: '/api/runs', payload, headers });
    assert.equal(reply.statusCode, 200, reply.body);
    runs.set(name, RunReply.parse(reply.json()).run);
  }
  const page = async (query: string): Promise<RunPage> =>
    RunPage.parse((await adapter.send('GET', `/api/runs?${query}`)).json());
  const nameOf = (id: string) => [...runs].find(([, summary]) => summary.id === id)?.[0];
  const found = async (query: string) => (await page(query)).items.map(({ id }) => nameOf(id));
  const address = (name: string) => `/api/runs/${runs.get(name)?.id}`;

  before('two days of two planners', async () => {
    bruno = (await adapter.another({ user: 'bruno' })).server;
    await adapter.add({ number: 1 }, { number: 2 }, { number: 3 }, { number: 4 });
    const at = (text: string): Instant => instant(new Date(text));
    adapter.now = at('2026-11-19T22:30:00Z'); // 23:30 in Rome
    await run('yesterday', { command: 'release', orders: [order(1), order(9)] });
    adapter.now = at('2026-11-19T23:30:00Z'); // half past midnight in Rome
    await run('today', { command: 'release', orders: [order(2), order(3), order(1)] });
    adapter.now = at('2026-11-20T09:00:00Z');
    await run('brunos', { command: 'release', orders: [order(4)] }, bruno);
    await run('restored', { command: 'restore', orders: [order(3, 2)] });
  });

  it('are found by the days of the plant, not by those of UTC', async () => {
    assert.deepEqual(await found('from=today'), ['restored', 'brunos', 'today']);
    assert.deepEqual(await found('from=2026-11-20&to=2026-11-20'), ['restored', 'brunos', 'today']);
    assert.deepEqual(await found('to=2026-11-19'), ['yesterday']);
  });

  it('are found by who sent them', async () => {
    assert.deepEqual(await found('mine=true'), ['restored', 'today', 'yesterday']);
    assert.deepEqual(await found('actor=bruno'), ['brunos']);
    assert.deepEqual(await found('actor=bruno&mine=true'), []);
  });

  it('are found by state and command', async () => {
    assert.deepEqual(await found('state=open&state=cancelled'), []);
    assert.deepEqual(await found('state=done&command=restore'), ['restored']);
  });

  it('are found by an order, also those that refused it', async () => {
    assert.deepEqual(await found('order=2026/1/0'), ['today', 'yesterday']);
    assert.deepEqual(await found('order=2026/9/0'), ['yesterday']);
    assert.deepEqual(await found('order=2026/99/0'), []);
  });

  it('come in pages, all criteria holding on each, counted on the first', async () => {
    const first = await page('mine=true&limit=2');
    assert.deepEqual([first.items.length, first.total], [2, 3]);
    const second = await page(`mine=true&limit=2&cursor=${first.next}`);
    assert.deepEqual(
      second.items.map(({ id }) => nameOf(id)),
      ['yesterday'],
    );
    assert.deepEqual([second.next, second.total], [null, null]);
  });

  it('say who, when, what became of their orders, and the day they posted on', async () => {
    const { items } = await page('to=2026-11-19');
    const [{ id: _, ...run } = assert.fail()] = items;
    assert.deepEqual(run, {
      number: 1,
      command: 'release',
      state: 'done',
      actor: 'anna',
      openedAt: '2026-11-19T22:30:00.000Z',
      closedAt: '2026-11-19T22:30:00.000Z',
      postingDate: '2026-11-19',
      papers: null,
      ownPapers: false,
      undoes: null,
      total: 2,
      done: 2,
      succeeded: 1,
      refused: 1,
      skipped: 0,
      failed: 0,
      movements: 3,
      undoable: 1,
    });
  });

  it('say how many of their orders can still be undone', async () => {
    const undoable = new Map((await page('')).items.map(({ id, undoable: many }) => [nameOf(id), many]));
    assert.deepEqual(Object.fromEntries(undoable), { yesterday: 1, today: 1, brunos: 1, restored: 0 });
    // A declaration is in the way of a restore.
    const key = newKey();
    await adapter.send('POST', '/api/orders/2026/2/0/declarations', { payload: { quantity: '1' }, key });
    assert.equal((await page('from=today&mine=true&command=release')).items[0]?.undoable, 0);
    await adapter.send('DELETE', '/api/orders/2026/2/0/declarations/1', { key: newKey() });
    assert.equal(RunSummary.parse((await adapter.send('GET', address('today'))).json()).undoable, 1);
  });

  for (const [query, path] of [
    ['from=yesterday', 'from'],
    ['to=2026-02-30', 'to'],
    ['mine=yes', 'mine'],
    ['state=broken', 'state.0'],
    ['command=explode', 'command.0'],
    ['order=7', 'order'],
  ] as const) {
    it(`cannot be found by ${query}`, async () => {
      const problem = problemIn(await adapter.send('GET', `/api/runs?${query}`), 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map((error) => error.path),
        [path],
      );
    });
  }

  describe('have outcomes that', () => {
    const outcomes = async (name: string, query: string): Promise<OutcomePage> => {
      const reply = await adapter.send('GET', `${address(name)}/outcomes?${query}`);
      return OutcomePage.parse(reply.json());
    };

    it('are found by their result', async () => {
      const { items, total } = await outcomes('today', 'result=refused&result=failed');
      assert.deepEqual(
        items.map(({ key, refusals }) => [key, refusals.map(({ code }) => code)]),
        [['2026/1/0', ['REL-01', 'REL-03']]],
        'all refusals, not only the first',
      );
      assert.equal(total, 1);
    });

    it('are found by their result page by page', async () => {
      const first = await outcomes('today', 'result=released&limit=1');
      assert.deepEqual([first.items[0]?.key, first.total], ['2026/2/0', 2]);
      const second = await outcomes('today', `result=released&limit=1&cursor=${first.next}`);
      assert.deepEqual([second.items[0]?.key, second.next], ['2026/3/0', null]);
    });

    it('bring the movements that the run posted, with what became of them', async () => {
      const { items } = await outcomes('today', 'include=movements');
      assert.deepEqual(
        items.map(({ movementList }) => movementList?.map(({ item, status }) => `${item} ${status}`)),
        [[], ['A posted', 'D posted', 'E posted'], ['A restored', 'D restored', 'E restored']],
      );
    });

    it('bring the movements that the run took back', async () => {
      const { items } = await outcomes('restored', 'include=movements');
      assert.deepEqual(
        items[0]?.movementList?.map(({ item, quantity }) => `${item} ${quantity}`),
        ['A 100', 'D 3', 'E 50'],
      );
    });

    it('bring no movements unless they are asked for', async () => {
      assert.equal((await outcomes('today', '')).items[0]?.movementList, undefined);
    });
  });
});
