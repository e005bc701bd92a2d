import assert from 'node:assert/strict';
import { quantity } from '../../../src/domain/quantity';
import type { ReleasePolicy } from '../../../src/domain/policy';
import { instant } from '../../../src/domain/calendar';
import { countStock } from './fresh-book';
import { handleConsumption } from './handled-warehouse';
import { codesOf, key, postingDate } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

const order = '2026/1/0';

describe('picking work of a release', () => {
  const { pool, planner } = usePlanner();

  beforeEach(async () => {
    await handleConsumption(pool);
    await setStock(pool, { A: '1000' });
  });

  const policy = async (changes: Partial<ReleasePolicy>) =>
    planner.book.setPolicy(
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
      { shortage: 'refuse', reservation: 'partial', picking: 'work', ...changes },
      (await planner.book.policy(company)).version,
    );
  /** `state: line item quantity from>to state` of every work of an order. */
  const workOf = async (of = order) =>
    (await planner.book.work(company, key(of))).map(
      ({ number, state, lines }) =>
        `${number} ${state}: ${lines
          .map(
            (line) =>
              `${line.line} ${line.item} ${line.quantity} ${line.pickFrom}>${line.putTo ?? ''} ${line.state}`,
          )
          .join(', ')}`,
    );
  const pickedOf = async (of = order) =>
    Object.fromEntries(
      (await planner.book.read(company, [key(of)]))[0]?.materials.map(({ item, picked }) => [item, picked]) ??
        [],
    );
  const stockAt = async (warehouse: string, item = 'B') =>
    (
      await pool.query<{ on_hand: string }>(
        'select trim_scale(on_hand)::text as on_hand from stock where warehouse = $1 and item = $2',
        [warehouse, item],
      )
    ).rows[0]?.on_hand ?? '0';
  const preview = (...keys: string[]) =>
    planner.book.preview(
      { kind: 'release', postingDate },
      keys.map((text) => ({ key: key(text), version: 1 })),
      { company, actor: 'anna', at: instant(new Date('2026-11-20T08:00:00Z')) },
    );

  it('is made for materials by list, up to what is there, and the order goes', async () => {
    await policy({});
    await setStock(pool, { B: '30' });
    await addOrder(pool, { number: 1, lines: { A: '100', B: '50' } });
    const [outcome] = await planner.release(order);
    assert.equal(outcome?.result, 'released');
    assert.deepEqual(await workOf(), ['1 open: 1 B 30 MAG1>LINE1 open']);
    assert.deepEqual(await planner.movementsOf(order), ['MAG1/SCP A 100']);
  });

  it('is told before, line by line, as it will be made', async () => {
    await policy({});
    await setStock(pool, { B: '60' });
    await addOrder(pool, { number: 1, lines: { A: '100', B: '50' } });
    await addOrder(pool, { number: 2, lines: { B: '50' }, start: '2026-11-24' });
    const { picking } = await preview(order, '2026/2/0');
    assert.deepEqual(
      picking?.lines.map(
        (line) => `${line.order}: ${line.item} ${line.quantity} ${line.pickFrom}>${line.putTo ?? ''}`,
      ),
      ['2026/1/0: B 50 MAG1>LINE1', '2026/2/0: B 10 MAG1>LINE1'],
    );
    assert.deepEqual(
      [picking.orders, picking.warehouses.map(({ warehouse, lines }) => [warehouse, lines])],
      [2, [['MAG1', 2]]],
    );
    await planner.release(order, '2026/2/0');
    assert.deepEqual(await workOf(), ['1 open: 1 B 50 MAG1>LINE1 open']);
    assert.deepEqual(await workOf('2026/2/0'), ['2 open: 1 B 10 MAG1>LINE1 open']);
  });

  it('is told before in a hundred lines however many there are, and counted whole', async () => {
    await policy({});
    await pool.query(`update item set pickup_type = 'with_list' where item = 'D'`);
    await setStock(pool, { B: '1000', D: '1000' });
    const numbers = Array.from({ length: 51 }, (_, nth) => nth + 1);
    for (const number of numbers) await addOrder(pool, { number, lines: { B: '1', D: '1' } });
    const { picking } = await preview(...numbers.map((number) => `2026/${number}/0`));
    assert.deepEqual(
      [picking?.orders, picking?.lines.length, picking?.moreLines, picking?.warehouses[0]?.lines],
      [51, 100, 2, 102],
    );
  });

  it('is not made where the company asks by requests', async () => {
    await policy({ picking: 'requests' });
    await setStock(pool, { B: '30' });
    await addOrder(pool, { number: 1, lines: { A: '100', B: '50' } });
    assert.equal((await preview(order)).picking, undefined);
    await planner.release(order);
    assert.deepEqual(await workOf(), []);
  });

  it('keeps what it is to fetch from the orders after it, unless nothing is reserved', async () => {
    await setStock(pool, { B: '60' });
    await addOrder(pool, { number: 1, lines: { B: '50' } });
    await addOrder(pool, { number: 2, lines: { B: '50' }, start: '2026-11-24' });
    await addOrder(pool, { number: 3, lines: { B: '50' }, start: '2026-11-25' });
    await policy({});
    await planner.release(order, '2026/2/0');
    assert.deepEqual(await workOf('2026/2/0'), ['2 open: 1 B 10 MAG1>LINE1 open']);
    await policy({ reservation: 'none' });
    await planner.restore('2026/2/0');
    await planner.release('2026/2/0', '2026/3/0');
    assert.deepEqual(await workOf('2026/2/0'), [
      '2 cancelled: 1 B 10 MAG1>LINE1 cancelled',
      '3 open: 1 B 10 MAG1>LINE1 open',
    ]);
    assert.deepEqual(await workOf('2026/3/0'), ['4 open: 1 B 10 MAG1>LINE1 open']);
  });

  it('T-40 to T-44: fetches min(remaining, reserved + available)', async () => {
    await policy({});
    const cases = [
      ['100', 20, 110, '100'],
      ['100', 20, 90, '90'],
      ['100', 0, 90, '90'],
      ['100', 0, 110, '100'],
      ['100', 20, 20, '20'],
    ] as const;
    for (const [place, [need, reserved, onHand, fetched]] of cases.entries()) {
      const number = place + 1;
      await setStock(pool, { B: String(onHand) });
      await addOrder(pool, { number, lines: { B: need } });
      if (reserved > 0)
        await pool.query(
          `insert into reservation select '${company}', 'R-${number}', 1, 'B', '', 'MAG1', '', $1, order_id from production_order where number = $2`,
          [reserved, number],
        );
      await planner.release(`2026/${number}/0`);
      const [work] = await planner.book.work(company, key(`2026/${number}/0`));
      assert.deepEqual(
        work?.lines.map((line) => line.quantity),
        [fetched],
      );
      await planner.restore(`2026/${number}/0`);
      await pool.query('delete from reservation');
    }
  });

  it('T-47 under full reservation an order with one line short stays launched: no work, no movement, nothing', async () => {
    await policy({ reservation: 'full' });
    await setStock(pool, { B: '30' });
    await addOrder(pool, { number: 1, lines: { A: '100', B: '50' } });
    await addOrder(pool, { number: 2, lines: { B: '30' }, start: '2026-11-24' });
    const foretold = await preview(order, '2026/2/0');
    const outcomes = await planner.release(order, '2026/2/0');
    assert.deepEqual(codesOf(outcomes[0]), ['REL-15']);
    const { item, warehouse, need, available, short } = outcomes[0]?.refusals[0]?.params ?? {};
    assert.deepEqual([item, warehouse, need, available, short], ['B', 'MAG1', '50', '30', '20']);
    assert.deepEqual(
      foretold.outcomes.map(({ result, refusals }) => [result, refusals]),
      outcomes.map(({ result, refusals }) => [result, refusals]),
    );
    assert.equal(await planner.stateOf(order), 'launched');
    assert.deepEqual([await workOf(), await planner.movementsOf(order)], [[], []]);
    assert.equal(await stockAt('MAG1', 'A'), '1000');
    // What it would have taken is there for the next one.
    assert.deepEqual(await workOf('2026/2/0'), ['1 open: 1 B 30 MAG1>LINE1 open']);
  });

  it('T-49 what lies at the input location makes no line and counts as picked', async () => {
    await policy({ reservation: 'full' });
    await setStock(pool, { B: '20' });
    await countStock(pool, { item: 'B', warehouse: 'LINE1', quantity: '70' });
    await addOrder(pool, { number: 1, lines: { B: '50' } });
    await addOrder(pool, { number: 2, lines: { B: '40' }, start: '2026-11-24' });
    await planner.release(order, '2026/2/0');
    assert.deepEqual([await workOf(), await pickedOf()], [[], { B: '50' }]);
    // Of the 70 the first order has 50.
    assert.deepEqual(
      [await workOf('2026/2/0'), await pickedOf('2026/2/0')],
      [['1 open: 1 B 20 MAG1>LINE1 open'], { B: '20' }],
    );
    const [restored] = await planner.restore(order);
    assert.deepEqual([restored?.result, restored?.warnings, await pickedOf()], ['restored', [], { B: '0' }]);
  });

  describe('is worked on', () => {
    beforeEach(async () => {
      await policy({});
      await setStock(pool, { B: '30', D: '5' });
      await pool.query(`update item set pickup_type = 'with_list' where item = 'D'`);
      await addOrder(pool, { number: 1, lines: { A: '100', B: '50', D: '5' } });
      await planner.release(order);
    });
    const confirm = (line: number, found?: string) =>
      planner.work(order, {
        step: 'confirm',
        work: 1,
        line,
        ...(found !== undefined && { quantity: quantity(found) }),
      });

    it('line by line: what is picked moves to the input location and counts for the material', async () => {
      const first = await confirm(1);
      assert.deepEqual([first.result, first.movements], ['worked', 2]);
      assert.deepEqual(await workOf(), ['1 in_process: 1 B 30 MAG1>LINE1 confirmed, 2 D 5 MAG1>LINE1 open']);
      assert.deepEqual(
        [await stockAt('MAG1'), await stockAt('LINE1'), await pickedOf()],
        ['0', '30', { A: '0', B: '30', D: '0' }],
      );
      await confirm(2, '3');
      assert.deepEqual(await workOf(), ['1 closed: 1 B 30 MAG1>LINE1 confirmed, 2 D 5 MAG1>LINE1 confirmed']);
      assert.deepEqual([await stockAt('MAG1', 'D'), await stockAt('LINE1', 'D')], ['2', '3']);
    });

    it('and back: a line that is reversed is open again, and its stock where it was', async () => {
      await confirm(1);
      await confirm(2);
      const reversed = await planner.work(order, { step: 'reverse', work: 1, line: 1 });
      assert.deepEqual([reversed.result, reversed.movements], ['worked', 2]);
      assert.deepEqual(await workOf(), ['1 in_process: 1 B 30 MAG1>LINE1 open, 2 D 5 MAG1>LINE1 confirmed']);
      assert.deepEqual(
        [await stockAt('MAG1'), await stockAt('LINE1'), await pickedOf()],
        ['30', '0', { A: '0', B: '0', D: '5' }],
      );
      assert.equal((await confirm(1)).result, 'worked');
    });

    it('and closed before its last line: the rest is given up, and new work is made for it', async () => {
      await confirm(2);
      await planner.work(order, { step: 'close', work: 1 });
      assert.deepEqual(await workOf(), ['1 closed: 1 B 30 MAG1>LINE1 cancelled, 2 D 5 MAG1>LINE1 confirmed']);
      await setStock(pool, { B: '80' });
      const part = await planner.work(order, { step: 'make', quantity: quantity('10') });
      assert.equal(part.result, 'worked');
      await planner.work(order, { step: 'make' });
      assert.deepEqual((await workOf()).slice(1), [
        '2 open: 1 B 10 MAG1>LINE1 open',
        '3 open: 1 B 40 MAG1>LINE1 open',
      ]);
      assert.deepEqual(codesOf(await planner.work(order, { step: 'make' })), ['WRK-09']);
    });

    it('RES-06 open work is cancelled by the restore, which says so; work that was begun refuses it', async () => {
      await planner.work(order, { step: 'start', work: 1 });
      const [refused] = await planner.restore(order);
      assert.deepEqual(
        refused?.refusals.map(({ code, params }) => [code, params['work'], params['workState']]),
        [['RES-06', '1', 'in_process']],
      );
      await planner.work(order, { step: 'cancel', work: 1 });
      await planner.work(order, { step: 'make' });
      const [restored] = await planner.restore(order);
      assert.deepEqual(
        restored?.warnings.map(({ code, params }) => [code, params['work']]),
        [['RES-06', '2']],
      );
      assert.deepEqual(
        (await workOf()).map((text) => text.split(':')[0]),
        ['1 cancelled', '2 cancelled'],
      );
      assert.equal(await planner.stateOf(order), 'launched');
    });

    it('RES-04 what was picked refuses the restore, by work or by another system', async () => {
      await confirm(1);
      await pool.query(`update order_material set picked = 1 where item = 'D'`);
      const [refused] = await planner.restore(order);
      assert.deepEqual(
        refused?.refusals.map(({ code, params }) => [
          code,
          params['item'] ?? '',
          params['quantity'] ?? '',
          params['work'] ?? '',
        ]),
        [
          ['RES-04', 'B', '30', '1'],
          ['RES-04', 'D', '1', ''],
          ['RES-06', '', '', '1'],
        ],
      );
    });

    it('is used up when the order is fulfilled, and there again when that is rolled back', async () => {
      await confirm(1);
      await planner.declare(order, {
        step: 'open',
        quantity: quantity('50'),
        scrap: quantity('0'),
        closing: true,
      });
      await planner.declare(order, { step: 'register', number: 1 });
      assert.equal(await planner.stateOf(order), 'fulfilled');
      assert.deepEqual([await stockAt('LINE1'), await stockAt('MAG1')], ['0', '0']);
      assert.ok((await planner.movementsOf(order)).includes('LINE1/CON B 30'));
      assert.deepEqual(
        codesOf(await planner.work(order, { step: 'reverse', work: 1, line: 1 })).slice(0, 1),
        ['WRK-01'],
      );
      await planner.declare(order, { step: 'rollBack', number: 1 });
      assert.equal(await stockAt('LINE1'), '30');
    });

    it('keeps what lies beside the line for its order', async () => {
      await confirm(1);
      await addOrder(pool, { number: 2, lines: { B: '30' }, start: '2026-11-24' });
      await planner.release('2026/2/0');
      assert.deepEqual([await workOf('2026/2/0'), await pickedOf('2026/2/0')], [[], { B: '0' }]);
    });
  });

  it('withdraws what it picks where there is no input location', async () => {
    await pool.query('update site set input_warehouse = null');
    await policy({});
    await setStock(pool, { B: '50' });
    await addOrder(pool, { number: 1, lines: { B: '50' } });
    await planner.release(order);
    assert.deepEqual(await workOf(), ['1 open: 1 B 50 MAG1> open']);
    await planner.work(order, { step: 'confirm', work: 1, line: 1 });
    assert.deepEqual([await stockAt('MAG1'), await planner.movementsOf(order)], ['0', ['MAG1/SCP B 50']]);
  });
});
