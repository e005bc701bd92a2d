import assert from 'node:assert/strict';
import { MovementPage } from '../../../src/contract/movements';
import { OrderDetail, OrderPage } from '../../../src/contract/orders';
import { CompanyList, Session } from '../../../src/contract/plant';
import { RunReply, type RunSummary } from '../../../src/contract/runs';
import { contentsOf, copyCompany } from '../orderbook/second-company';
import { countLines, setStock } from '../orderbook/small-plant';
import { ample, newKey, problemIn, useAdapter } from './adapter';

const THEIRS = 'Theirs';
const order = '/api/orders/2026/1/0';
const saved = '/api/saved-searches/mine';

/** Routes that belong to no company, say which there are, or name it in their address; a download is asked for before. */
const aboutAll = new Set([
  '/api/companies',
  '/api/downloads/{company}/{token}',
  '/api/health',
  '/api/imports/{company}/{id}',
  '/api/openapi.json',
  '/api/ready',
  '/api/session',
]);
/** Searches over more tables than the one searched; the second half looks for what only the other company has. */
const searches = [
  '/api/orders/2026/6/0',
  '/api/orders?item=%25product%25',
  '/api/orders?order=1&workCentre=100',
  '/api/movements?item=A',
  '/api/movements?order=2026/1/0',
  '/api/orders?item=%25Theirs%25',
  '/api/orders?customer=Theirs',
  '/api/orders?category=Theirs',
  '/api/orders?machine=THEIRS',
  '/api/orders?workCentre=THEIRS',
  '/api/orders?usageFrom=2031-01-01',
  '/api/orders?releasedBy=Theirs',
  '/api/orders?runNumber=12345',
  '/api/orders?onHold=true',
  '/api/movements?postedBy=Theirs',
  '/api/movements?runNumber=12345',
  '/api/movements?item=%25Theirs%25',
  '/api/warehouse-requests?item=B',
  '/api/warehouse-requests?warehouse=MAG1&kind=putAway',
  '/api/warehouse-requests?item=%25Theirs%25',
  '/api/warehouse-requests?runNumber=12345',
];

