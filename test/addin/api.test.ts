import assert from 'node:assert/strict';
import { createAttempts } from '../../src/addin/api/attempts';
import { connect, type Fetch } from '../../src/addin/api/connection';
import { type OrderBookApi, orderBookApi } from '../../src/addin/api/order-book';
import { performRun, type RunCalls } from '../../src/addin/api/perform-run';
import { ApiError } from '../../src/addin/api/errors';
import { MovementQuery } from '../../src/contract/movements';
import type { RunReply, RunSummary } from '../../src/contract/runs';
import { instant } from '../../src/domain/calendar';
import { orderKey } from '../../src/domain/order';
import { anOrder, anOutcome } from './excel/workbook';

type Answer = { status: number; data: unknown } | 'no answer';
const session = {
  user: 'anna',
  company: { code: '1', name: 'Contoso', timeZone: 'Europe/Rome' },
  companies: [],
  rights: ['release', 'restore'],
  today: '2026-11-20',
  version: '1',
};
const key = orderKey({ year: 2026, number: 1, lot: 0 });

describe('the API client', () => {
  let asked: { path: string; query: Record<string, string[]>; headers: Headers; body: unknown }[];
  const never = new AbortController().signal;
  const apiAnswering = (...answers: Answer[]): OrderBookApi => {
    asked = [];
    const fetch: Fetch = async (address, { headers, body, signal }) => {
      signal?.throwIfAborted();
      const { origin, pathname, searchParams } = new URL(address);
      assert.equal(origin, 'https://plant');
      const query = Object.fromEntries(
        [...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]),
      );
      asked.push({ path: pathname, query, headers: new Headers(headers), body });
      const answer = answers.shift() ?? 'no answer';
      if (answer === 'no answer') throw new TypeError('Failed to fetch');
      const text = typeof answer.data === 'string' ? answer.data : JSON.stringify(answer.data);
      return new Response(text, { status: answer.status });
    };
    return orderBookApi(
      connect(() => ({ baseUrl: 'https://plant', language: 'it', company: 'C1' }), fetch),
      async () => {},
    );
  };

  it('says who asks, in which language', async () => {
    assert.equal((await apiAnswering({ status: 200, data: session }).session()).user, 'anna');
    const headers = asked[0]?.headers;
    assert.deepEqual([headers?.get('accept-language'), headers?.get('x-company')], ['it', 'C1']);
  });

  it('gives the bytes of a file, and the problem where there is none', async () => {
    const problem = {
      type: 'urn:launchbook:problem:busy',
      title: 'Too many exports at once',
      status: 503,
      code: 'busy',
      detail: 'Wait.',
    };
    const api = apiAnswering({ status: 200, data: 'PK-1' }, { status: 503, data: problem });
    const query = { item: 'A%', warehouse: ['1', '2'] };
    const file = await api.file({ kind: 'movements', query }, { format: 'xlsx' }, never);
    assert.equal(Buffer.from(file).toString(), 'PK-1');
    assert.deepEqual(asked[0]?.query, { item: ['A%'], warehouse: ['1', '2'], format: ['xlsx'] });
    const list = api.file({ kind: 'withdrawals', run: 'r17' }, { format: 'csv' }, never);
    await assert.rejects(list, { code: 'problem' });
    assert.deepEqual(asked[1]?.query, { format: ['csv'] });
  });

  it('tells a sign-in that has run out from an order book that is away', async () => {
    for (const status of [401, 403]) {
      const api = apiAnswering({ status, data: '<html>Sign in</html>' });
      await assert.rejects(api.session(), { code: 'signedOut' });
    }
  });

  it("asks for everybody's runs of today, and for all outcomes of one", async () => {
    const page = (next: string | null) => ({ status: 200, data: { items: [], next, total: 0 } });
    const api = apiAnswering(page(null), page('2'), page(null));
    await api.runsOfToday();
    await api.outcomes('r1', () => {}, never);
    assert.deepEqual(
      asked.map(({ path, query }) => [path, query]),
      [
        ['/api/runs', { from: ['today'], limit: ['50'] }],
        ['/api/runs/r1/outcomes', { limit: ['1000'] }],
        ['/api/runs/r1/outcomes', { limit: ['1000'], cursor: ['2'] }],
      ],
    );
  });

  it('asks for the movements of many orders in several requests, each with as many as are allowed', async () => {
    const page = { status: 200, data: { items: [], next: null, total: 0 } };
    const order = Array.from({ length: 450 }, (_, lot) => orderKey({ year: 2026, number: 1, lot }));
    await apiAnswering(page, page, page).movements({ order });
    const lists = asked.map(({ query }) => MovementQuery.parse({ order: query['order'] }).order ?? []);
    assert.deepEqual(
      lists.map((list) => list.length),
      [200, 200, 50],
    );
    assert.deepEqual(lists.flat(), order);
  });

  it('reads all pages, and an order that comes twice once', async () => {
    const api = apiAnswering(
      { status: 200, data: { items: [anOrder(1), anOrder(2)], next: 'p2', total: 3 } },
      { status: 200, data: { items: [anOrder(2), anOrder(3)], next: null, total: null } },
    );
    const progress: [number, number][] = [];
    const orders = await api.search(
      { state: ['launched'] },
      'materials',
      (done, total) => progress.push([done, total]),
      never,
    );
    assert.deepEqual(
      orders.map((order) => order.key),
      ['2026/1/0', '2026/2/0', '2026/3/0'],
    );
    assert.deepEqual(progress, [
      [2, 3],
      [3, 3],
    ]);
    const query = { state: ['launched'], include: ['materials'], limit: ['500'] };
    assert.deepEqual(
      asked.map((request) => request.query),
      [query, { ...query, cursor: ['p2'] }],
    );
  });

  it('tells no answer from an answer it cannot read', async () => {
    await assert.rejects(apiAnswering('no answer').session(), { code: 'unreachable' });
    await assert.rejects(apiAnswering({ status: 504, data: '<html>' }).session(), { code: 'unreachable' });
    await assert.rejects(apiAnswering({ status: 200, data: { user: 1 } }).session(), {
      code: 'unknownReply',
    });
    await assert.rejects(apiAnswering({ status: 400, data: '<html>' }).session(), { code: 'unknownReply' });
  });

  it('carries the reasons of a refusal', async () => {
    const problem = {
      type: 'about:blank',
      title: 'Refused',
      status: 409,
      code: 'refused',
      detail: '',
      refusals: [{ code: 'DEC-01', params: { state: 'launched' } }],
    };
    const declared = apiAnswering({ status: 409, data: problem }).openDeclaration(
      key,
      { quantity: '1' },
      'k',
    );
    await assert.rejects(declared, (error: ApiError) => {
      assert.equal(error.problem?.refusals?.[0]?.code, 'DEC-01');
      assert.equal(error.undecided, false);
      return true;
    });
    assert.equal(asked[0]?.headers.get('idempotency-key'), 'k');
  });

  it('follows a declaration that takes longer than an answer', async () => {
    const api = apiAnswering(
      {
        status: 202,
        data: { run: aRun('open', 0), replayed: false, outcomes: { items: [], next: null, total: null } },
      },
      { status: 200, data: aRun('done') },
      { status: 200, data: { items: [anOutcome(1, { result: 'declared' })], next: null, total: 1 } },
    );
    const { run, outcomes } = await api.stepDeclaration(key, 1, 'register', 'k');
    assert.deepEqual([run.state, outcomes[0]?.result], ['done', 'declared']);
  });

  it('registers with the lot of the output where there is one, and without a body otherwise', async () => {
    for (const details of [undefined, { lot: 'L7' }]) {
      const done = { run: aRun('done'), replayed: false, outcomes: { items: [], next: null, total: 0 } };
      await apiAnswering({ status: 200, data: done }).stepDeclaration(key, 1, 'register', 'k', details);
      assert.deepEqual(
        [asked[0]?.path, asked[0]?.body],
        [`/api/orders/${key}/declarations/1/register`, details && JSON.stringify(details)],
      );
    }
  });

  it('stops when the planner cancels', async () => {
    const abort = new AbortController();
    abort.abort();
    const search = apiAnswering({ status: 200, data: {} }).search({}, null, () => {}, abort.signal);
    await assert.rejects(search, { code: 'cancelled' });
  });
});

