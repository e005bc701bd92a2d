import assert from 'node:assert/strict';
import { Download } from '../../../src/contract/downloads';
import { MovementPage } from '../../../src/contract/movements';
import { Preview, RunReply } from '../../../src/contract/runs';
import { readPdf } from '../papers/read-pdf';
import { newKey, problemIn, today, useAdapter } from './adapter';

const later = '2026-12-01';

describe('POST /api/runs with posting day and papers of single orders', function () {
  this.timeout(30_000);
  const adapter = useAdapter();
  const post = (payload: object, key?: string, url = '/api/runs') =>
    adapter.send('POST', url, { payload, ...(key !== undefined && { key }) });
  const commit = async (payload: object, key = newKey()) => {
    const reply = await post({ command: 'release', ...payload }, key);
    assert.equal(reply.statusCode, 200, reply.body);
    return RunReply.parse(reply.json());
  };
  const preview = async (payload: object) =>
    Preview.parse((await post({ command: 'release', ...payload, dryRun: true })).json());
  /** Day by order of what a run posted. */
  const daysOf = async (run: string) => {
    const { items } = MovementPage.parse((await adapter.send('GET', `/api/movements?run=${run}`)).json());
    return Object.fromEntries(items.map(({ order, postedOn }) => [order, postedOn]));
  };
  const leftOut = ({ items }: RunReply['outcomes']) =>
    Object.fromEntries(
      items.map(({ key, warnings }) => [key, warnings.map(({ params }) => params['context'])]),
    );

  /** Launched orders with two operations each, to the day. */
  async function add(...numbers: number[]) {
    await adapter.add(...numbers.map((number) => ({ number, lines: { A: '1' } })));
    await adapter.pool.query(
      `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
       select company_id, order_id, n, '100', 'Operation ' || n, '2026-11-23', '2026-11-23', true, false
         from production_order cross join unnest(array[10, 20]) n where number = any($1)`,
      [numbers],
    );
    await adapter.pool.query('update production_order set operation_lines = 2 where number = any($1)', [
      numbers,
    ]);
    return numbers.map((number) => ({ key: `2026/${number}/0`, version: 1 }));
  }
  /** The same and, below it, an order of its job order that makes its material A. */
  async function addWithSubOrder(number: number) {
    const [order] = await add(number, number + 1);
    await adapter.pool.query(
      `update production_order set job_order = $1::text, item = case number when $1::int then item else 'A' end,
              bom_level = case number when $1::int then 1 else 2 end
        where number in ($1::int, $1::int + 1)`,
      [number],
    );
    await adapter.pool.query(
      `update order_material set item = 'D' where order_id in (select order_id from production_order where number = $1)`,
      [number + 1],
    );
    return order;
  }

  it('posts each on its day, the others on that of all, and a repeated request posts nothing more', async () => {
    const [first, second, third] = await add(1, 2, 3);
    const body = {
      postingDate: '2026-11-18',
      orders: [first, { ...second, postingDate: later }, { ...third, postingDate: '2026-11-18' }],
    };
    const key = newKey();
    const { run } = await commit(body, key);
    assert.deepEqual(await daysOf(run.id), {
      '2026/1/0': '2026-11-18',
      '2026/2/0': later,
      '2026/3/0': '2026-11-18',
    });
    const again = await commit(body, key);
    assert.deepEqual([again.replayed, again.run.movements], [true, 3]);
    const undone = await post({}, newKey(), `/api/runs/${run.id}/undo`);
    assert.equal(RunReply.parse(undone.json()).run.succeeded, 3);
  });

  it('goes by the plant’s day where only single orders name one', async () => {
    const [first, second] = await add(5, 6);
    const { run } = await commit({ orders: [first, { ...second, postingDate: later }] });
    assert.deepEqual(await daysOf(run.id), { '2026/5/0': today, '2026/6/0': later });
  });

  it('is another request with another day, or other papers, of one order', async () => {
    const [order] = await add(10);
    const key = newKey();
    await commit({ orders: [{ ...order, postingDate: later, papers: ['routeCard'] }] }, key);
    for (const changed of [
      { papers: ['routeCard'] },
      { postingDate: '2026-12-02', papers: ['routeCard'] },
      { postingDate: later },
      { postingDate: later, papers: ['jobCard'] },
    ])
      problemIn(
        await post({ command: 'release', orders: [{ ...order, ...changed }] }, key),
        'keyOfOtherRequest',
        422,
      );
  });

  it('of an order that is named twice the first counts', async () => {
    const [order] = await add(12);
    const { run } = await commit({ orders: [order, { ...order, postingDate: later }] });
    assert.deepEqual(await daysOf(run.id), { '2026/12/0': today });
  });

  it('takes sub-orders along on the day, and with the papers, of their order; the preview says with which', async () => {
    const order = await addWithSubOrder(20);
    const body = {
      references: true,
      papers: ['routeCard'],
      orders: [{ ...order, postingDate: later, papers: ['jobCard'] }],
    };
    const told = await preview(body);
    assert.deepEqual(
      told.outcomes.map(({ key, goesWith }) => [key, goesWith]),
      [
        ['2026/20/0', undefined],
        ['2026/21/0', '2026/20/0'],
      ],
    );
    const { run, outcomes } = await commit(body);
    assert.deepEqual(await daysOf(run.id), { '2026/20/0': later, '2026/21/0': later });
    assert.deepEqual(leftOut(outcomes), { '2026/20/0': ['jobCard'], '2026/21/0': ['jobCard'] });
  });

  it('REL-16 is told of the papers that the order itself is to have', async () => {
    const [first, second, third] = await add(30, 31, 32);
    const { run, outcomes } = await commit({
      papers: ['jobCard'],
      orders: [first, { ...second, papers: ['routeCard', 'routeJobs'] }, { ...third, papers: [] }],
    });
    assert.deepEqual(leftOut(outcomes), {
      '2026/30/0': ['jobCard'],
      '2026/31/0': ['routeJobs'],
      '2026/32/0': [],
    });
    assert.deepEqual([run.papers, run.ownPapers], [['jobCard'], true]);
  });

  describe('prints what was asked for', () => {
    let run: RunReply['run'];
    const pagesOf = async (payload: object) => {
      const asked = await post({ kind: 'papers', ...payload }, undefined, '/api/downloads');
      const file = await adapter.send('GET', Download.parse(asked.json()).address);
      return (await readPdf(file.rawPayload)).map(
        ({ text }) => `${/2026\/\d+\/0/.exec(text)?.[0]} ${/Job card|Route card|left out/.exec(text)?.[0]}`,
      );
    };

    before(async () => {
      const [first, second, third] = await add(40, 41, 42);
      ({ run } = await commit({
        papers: ['routeCard'],
        orders: [first, { ...second, papers: [] }, { ...third, papers: ['routeCard', 'jobCard'] }],
      }));
    });

    it('of each order its own, in sequence, in one file', async () => {
      assert.deepEqual(await pagesOf({ run: run.id }), [
        '2026/40/0 Route card',
        '2026/42/0 Route card',
        '2026/42/0 left out',
      ]);
      const printed = RunReply.parse((await post({ run: run.id }, newKey(), '/api/papers')).json());
      assert.deepEqual(leftOut(printed.outcomes), { '2026/40/0': [], '2026/42/0': ['jobCard'] });
      assert.deepEqual(printed.run.papers, ['jobCard', 'routeCard']);
      assert.deepEqual(await pagesOf({ run: printed.run.id }), [
        '2026/40/0 Route card',
        '2026/42/0 Route card',
      ]);
    });

    it('unless the print names others, which are for all', async () => {
      assert.deepEqual(await pagesOf({ run: run.id, papers: ['routeCard'] }), [
        '2026/40/0 Route card',
        '2026/41/0 Route card',
        '2026/42/0 Route card',
      ]);
    });

    it('is nothing where no order is to have any', async () => {
      const [order] = await add(50);
      const plain = await commit({ papers: ['routeCard'], orders: [{ ...order, papers: [] }] });
      problemIn(await post({ run: plain.run.id }, newKey(), '/api/papers'), 'nothingToPrint', 409);
    });
  });

  for (const [what, order, path] of [
    ['a posting day of an order with another command', { postingDate: later }, 'orders'],
    ['papers of an order with another command', { papers: [] }, 'orders'],
  ] as const)
    it(`refuses ${what}`, async () => {
      const body = { command: 'restore', orders: [{ key: '2026/1/0', version: 1, ...order }] };
      const problem = problemIn(await post(body, newKey()), 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map((each) => each.path),
        [path],
      );
    });

  for (const [what, order, path] of [
    ['a posting day that is none', { postingDate: '2026-02-30' }, 'orders.0.postingDate'],
    ['papers that there are not', { papers: ['pickList'] }, 'orders.0.papers.0'],
  ] as const)
    it(`refuses ${what}`, async () => {
      const body = { command: 'release', orders: [{ key: '2026/1/0', version: 1, ...order }] };
      const problem = problemIn(await post(body, newKey()), 'invalidRequest', 400);
      assert.deepEqual(
        problem.errors?.map((each) => each.path),
        [path],
      );
    });
});