// A forgotten company shows where the other one's row comes first, or where it comes last.
for (const other of ['DE', 'XX']) {
  describe(`two companies with the same orders, items, warehouses and ids, the other one ${other}`, () => {
    const adapter = useAdapter();
    const theirs = { headers: { 'x-company': other } };
    const ours = { headers: { 'x-company': 'IT' } };
    const post = (url: string, payload: object, headers: typeof ours, key = newKey()) =>
      adapter.send('POST', url, { payload, key, ...headers });
    const marked = (...orders: [number, number][]) =>
      orders.map(([number, version]) => ({ key: `2026/${number}/0`, version }));

    let run: string;
    let theirReleased: RunSummary;
    let alone: Map<string, string>;

    /** The address of every route that reads, as the API describes itself, filled in. */
    async function addresses(): Promise<string[]> {
      const { paths } = (await adapter.send('GET', '/api/openapi.json')).json<{
        paths: Record<string, Record<string, unknown>>;
      }>();
      const reading = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []));
      return [
        ...reading
          .filter((path) => !aboutAll.has(path))
          .map((path) =>
            path
              .replace(/whole$/, 'whole?order=2026%2F1%2F0&order=2026%2F2%2F0')
              .replace('{barcode}', 'PO1')
              .replace('/api/orders/{year}/{number}/{lot}', order)
              .replace('/api/runs/{id}', `/api/runs/${run}`),
          ),
        ...searches,
      ];
    }

    /** What our company reads everywhere, and is told before a run. */
    async function read(): Promise<Map<string, string>> {
      const answers = new Map<string, string>();
      for (const url of await addresses()) {
        const reply = await adapter.send('GET', url, ours);
        assert.equal(reply.statusCode, 200, `${url}: ${reply.body}`);
        answers.set(url, reply.body);
      }
      for (const [command, orders] of [
        ['release', marked([2, 1], [3, 1], [5, 1])],
        ['restore', marked([1, 3], [6, 4], [7, 2])],
      ] as const) {
        const reply = await adapter.send('POST', '/api/runs', {
          payload: { command, orders, dryRun: true },
          ...ours,
        });
        assert.equal(reply.statusCode, 200, reply.body);
        answers.set(`preview of ${command}`, reply.body);
      }
      return answers;
    }

    const runOf = async (reply: ReturnType<typeof post>) => {
      const answer = await reply;
      assert.equal(answer.statusCode, 200, answer.body);
      return RunReply.parse(answer.json()).run;
    };
    const release = (headers: typeof ours, ...orders: [number, number][]) =>
      runOf(post('/api/runs', { command: 'release', orders: marked(...orders) }, headers));
    const restore = (headers: typeof ours, ...orders: [number, number][]) =>
      runOf(post('/api/runs', { command: 'restore', orders: marked(...orders) }, headers));
    const declare = (headers: typeof ours, number: number, step: string, body = {}) =>
      runOf(post(`/api/orders/2026/${number}/0/declarations${step}`, body, headers));
    const closing = { quantity: '50', closing: true };

    before(
      'our company works, then the other one gets a copy of everything and goes its own way',
      async () => {
        const { pool } = adapter;
        await setStock(pool, { ...ample, A: '550' });
        await adapter.add(...[1, 2, 3, 4, 5, 6, 7].map((number) => ({ number })));
        await pool.query(`
      insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
      select company_id, order_id, 10, '100', 'Assembly', start_on, end_on, true, true from production_order`);
        await countLines(pool);
        ({ id: run } = await release(ours, [1, 1], [4, 1], [6, 1], [7, 1]));
        await runOf(post('/api/papers', { orders: ['2026/7/0'], papers: ['routeCard'] }, ours));
        await restore(ours, [4, 2]);
        await declare(ours, 1, '', { quantity: '10' });
        await declare(ours, 6, '', closing);
        await declare(ours, 6, '/1/register');
        await pool.query(`
      update warehouse set consumption_handling = 'pick_mandatory';
      insert into inbound_request
      select company_id, order_id, 'MAG1', item, variant, quantity, unit, released_run, released_at, 'planner'
        from production_order where state = 'executive'`);
        alone = await read();

        await copyCompany(pool, 'IT', other);
        await pool.query(`
      update company set name = '${THEIRS}' where company_id = '${other}';
      update item set description = '${THEIRS}' where company_id = '${other}';
      update work_centre set name = '${THEIRS}' where company_id = '${other}';
      update warehouse set name = '${THEIRS}' where company_id = '${other}';
      update production_order set customer = '${THEIRS}' where company_id = '${other}';
      update stock set opening = opening + 5000, on_hand = on_hand + 5000 where company_id = '${other}';`);
        theirReleased = await release(theirs, [2, 1], [3, 1], [5, 1]);
        await declare(theirs, 6, '/1/roll-back');
        await runOf(
          adapter.send('DELETE', '/api/orders/2026/6/0/declarations/1', { key: newKey(), ...theirs }),
        );
        await restore(theirs, [6, 6]);
        await declare(theirs, 2, '', closing);
        await declare(theirs, 7, '', { quantity: '10' });
        const search = { payload: { query: { item: 'B%' } }, ...theirs };
        assert.ok((await adapter.send('PUT', saved, search)).statusCode < 300);
        // From here on nothing could be released there any more.
        await pool.query(`
      update order_operation set work_centre = 'THEIRS', machine = 'THEIRS', description = '${THEIRS}'
       where company_id = '${other}';
      update order_material set usage_on = '2031-01-01' where company_id = '${other}';
      update production_order set released_by = '${THEIRS}' where company_id = '${other}' and released_by is not null;
      update movement_record set posted_by = '${THEIRS}' where company_id = '${other}';
      update run set number = 12345 where company_id = '${other}' and run_id = '${run}';
      update item set blocked = true, category = '${THEIRS}', pickup_type = 'manual', warehouse = 'MAG2', deposit_warehouse = 'MAG2',
             deposit_reason = 'SCP', stock_managed = false, lot_managed = true where company_id = '${other}';
      update production_order set hold_reason = '${THEIRS}', held_by = '${THEIRS}', held_at = now()
       where company_id = '${other}' and state = 'launched';
      delete from deposit_default where company_id = '${other}';
      delete from withdrawal_default where company_id = '${other}';
      update movement_reason set direction = 'load', name = '${THEIRS}' where company_id = '${other}';
      insert into closed_period values ('${other}', '', '2026-01-01', '2026-12-31');
      insert into reservation values ('${other}', 'THEIRS', 1, 'A', '', 'MAG1', '', 5000, null);
      update company set shortage_policy = 'negative' where company_id = '${other}';`);
      },
    );

    it('are both named to whoever asks, and one of them has to be chosen', async () => {
      const { items } = CompanyList.parse((await adapter.send('GET', '/api/companies')).json());
      assert.deepEqual(
        items.map(({ code, name }) => [code, name]),
        [
          [other, THEIRS],
          ['IT', 'Esempio'],
        ].sort(),
      );
      const problem = problemIn(await adapter.send('GET', '/api/session'), 'unknownCompany', 400);
      assert.ok(problem.detail.includes(other) && problem.detail.includes('IT'), problem.detail);
      const session = Session.parse((await adapter.send('GET', '/api/session', theirs)).json());
      assert.deepEqual([session.company.code, session.companies.length], [other, 2]);
    });

    it('read the same as when they were alone, on every route', async () => {
      const after = await read();
      assert.ok(after.size > 10);
      for (const [url, answer] of alone) assert.equal(after.get(url), answer, url);
      assert.ok(![...after.values()].some((answer) => answer.includes(THEIRS)));
    });

    it('read their own', async () => {
      const { items, total } = OrderPage.parse((await adapter.send('GET', '/api/orders', theirs)).json());
      assert.deepEqual([total, new Set(items.map(({ customer }) => customer))], [7, new Set([THEIRS])]);
      const detail = OrderDetail.parse((await adapter.send('GET', order, theirs)).json());
      assert.deepEqual([detail.description, detail.materials[0]?.description], [THEIRS, THEIRS]);
    });

    it('write nothing of one another’s', async () => {
      const untouched = await contentsOf(adapter.pool, other);
      const done = await release(ours, [2, 1], [3, 1]);
      assert.deepEqual([done.succeeded, done.refused, done.movements], [2, 0, 6]);
      assert.equal((await release(ours, [5, 1])).refused, 1);
      const undone = await runOf(post(`/api/runs/${done.id}/undo`, {}, ours));
      assert.deepEqual([undone.succeeded, undone.movements], [2, 6]);
      const hold = { command: 'hold', reason: 'drawing', orders: marked([2, 3]) };
      assert.equal((await runOf(post('/api/runs', hold, ours))).succeeded, 1);
      const lift = { command: 'lift', orders: marked([2, 4]) };
      assert.equal((await runOf(post('/api/runs', lift, ours))).succeeded, 1);
      const search = { payload: { query: { item: 'A%' } }, ...ours };
      assert.ok((await adapter.send('PUT', saved, search)).statusCode < 300);
      assert.ok((await adapter.send('DELETE', saved, ours)).statusCode < 300);
      assert.equal((await post(`/api/runs/${run}/cancel`, {}, ours)).statusCode, 200);
      assert.equal((await declare(ours, 6, '/1/roll-back')).movements, 2);
      assert.equal((await declare(ours, 6, '/1/register')).movements, 2);
      await declare(ours, 1, '/1/register');
      await declare(ours, 1, '/1/roll-back');
      const deleted = await adapter.send('DELETE', `${order}/declarations/1`, { key: newKey(), ...ours });
      assert.equal(deleted.statusCode, 200, deleted.body);
      assert.deepEqual(await contentsOf(adapter.pool, other), untouched);
    });

    it('have stock of their own: what is short in one is there in the other', async () => {
      assert.deepEqual([theirReleased.succeeded, theirReleased.refused], [3, 0]);
      const url = '/api/movements?status=posted&order=2026/3/0';
      const movements = async (whose: typeof ours) =>
        MovementPage.parse((await adapter.send('GET', url, whose)).json()).items.length;
      assert.deepEqual([await movements(ours), await movements(theirs)], [0, 3]);
    });

    it('have request keys of their own: the same key in the other one is another run', async () => {
      const key = newKey();
      const body = { command: 'release', orders: marked([5, 1]) };
      assert.equal(RunReply.parse((await post('/api/runs', body, theirs, key)).json()).replayed, false);
      assert.equal(RunReply.parse((await post('/api/runs', body, ours, key)).json()).replayed, false);
      assert.equal(RunReply.parse((await post('/api/runs', body, ours, key)).json()).replayed, true);
    });

    it('know no run and no order that only the other one has', async () => {
      const { id: only } = await restore(theirs, [5, 2]);
      problemIn(await adapter.send('GET', `/api/runs/${only}`, ours), 'notFound', 404);
      problemIn(await adapter.send('GET', `/api/runs/${only}/outcomes`, ours), 'notFound', 404);
      problemIn(await post(`/api/runs/${only}/undo`, {}, ours), 'notFound', 404);
      await adapter.pool.query(`
      update production_order set number = 900 where company_id = '${other}' and number = 4;
      update outcome set order_key = '2026/900/0' where company_id = '${other}' and order_key = '2026/4/0';
      update run set order_keys = array_replace(order_keys, '2026/4/0', '2026/900/0') where company_id = '${other}'`);
      problemIn(await adapter.send('GET', '/api/orders/2026/900/0', ours), 'notFound', 404);
      assert.equal((await adapter.send('GET', '/api/orders/2026/900/0', theirs)).statusCode, 200);
    });
  });
}