describe('a run', () => {
  const page = { items: [anOutcome(1)], next: null, total: 1 };
  const reply = (run: RunSummary): RunReply => ({
    run,
    replayed: false,
    outcomes: run.state === 'open' ? { items: [], next: null, total: null } : page,
  });
  const calls = (changes: Partial<RunCalls>): RunCalls => ({
    open: async () => reply(aRun('done')),
    summary: async () => aRun('done'),
    outcomes: async () => page,
    cancel: async () => aRun('cancelled'),
    ...changes,
  });
  const perform = (changes: Partial<RunCalls>, signal = new AbortController().signal) => {
    const progress: number[] = [];
    return performRun(
      calls(changes),
      (done) => progress.push(done),
      signal,
      async () => {},
    ).then((done) => ({
      ...done,
      progress,
    }));
  };

  it('comes back at once when it is done at once', async () => {
    const done = await perform({});
    assert.deepEqual(done.outcomes, page.items);
  });

  it('is followed to its end, with progress', async () => {
    const answers = [aRun('open', 1), aRun('open', 2), aRun('done', 3)];
    const done = await perform({
      open: async () => reply(aRun('open', 0)),
      summary: async () => answers.shift() ?? assert.fail('asked after its end'),
    });
    assert.deepEqual(done.progress, [0, 1, 2, 3]);
    assert.deepEqual(done.outcomes, page.items);
  });

  it('outlives a few lost answers, not many', async () => {
    const lost = new ApiError('unreachable', '/api/runs');
    const answers = [lost, lost, aRun('done')];
    const summary = async () => {
      const answer = answers.shift() ?? lost;
      if (answer instanceof ApiError) throw answer;
      return answer;
    };
    const open = async () => reply(aRun('open', 0));
    assert.equal((await perform({ open, summary })).run.state, 'done');
    await assert.rejects(perform({ open, summary }), lost);
  });

  it('stays undecided when a question about it is refused after it was opened', async () => {
    const problem = { type: '', title: '', status: 404, code: 'notFound', detail: '' } as const;
    const refused = () => Promise.reject(new ApiError('problem', '/api/runs', problem));
    await assert.rejects(perform({ open: refused }), { undecided: false });
    const open = async () => reply(aRun('open', 0));
    await assert.rejects(perform({ open, summary: refused }), { undecided: true });
  });

  it('is cancelled once and then followed on', async () => {
    const abort = new AbortController();
    abort.abort();
    let cancels = 0;
    const cancel = async () => {
      cancels += 1;
      return aRun('open', 1);
    };
    const done = await perform(
      { open: async () => reply(aRun('open', 0)), cancel, summary: async () => aRun('cancelled', 2) },
      abort.signal,
    );
    assert.deepEqual([cancels, done.run.state], [1, 'cancelled']);
  });
});

describe('attempts', () => {
  it('keep their key until a definite answer', () => {
    let keys = 0;
    const attempts = createAttempts(() => `key ${(keys += 1)}`);
    assert.deepEqual(
      [attempts.keyFor('a'), attempts.keyFor('b'), attempts.keyFor('a')],
      ['key 1', 'key 2', 'key 1'],
    );
    attempts.settled('a');
    assert.equal(attempts.keyFor('a'), 'key 3');
  });
});

function aRun(state: RunSummary['state'], done = 3): RunSummary {
  return {
    id: '01900000-0000-7000-8000-000000000000',
    number: 17,
    command: 'release',
    state,
    actor: 'anna',
    openedAt: instant(new Date(0)),
    closedAt: null,
    postingDate: null,
    undoes: null,
    total: 3,
    done,
    succeeded: done,
    refused: 0,
    skipped: 0,
    failed: 0,
    movements: 2,
    undoable: 0,
  };
}
