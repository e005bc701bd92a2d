import assert from 'node:assert/strict';
import { Download } from '../../../src/contract/downloads';
import { ScannedBarcode } from '../../../src/contract/papers';
import { OrderDetail } from '../../../src/contract/orders';
import { Preview, RunReply } from '../../../src/contract/runs';
import { readPdf, type ReadPage } from '../papers/read-pdf';
import { newKey, problemIn, useAdapter } from './adapter';

const outcomeOf = ({ outcomes }: RunReply) => outcomes.items[0];

describe('papers over HTTP', function () {
  this.timeout(30_000);
  const adapter = useAdapter();
  const all = ['jobCard', 'routeJobs', 'routeCard'];

  before('2026/1/0 with times, 2026/2/0 with days only, 2026/3/0 without operations', async () => {
    await adapter.add(
      ...[1, 2, 3].map((number) => ({ number, start: '2026-11-21', lines: { A: '10', E: '2.5' } })),
    );
    await adapter.pool.query(`
      insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable,
                                   starts_at, ends_at, setup_time, run_time)
      select company_id, order_id, n, '100', 'Operation ' || n, '2026-11-23', '2026-11-23', true, false,
             case number when 1 then timestamptz '2026-11-23 07:00Z' + n * interval '6 minutes' end,
             case number when 1 then timestamptz '2026-11-23 08:00Z' + n * interval '6 minutes' end, 15, 0.9
        from production_order cross join unnest(array[10, 20]) n where number in (1, 2);
      insert into capacity_need (company_id, order_id, order_line, operation, piece, kind, work_centre, machine, day, starts_at,
                                 ends_at, capacities, minutes)
      select company_id, order_id, 10000, operation, 1, 'run', '100', '', '2026-11-23', starts_at, ends_at, 1, 60
        from order_operation where starts_at is not null;
      update production_order o set operation_lines = 2 where number in (1, 2)`);
  });

  const post = (url: string, payload: object, key?: string) =>
    adapter.send('POST', url, { payload, ...(key !== undefined && { key }) });
  const marked = async (...numbers: number[]) => {
    const found = await adapter.pool.query<{ key: string; version: number }>(
      `select year || '/' || number || '/' || lot as key, version from production_order where number = any($1) order by number`,
      [numbers],
    );
    return found.rows;
  };
  async function release(numbers: number[], papers?: string[]) {
    const payload = { command: 'release', orders: await marked(...numbers), ...(papers && { papers }) };
    return RunReply.parse((await post('/api/runs', payload, newKey())).json());
  }
  const restore = async (...numbers: number[]) =>
    RunReply.parse(
      (await post('/api/runs', { command: 'restore', orders: await marked(...numbers) }, newKey())).json(),
    );
  async function print(payload: object) {
    const reply = await post('/api/papers', payload, newKey());
    assert.equal(reply.statusCode, 200, reply.body);
    return RunReply.parse(reply.json());
  }
  async function pages(payload: object, headers = {}): Promise<ReadPage[]> {
    const asked = await adapter.send('POST', '/api/downloads', {
      payload: { kind: 'papers', ...payload },
      headers,
    });
    assert.equal(asked.statusCode, 201, asked.body);
    const { address } = Download.parse(asked.json());
    const file = await adapter.send('GET', address);
    assert.equal(file.statusCode, 200, file.body);
    assert.equal(file.headers['content-type'], 'application/pdf');
    return readPdf(file.rawPayload);
  }
  const left = (outcome: RunReply['outcomes']['items'][number] | undefined) =>
    outcome?.warnings.map(({ code, params }) => `${code} ${params['context']}`);
  const printedOn = async (number: number) =>
    OrderDetail.parse((await adapter.send('GET', `/api/orders/2026/${number}/0`)).json()).printedOn;

  let run: RunReply['run'];

  it('REL-16: a release goes on without the papers an order cannot have, and says so; its preview, too', async () => {
    const asked = { command: 'release', orders: await marked(1, 2, 3), papers: all, dryRun: true };
    const preview = Preview.parse((await post('/api/runs', asked)).json());
    const done = await release([1, 2, 3], all);
    run = done.run;
    assert.deepEqual(run.papers, all);
    assert.deepEqual(
      done.outcomes.items.map(({ result }) => result),
      ['released', 'released', 'released'],
    );
    assert.deepEqual(done.outcomes.items.map(left), [
      [],
      ['REL-16 jobCard', 'REL-16 routeJobs'],
      ['REL-16 jobCard', 'REL-16 routeJobs', 'REL-16 routeCard'],
    ]);
    assert.deepEqual(preview.outcomes.map(left), done.outcomes.items.map(left));
  });

  it('are kept with a release only', async () => {
    const problem = problemIn(
      await post('/api/runs', { command: 'restore', orders: await marked(1), papers: all }, newKey()),
      'invalidRequest',
      400,
    );
    assert.deepEqual(
      problem.errors?.map(({ path }) => path),
      ['papers'],
    );
  });

  it('control prints give no number and change nothing', async () => {
    const found = await pages({ run: run.id });
    assert.deepEqual(
      found.map(({ text }) => [
        /2026\/\d\/0/.exec(text)?.[0],
        /Job card|Route jobs|Route card|Papers left out/.exec(text)?.[0],
      ]),
      [
        ['2026/1/0', 'Job card'],
        ['2026/1/0', 'Job card'],
        ['2026/1/0', 'Route jobs'],
        ['2026/1/0', 'Route card'],
        ['2026/2/0', 'Route card'],
        ['2026/2/0', 'Papers left out'],
      ],
    );
    assert.ok(found.slice(0, 5).every(({ text }) => text.includes('Control print')));
    assert.equal(await printedOn(1), null);
  });

  it('in the language that asks for them', async () => {
    const [page] = await pages({ orders: ['2026/1/0'], papers: ['routeCard'] }, { 'accept-language': 'it' });
    assert.match(page?.text ?? '', /Scheda del ciclo/);
  });

  let printed: RunReply;

  it('definitive ones have numbers in sequence and the day, and set the orders down as printed', async () => {
    printed = await print({ run: run.id });
    assert.deepEqual(
      printed.outcomes.items.map(({ key, result }) => [key, result]),
      [
        ['2026/1/0', 'printed'],
        ['2026/2/0', 'printed'],
        ['2026/3/0', 'refused'],
      ],
    );
    const found = await pages({ run: printed.run.id });
    assert.deepEqual(
      found.map(({ text }) => /No\. (\d+) · Nov 20, 2026/.exec(text)?.[1]),
      ['1', '1', '2', '3', '4'],
    );
    assert.deepEqual(
      [await printedOn(1), await printedOn(2), await printedOn(3)],
      ['2026-11-20', '2026-11-20', null],
    );
  });

  it('a replay prints nothing again', async () => {
    const key = newKey();
    const payload = { orders: ['2026/2/0'], papers: ['routeCard'] };
    const first = RunReply.parse((await post('/api/papers', payload, key)).json());
    const again = RunReply.parse((await post('/api/papers', payload, key)).json());
    assert.deepEqual([again.replayed, again.run.id], [true, first.run.id]);
    const [page] = await pages({ run: again.run.id });
    assert.match(page?.text ?? '', /No\. 4 .*Reprint 1/);
  });

  it('leave the version of an order as it is', async () => {
    const [before] = await marked(1);
    await print({ orders: ['2026/1/0'], papers: ['jobCard'] });
    assert.deepEqual(await marked(1), [before]);
  });

  it('PRT-01: are for executive orders', async () => {
    await adapter.add({ number: 4, start: '2026-11-21' });
    const reply = await print({ orders: ['2026/4/0'], papers: ['routeCard'] });
    assert.deepEqual(
      outcomeOf(reply)?.refusals.map(({ code }) => code),
      ['PRT-01'],
    );
  });

  it('their barcodes say order, operation and job', async () => {
    const scan = async (barcode: string) =>
      ScannedBarcode.parse((await adapter.send('GET', `/api/barcodes/${barcode}`)).json());
    const of = { order: '2026/1/0', orderLine: 10000, operation: 20 };
    assert.deepEqual(await scan('PO2'), {
      ...{
        order: '2026/1/0',
        of: 'order',
        paper: 2,
        kind: 'routeJobs',
        orderLine: null,
        operation: null,
        job: null,
      },
    });
    assert.deepEqual(await scan('op3.20'), {
      ...of,
      of: 'operation',
      paper: 3,
      kind: 'routeCard',
      job: null,
    });
    assert.deepEqual(await scan('JB1.20.P'), { ...of, of: 'job', paper: 1, kind: 'jobCard', job: 'process' });
  });

  it('DEC-17: a barcode of no paper, or of an operation that is not there', async () => {
    for (const barcode of ['PO999', 'OP3.70', '5901234123457']) {
      const { refusals } = problemIn(await adapter.send('GET', `/api/barcodes/${barcode}`), 'refused', 409);
      assert.deepEqual(
        refusals?.map(({ code }) => code),
        ['DEC-17'],
      );
    }
  });

  it('DEC-16: a restore voids them: their barcodes are refused, the pages say so, the order counts as not printed', async () => {
    assert.equal(outcomeOf(await restore(1))?.result, 'restored');
    const { refusals } = problemIn(await adapter.send('GET', '/api/barcodes/JB1.20.P'), 'refused', 409);
    assert.deepEqual(
      refusals?.map(({ code, params }) => [code, params['paper']]),
      [['DEC-16', '1']],
    );
    const found = await pages({ run: printed.run.id });
    assert.deepEqual(
      found.map(({ texts }) => texts.includes('VOID')),
      [true, true, true, true, false],
    );
    assert.equal(await printedOn(1), null);
  });

  it('a new release gets new numbers, never those of before', async () => {
    await release([1], ['routeCard']);
    const { run: again } = await print({ orders: ['2026/1/0'], papers: ['routeCard'] });
    const [page] = await pages({ run: again.id });
    assert.match(page?.text ?? '', /No\. 5 /);
    assert.doesNotMatch(page?.text ?? '', /Reprint/);
  });

  it('a run or orders, and papers: what is missing is said', async () => {
    const both = { run: run.id, orders: ['2026/1/0'], papers: all };
    for (const url of ['/api/papers', '/api/downloads']) {
      const kind = url === '/api/papers' ? {} : { kind: 'papers' };
      for (const body of [both, { papers: all }, { orders: ['2026/1/0'] }])
        problemIn(await post(url, { ...kind, ...body }, newKey()), 'invalidRequest', 400);
    }
    const { run: plain } = await release([4]);
    problemIn(await post('/api/papers', { run: plain.id }, newKey()), 'nothingToPrint', 409);
  });
});
