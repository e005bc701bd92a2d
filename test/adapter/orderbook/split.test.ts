import assert from 'node:assert/strict';
import { countStock } from './fresh-book';
import { codesOf, createPlanner } from './planner';
import { addOrder, company, setStock, stockOf } from './small-plant';
import { usePlanner } from './use-planner';

const ample = { A: '1000', D: '1000', E: '1000', B: '1000', C: '1000' };
const order = '2026/125/0';
const rest = '2026/125/1';

describe('an order that stock does not cover is split', () => {
  const { pool, planner } = usePlanner();

  beforeEach('a company that splits, and order 2026/125/0', async () => {
    await pool.query(`update company set shortage_policy = 'split'`);
    await setStock(pool, ample);
    await addOrder(pool, { number: 125 });
    await pool.query(`update order_material set fixed = true where item = 'D'`);
  });

  /** `item quantity` of every material. */
  async function materialsOf(key: string): Promise<string[]> {
    const [detail] = await planner.book.read(company, [key as never]);
    return detail?.materials.map(({ item, quantity }) => `${item} ${quantity}`) ?? [];
  }
  /** Everything an order is made of. */
  async function contentOf(key: string) {
    const [detail] = await planner.book.read(company, [key as never]);
    return detail && { materials: detail.materials, operations: detail.operations };
  }
  async function rowOf(key: string) {
    const [row] = await planner.book.rows(company, [key as never]);
    return row && { state: row.state, quantity: row.quantity, version: row.version };
  }

  it('T-35 lot 0 goes with 40: A 80, D 3, E 40; lot 1 stays launched with 10', async () => {
    await setStock(pool, { A: '80' });
    const [outcome] = await planner.release(order);
    assert.equal(outcome?.result, 'released');
    assert.equal(outcome.movements, 3);
    assert.deepEqual(outcome.warnings, [
      {
        code: 'SPL-03',
        params: {
          ...{ quantity: '40', whole: '50', rest: '10', unit: 'PC', items: 'A', restOrder: rest },
        },
      },
    ]);
    assert.deepEqual(await planner.movementsOf(order), ['MAG1/SCP A 80', 'MAG1/SCP D 3', 'MAG2/SCP E 40']);
    assert.deepEqual(await stockOf(pool), { ...ample, A: '0', D: '997', E: '960' });
    assert.deepEqual(await rowOf(order), { state: 'executive', quantity: '40', version: 2 });
    assert.deepEqual(await rowOf(rest), { state: 'launched', quantity: '10', version: 1 });
    assert.deepEqual(await materialsOf(order), ['A 80', 'D 3', 'E 40', 'B 40', 'C 20']);
    assert.deepEqual(await materialsOf(rest), ['A 20', 'D 3', 'E 10', 'B 10', 'C 5']);
  });

  it('releases the rest in the same run, asked for it, when goods have come in meanwhile', async () => {
    await setStock(pool, { A: '80' });
    await pool.query(`
      create function receive_goods() returns trigger language plpgsql as
        $$ begin update stock set on_hand = on_hand + 100, opening = opening + 100 where item = 'A'; return null; end $$;
      create trigger receive_goods after insert on outcome execute function receive_goods()`);
    try {
      const outcomes = await createPlanner(pool, 'planner', 1).release(order, rest);
      assert.deepEqual(
        outcomes.map(({ key, result }) => `${key} ${result}`),
        [`${order} released`, `${rest} released`],
      );
      assert.deepEqual(await rowOf(rest), { state: 'executive', quantity: '10', version: 2 });
    } finally {
      await pool.query('drop function receive_goods cascade');
    }
  });

  it('says the same before, and writes nothing for that', async () => {
    await setStock(pool, { A: '80' });
    const command = { kind: 'release', postingDate: '2026-11-20' } as never;
    const marked = [{ key: order as never, version: 1 }];
    const moment = { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never };
    const preview = await planner.book.preview(command, marked, moment);
    assert.equal(await rowOf(rest), undefined);
    const [outcome] = await planner.release(order);
    const [judged] = preview.outcomes;
    assert.deepEqual([judged?.result, judged?.movements], ['released', 3]);
    assert.deepEqual(judged?.warnings, outcome?.warnings);
  });

  it('releases the rest when there is stock again, and splits it once more', async () => {
    await setStock(pool, { A: '80' });
    await planner.release(order);
    await setStock(pool, { A: '8' });
    const [outcome] = await planner.release(rest);
    assert.equal(outcome?.warnings[0]?.params['restOrder'], '2026/125/2');
    assert.deepEqual(await materialsOf(rest), ['A 8', 'D 3', 'E 4', 'B 4', 'C 2']);
    assert.deepEqual(await materialsOf('2026/125/2'), ['A 12', 'D 3', 'E 6', 'B 6', 'C 3']);
    await setStock(pool, ample);
    const [whole] = await planner.release('2026/125/2');
    assert.deepEqual([whole?.result, whole?.warnings], ['released', []]);
  });

  it('refuses as before where the company does not split', async () => {
    await pool.query(`update company set shortage_policy = 'refuse'`);
    await setStock(pool, { A: '80' });
    assert.deepEqual(codesOf((await planner.release(order))[0]), ['REL-10']);
  });

  it('SPL-01 what has been picked for an order keeps its quantity', async () => {
    await setStock(pool, { A: '80' });
    await pool.query(`update order_material set picked = 5 where item = 'B'`);
    const [outcome] = await planner.release(order);
    assert.deepEqual(codesOf(outcome), ['REL-10', 'SPL-01']);
    assert.equal(outcome?.refusals[1]?.params['item'], 'B');
    assert.equal(await rowOf(rest), undefined);
  });

  it('SPL-02 stock does not cover one piece', async () => {
    await setStock(pool, { A: '1.5' });
    assert.deepEqual(codesOf((await planner.release(order))[0]), ['REL-10', 'SPL-02']);
    assert.deepEqual(await planner.movementsOf(order), []);
  });

  it('several in one run, each after what the one before leaves', async () => {
    await setStock(pool, { A: '130', E: '45' });
    await addOrder(pool, { number: 1, start: '2026-11-22', lines: { A: '60' }, quantity: '30' });
    await addOrder(pool, { number: 2, start: '2026-11-25', lines: { A: '60' }, quantity: '30' });
    await addOrder(pool, { number: 3, start: '2026-11-26', lines: { E: '10' }, quantity: '10' });
    const outcomes = await planner.release('2026/1/0', order, '2026/2/0', '2026/3/0');
    assert.deepEqual(
      outcomes.map(({ key, result, warnings }) => [key, result, warnings[0]?.params['quantity']]),
      [
        ['2026/1/0', 'released', undefined],
        [order, 'released', '35'],
        ['2026/2/0', 'refused', undefined],
        ['2026/3/0', 'released', undefined],
      ],
    );
    assert.deepEqual(codesOf(outcomes[2]), ['REL-10', 'SPL-02']);
  });

  it('takes the lots of its part, in the sequence of the item: L1 30 and L2 50 make 40 pieces', async () => {
    await pool.query(`update item set lot_managed = true where item = 'A'`);
    await pool.query(`delete from stock where item = 'A'`);
    await countStock(
      pool,
      { item: 'A', warehouse: 'MAG1', lot: 'L2', quantity: '50' },
      { item: 'A', warehouse: 'MAG1', lot: 'L1', quantity: '30' },
    );
    const [outcome] = await planner.release(order);
    assert.deepEqual([outcome?.result, outcome?.warnings[0]?.params['quantity']], ['released', '40']);
    assert.deepEqual(await planner.movementsOf(order), [
      ...['MAG1/SCP A 30', 'MAG1/SCP A 50', 'MAG1/SCP D 3', 'MAG2/SCP E 40'],
    ]);
    await planner.restore(order);
    assert.equal((await planner.merge(order))[0]?.result, 'merged');
    assert.deepEqual(await materialsOf(order), ['A 100', 'D 3', 'E 50', 'B 50', 'C 25']);
  });

  describe('and put together again', () => {
    const partly = async () => {
      await setStock(pool, { A: '80' });
      await planner.release(order);
    };

    it('restore says that the order was split, and of the rest of which order', async () => {
      await partly();
      await setStock(pool, { A: '20' });
      await planner.release(rest);
      const [first, second] = await planner.restore(order, rest);
      assert.deepEqual(first?.warnings, [
        { code: 'SPL-04', params: { restOrder: rest, rest: '10', unit: 'PC' } },
      ]);
      assert.deepEqual(second?.warnings, [{ code: 'SPL-04', params: { order, context: 'rest' } }]);
    });

    for (const which of [order, rest]) {
      it(`as it was before, asked for ${which}`, async () => {
        const before = await contentOf(order);
        await partly();
        await planner.restore(order);
        const [outcome] = await planner.merge(which);
        assert.equal(outcome?.result, 'merged');
        assert.deepEqual(outcome.warnings, [
          { code: 'SPL-09', params: { order, restOrder: rest, whole: '50', unit: 'PC' } },
        ]);
        assert.deepEqual(await contentOf(order), before);
        assert.deepEqual(await rowOf(order), { state: 'launched', quantity: '50', version: 4 });
        assert.deepEqual(await rowOf(rest), { state: 'historical', quantity: '0', version: 2 });
        assert.deepEqual(await materialsOf(rest), []);
        await setStock(pool, ample);
        const [whole] = await planner.release(order);
        assert.deepEqual([whole?.result, whole?.warnings], ['released', []]);
      });
    }

    it('says before what it would do', async () => {
      await partly();
      const judged = async () => {
        const row = await rowOf(order);
        const marked = [{ key: order as never, version: row?.version ?? 0 }];
        const moment = { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never };
        const { outcomes } = await planner.book.preview({ kind: 'merge' }, marked, moment);
        return [outcomes[0]?.result, codesOf(outcomes[0])];
      };
      assert.deepEqual(await judged(), ['refused', ['SPL-06']]);
      await planner.restore(order);
      assert.deepEqual(await judged(), ['merged', []]);
      assert.equal((await rowOf(order))?.quantity, '40');
    });

    it('gives the lot of a merged rest to nobody again', async () => {
      await partly();
      await planner.restore(order);
      await planner.merge(order);
      const [again] = await planner.release(order);
      assert.equal(again?.warnings[0]?.params['restOrder'], '2026/125/2');
    });

    it('SPL-05 an order that is not part of a split', async () => {
      assert.deepEqual(codesOf((await planner.merge(order))[0]), ['SPL-05']);
      await partly();
      await planner.restore(order);
      const [first, second] = await planner.merge(order, rest);
      assert.deepEqual([first?.result, codesOf(second)], ['merged', ['SPL-05']]);
    });

    it('SPL-06 not while one of them is executive, or on hold', async () => {
      await partly();
      const [outcome] = await planner.merge(rest);
      assert.deepEqual(outcome?.refusals, [{ code: 'SPL-06', params: { order, state: 'executive' } }]);
      await planner.restore(order);
      await planner.hold('wait', rest);
      const [held] = await planner.merge(order);
      assert.deepEqual([codesOf(held), held?.refusals[0]?.params['context']], [['SPL-06'], 'held']);
    });

    it('SPL-07 not when one of them is not as the split left it', async () => {
      await partly();
      await planner.restore(order);
      await pool.query(
        `update order_material m set quantity = 11 from production_order o
          where o.order_id = m.order_id and o.lot = 1 and m.item = 'E'`,
      );
      assert.deepEqual((await planner.merge(order))[0]?.refusals, [
        { code: 'SPL-07', params: { order: rest } },
      ]);
      await pool.query(`update order_material set quantity = 10 where quantity = 11`);
      assert.equal((await planner.merge(order))[0]?.result, 'merged');
    });

    it('SPL-07 the last split of several first', async () => {
      await partly();
      await setStock(pool, { A: '8' });
      await planner.release(rest);
      await planner.restore(order, rest);
      assert.deepEqual((await planner.merge(order))[0]?.refusals, [
        { code: 'SPL-07', params: { order: rest, restOrder: '2026/125/2', context: 'split' } },
      ]);
      assert.equal((await planner.merge('2026/125/2'))[0]?.result, 'merged');
      assert.equal((await planner.merge(order))[0]?.result, 'merged');
      assert.deepEqual(await materialsOf(order), ['A 100', 'D 3', 'E 50', 'B 50', 'C 25']);
    });

    it('SPL-08 not in another version than it was marked in', async () => {
      await partly();
      await planner.restore(order);
      const marked = [{ key: order as never, version: 1 }];
      const moment = { company, actor: 'planner', at: '2026-11-20T08:00:00.000Z' as never };
      const { outcomes } = await planner.book.preview({ kind: 'merge' }, marked, moment);
      assert.deepEqual(codesOf(outcomes[0]), ['SPL-08']);
    });
  });

  describe('with what is reserved for it', () => {
    const reserved = async () =>
      (
        await pool.query<{ row: string }>(
          `select concat_ws(' ', r.of, r.document, r.line, trim_scale(r.quantity), 'lot', o.lot) as row
             from (select 'A' as of, document, line, quantity, order_id from reservation
                    union all select 'out', document, line, quantity, order_id from output_reservation) r
             join production_order o using (order_id) order by 1`,
        )
      ).rows.map(({ row }) => row);

    beforeEach('100 A for the order in two documents, 45 of its output for a third', async () => {
      await pool.query(
        `insert into reservation (company_id, document, line, item, variant, warehouse, lot, quantity, order_id)
         select company_id, v.document, v.line, 'A', '', 'MAG1', '', v.quantity, order_id
           from production_order, (values ('J1', 1, 90), ('J2', 1, 10)) as v(document, line, quantity);
         insert into output_reservation (company_id, document, line, order_id, quantity)
         select company_id, 'SO1', 3, order_id, 45 from production_order`,
      );
    });

    it('keeps it up to the need of its part; the rest has what is over, and gives it back', async () => {
      await setStock(pool, { A: '200', E: '40' });
      await planner.release(order);
      assert.deepEqual(await reserved(), [
        'A J1 1 80 lot 0',
        'A J1 2 10 lot 1',
        'A J2 1 10 lot 1',
        'out SO1 3 40 lot 0',
        'out SO1 4 5 lot 1',
      ]);
      await planner.restore(order);
      await planner.merge(order);
      assert.deepEqual(await reserved(), ['A J1 1 90 lot 0', 'A J2 1 10 lot 0', 'out SO1 3 45 lot 0']);
    });

    it('leaves what stays reserved for the rest to nobody after it in the run', async () => {
      await setStock(pool, { A: '150', E: '40' });
      await addOrder(pool, { number: 126, start: '2026-11-30', lines: { A: '51' } });
      await addOrder(pool, { number: 127, start: '2026-12-01', lines: { A: '50' }, quantity: '51' });
      await pool.query(`update company set shortage_policy = 'split'`);
      const outcomes = await planner.release(order, '2026/126/0', '2026/127/0');
      assert.deepEqual(
        outcomes.map(({ key, warnings }) => [key, warnings[0]?.params['quantity']]),
        [
          [order, '40'],
          ['2026/126/0', '49'],
          ['2026/127/0', undefined],
        ],
      );
      assert.deepEqual(codesOf(outcomes[2]), ['REL-10', 'SPL-02']);
      assert.deepEqual(await stockOf(pool), { ...ample, A: '20.02', D: '997', E: '0' });
    });
  });
});
