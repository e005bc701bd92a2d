import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import type { ChosenLotsOfOrder, StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import type { Preview } from '../../../src/contract/runs';
import { instant } from '../../../src/domain/calendar';
import { changeLine } from './fresh-book';
import { codesOf, createPlanner, key, postingDate } from './planner';
import { order, plant, useRefusingPlant } from './refusing-plant';
import { addOrder, company, countLines } from './small-plant';

interface CountedLot {
  readonly lot: string;
  readonly quantity: string;
  readonly received?: string;
  readonly expires?: string;
}

describe('lots in a release', () => {
  const the = useRefusingPlant();
  const moment = { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) };

  /** Item A is managed by lot from now on, and lies in these. */
  async function inLots(picking: string, ...lots: CountedLot[]): Promise<void> {
    await the.pool.query(`delete from stock where item = 'A'`);
    await the.pool.query(`update item set lot_managed = true, lot_picking = $1 where item = 'A'`, [picking]);
    for (const { lot, quantity, received = null, expires = null } of lots)
      await the.pool.query(
        `insert into stock (company_id, item, variant, warehouse, lot, opening, on_hand, received_on, expires_on)
         values ($1, 'A', '', 'MAG1', $2, $3, $3, $4, $5)`,
        [company, lot, quantity, received, expires],
      );
  }
  const example = () =>
    inLots(
      'fifo',
      { lot: 'L2', quantity: '90', received: '2026-10-20' },
      { lot: 'L1', quantity: '30', received: '2026-10-02' },
    );

  /** `lot quantity` of what an order has withdrawn of A, part by part. */
  async function taken(number: number): Promise<string[]> {
    const { rows } = await the.pool.query<{ part: string }>(
      `select m.part || ': ' || m.lot || ' ' || trim_scale(m.quantity) as part
         from movement m join production_order o using (company_id, order_id)
        where o.number = $1 and m.item = 'A' order by m.line, m.part`,
      [number],
    );
    return rows.map(({ part }) => part);
  }
  async function left(): Promise<string[]> {
    const { rows } = await the.pool.query<{ lot: string }>(
      `select lot || ' ' || trim_scale(on_hand) as lot from stock where item = 'A' order by lot collate "C"`,
    );
    return rows.map(({ lot }) => lot);
  }

  async function choose(lots: readonly ChosenLotsOfOrder[], ...orders: string[]): Promise<StoredOutcome[]> {
    const ran = await the.planner.runner.run(
      {
        ...{ company: plant, actor: 'anna', asked: { kind: 'release', postingDate, lots } },
        ...{ orders: orders.map((text) => ({ key: key(text), version: 1 })), sequence: 'byStart' },
      },
      uuidv7(),
    );
    assert.ok(ran.kind === 'run');
    return [...(await the.planner.ledger.outcomes(company, ran.run.id, { limit: 100 })).items];
  }
  const preview = (...orders: string[]): Promise<Preview> =>
    the.planner.book.preview(
      { kind: 'release', postingDate },
      orders.map((text) => ({ key: key(text), version: 1 })),
      moment,
    );
  const ofLine10 = (lots: Record<string, string>): ChosenLotsOfOrder => ({
    ...{ order: key(order), line: 10 },
    lots: Object.entries(lots).map(([lot, quantity]) => ({ lot, quantity })),
  });

  it('T-37 takes 30 of the older lot and 70 of the next, and a restore gives each back', async () => {
    await example();
    const previewed = await preview(order);
    const [outcome] = await the.planner.release(order);
    assert.deepEqual([outcome?.result, outcome?.movements], ['released', 4]);
    assert.deepEqual(await taken(125), ['1: L1 30', '2: L2 70']);
    assert.deepEqual(await left(), ['L1 0', 'L2 20']);
    assert.deepEqual(
      [previewed.outcomes[0]?.result, previewed.outcomes[0]?.movements, previewed.warehouses[0]?.movements],
      ['released', 4, 3],
    );
    const [restored] = await the.planner.restore(order);
    assert.deepEqual([restored?.result, restored?.movements], ['restored', 4]);
    assert.deepEqual(await left(), ['L1 30', 'L2 90']);
    const { rows } = await the.pool.query(
      `select lot, trim_scale(quantity)::text as quantity from restored_movement where item = 'A' order by part`,
    );
    assert.deepEqual(rows, [
      { lot: 'L1', quantity: '30' },
      { lot: 'L2', quantity: '70' },
    ]);
  });

  it('T-37 what lots lack is short, even where stock may go below zero and the release is forced', async () => {
    await inLots('fifo', { lot: 'L1', quantity: '30' }, { lot: 'L2', quantity: '60' });
    await the.pool.query(
      `update company set shortage_policy = 'negative'; update warehouse set negative_stock = true`,
    );
    const refusals = await the.refused(() => the.planner.force('Urgent', order));
    const of = { item: 'A', variant: '', warehouse: 'MAG1', unit: 'PC', lot: '' };
    assert.deepEqual(refusals, [
      { code: 'REL-10', params: { ...of, need: '100', available: '90', short: '10' } },
    ]);
  });

  it('REL-09 lots are picked by hand, and none is chosen', async () => {
    await inLots('manual', { lot: 'L1', quantity: '500' });
    const refusals = await the.refused(() => the.planner.release(order));
    const of = { order, line: '10', item: 'A', variant: '', warehouse: 'MAG1', unit: 'PC', need: '100' };
    assert.deepEqual(refusals, [{ code: 'REL-09', params: of }]);
  });

  it('takes the lots the planner chose, in the order they were given', async () => {
    await inLots('manual', { lot: 'L1', quantity: '500' }, { lot: 'L2', quantity: '500' });
    const [outcome] = await choose([ofLine10({ L2: '60.5', L1: '39.5' })], order);
    assert.equal(outcome?.result, 'released');
    assert.deepEqual(await taken(125), ['1: L2 60.5', '2: L1 39.5']);
  });

  it('REL-09 a choice that does not come to what the line needs, names no lot there is, or no line that takes lots', async () => {
    await example();
    for (const [choice, context] of [
      [ofLine10({ L1: '30', L2: '69' }), 'otherSum'],
      [ofLine10({ L1: '30', L7: '70' }), 'unknownLot'],
    ] as const) {
      const refusals = await the.refused(() => choose([choice], order));
      assert.deepEqual(
        refusals.map(({ code, params }) => [code, params['context']]),
        [['REL-09', context]],
      );
    }
    for (const line of [20, 40, 90]) {
      const refusals = await the.refused(() => choose([{ ...ofLine10({ L1: '1' }), line }], order));
      assert.deepEqual(refusals, [
        { code: 'REL-09', params: { order, line: String(line), context: 'otherLine' } },
      ]);
    }
  });

  it('draws from the lot that the line names, and from that lot first', async () => {
    await example();
    await changeLine(the.pool, 125, 'A', { lot: 'L2' });
    const refusals = await the.refused(() => the.planner.release(order));
    assert.deepEqual(
      refusals.map(({ code, params }) => [code, params['lot'], params['short']]),
      [['REL-10', 'L2', '10']],
    );
    await addOrder(the.pool, { number: 1, lines: { A: '50' } });
    await the.pool.query(
      `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
       select m.company_id, m.order_id, 90, m.item, m.variant, 'L1', m.unit, m.quantity_per, m.fixed, 25, m.usage_on
         from order_material m join production_order o using (company_id, order_id) where o.number = 1`,
    );
    await countLines(the.pool);
    assert.equal((await the.planner.release('2026/1/0'))[0]?.result, 'released');
    assert.deepEqual(await taken(1), ['1: L1 5', '2: L2 45', '1: L1 25']);
  });

  it('gives later orders what the earlier ones left of every lot, over chunks as in the preview', async () => {
    await example();
    for (const [number, need] of [
      [1, '20'],
      [2, '150'],
      [3, '60'],
      [4, '41'],
      [5, '40'],
    ] as const)
      await addOrder(the.pool, { number, lines: { A: need }, start: `2026-11-2${number}` });
    const orders = [1, 2, 3, 4, 5].map((number) => `2026/${number}/0`);
    const previewed = await preview(...orders);
    const outcomes = await createPlanner(the.pool, 'anna', 2).release(...orders);
    assert.deepEqual(
      outcomes.map((each) => [each.result, ...codesOf(each)]),
      [['released'], ['refused', 'REL-10'], ['released'], ['refused', 'REL-10'], ['released']],
    );
    assert.deepEqual(
      previewed.outcomes.map(({ result, refusals, movements }) => [result, refusals, movements]),
      outcomes.map(({ result, refusals, movements }) => [result, refusals, movements]),
    );
    assert.deepEqual(await taken(3), ['1: L1 10', '2: L2 50']);
    assert.deepEqual(await left(), ['L1 0', 'L2 0']);
  });

  it('respects what is reserved of a lot, and takes first what is reserved for the order', async () => {
    await example();
    await addOrder(the.pool, { number: 1, lines: { A: '40' } });
    await the.pool.query(
      `insert into reservation (company_id, document, line, item, variant, warehouse, lot, quantity, order_id)
       select company_id, 'R1', 1, 'A', '', 'MAG1', 'L2', 40, order_id from production_order where number = 125
       union all select '${company}', 'R2', 1, 'A', '', 'MAG1', 'L1', 5, null`,
    );
    assert.deepEqual(
      codesOf((await choose([{ ...ofLine10({ L1: '26' }), order: key('2026/1/0') }], '2026/1/0'))[0]),
      ['REL-09', 'REL-10'],
    );
    assert.equal((await the.planner.release(order))[0]?.result, 'released');
    assert.deepEqual(await taken(125), ['1: L2 75', '2: L1 25']);
  });

  it('REL-10 shows the lots there are where they have expired, but not to an order that something else keeps', async () => {
    await inLots('expiry', { lot: 'OLD', quantity: '500', expires: '2026-11-01' });
    const refused = await preview(order);
    assert.deepEqual(
      refused.outcomes[0]?.refusals.map(({ code, params }) => [code, params['context']]),
      [['REL-10', 'expired']],
    );
    assert.deepEqual(
      refused.lots.map(({ line, need, lots }) => [line, need, lots]),
      [[10, '100', []]],
    );
    assert.deepEqual(
      refused.lotStocks[0]?.lots.map(({ lot, expired, available }) => [lot, expired, available]),
      [['OLD', true, '500']],
    );
    await the.pool.query(`update stock set on_hand = 0, opening = 0 where item <> 'A'`);
    assert.deepEqual((await preview(order)).lots, []);
  });

  it('leaves out what has expired on the posting day, and warns of an expired lot that was chosen', async () => {
    await inLots(
      'expiry',
      { lot: 'OLD', quantity: '500', expires: '2026-11-19' },
      { lot: 'SOON', quantity: '80', expires: '2026-11-20' },
      { lot: 'LATE', quantity: '80', expires: '2027-11-20' },
    );
    const [warned] = await choose([ofLine10({ OLD: '100' })], order);
    assert.deepEqual(
      warned?.warnings.map(({ code, params }) => [code, params['lot'], params['date'], params['context']]),
      [['REL-09', 'OLD', '2026-11-19', 'expired']],
    );
    await the.planner.restore(order);
    await the.planner.release(order);
    assert.deepEqual(await taken(125), ['1: SOON 80', '2: LATE 20']);
  });

  it('shows before a release what each line would be drawn from, and what else there is', async () => {
    await inLots(
      'fifo',
      { lot: 'L1', quantity: '30', received: '2026-10-02', expires: '2026-11-01' },
      { lot: 'L2', quantity: '90', received: '2026-10-20' },
    );
    const { lots, lotStocks } = await preview(order);
    assert.deepEqual(lots, [
      {
        ...{ order, line: 10, item: 'A', variant: '', warehouse: 'MAG1', need: '100' },
        lots: [
          { lot: 'L1', quantity: '30' },
          { lot: 'L2', quantity: '70' },
        ],
      },
    ]);
    const of = { item: 'A', variant: '', description: 'Material A', warehouse: 'MAG1', unit: 'PC' };
    assert.deepEqual(lotStocks, [
      {
        ...{ ...of, picking: 'fifo' },
        lots: [
          {
            ...{ lot: 'L1', receivedOn: '2026-10-02', expiresOn: '2026-11-01', expired: true },
            available: '30',
          },
          { lot: 'L2', receivedOn: '2026-10-20', expiresOn: null, expired: false, available: '90' },
        ],
      },
    ]);
  });

  it('offers lots of a line that needs a choice, and says nothing of orders that something else keeps', async () => {
    await inLots('manual', { lot: 'L1', quantity: '30' });
    assert.deepEqual(
      (await preview(order)).lots.map(({ line, lots }) => [line, lots]),
      [[10, []]],
    );
    await the.planner.hold('Drawing changes', order);
    assert.deepEqual((await preview(order)).lots, []);
  });

  it('says before a release what all lots together lack, and of an order whether they cover it', async () => {
    await inLots('fifo', { lot: 'L1', quantity: '30' }, { lot: 'L2', quantity: '60' });
    await addOrder(the.pool, { number: 1, lines: { A: '70' }, start: '2026-11-22' });
    const { shortages } = await preview(order, '2026/1/0');
    const [{ lot, need, available, missing } = {}] = shortages;
    assert.deepEqual([lot, need, available, missing], ['', '170', '90', '80']);
    const statuses = await the.planner.book.materialStatuses(company, [key(order), key('2026/1/0')]);
    assert.deepEqual([statuses.get(key(order)), statuses.get(key('2026/1/0'))], ['partial', 'complete']);
  });

  it('names no lots where nothing is managed by lot', async () => {
    const { lots, lotStocks } = await preview(order);
    assert.deepEqual([lots, lotStocks], [[], []]);
  });
});
