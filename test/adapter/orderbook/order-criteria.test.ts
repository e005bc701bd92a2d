import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { calendarDate as day } from '../../../src/domain/calendar';
import type { OrderQuery, OrderRow } from '../../../src/contract/orders';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { useDatabase } from '../../postgres';
import { freshBook } from './fresh-book';
import { createPlanner, type Planner } from './planner';
import { addOrder, company, preparePlant, setStock } from './small-plant';

/** Columns of the header by order number, beside those every order has. */
const headers: Record<number, Record<string, string | number | boolean>> = {
  1: { job_order: '2026/7', job_order_type: 'STD', customer: 'Società Élan', project: 'Ponte', bom_level: 1 },
  2: {
    job_order: '2026/70',
    job_order_type: 'SPARE',
    customer: 'SOCIETÀ ÉTOILE',
    bom_level: 2,
    mandatory: true,
  },
  3: {
    job_order: '2025/7',
    customer: 'Straße & Söhne',
    sales_order: 'OC-2026/9',
    variant: 'RED',
    bom_level: 3,
  },
  4: { customer: 'ΟΔΟΣ ΑΕ', sales_order: 'oc-2026/10', variant: 'red-dark', printed_on: '2026-11-19' },
  5: {
    customer: '100%_net\\',
    project: 'ponte nuovo',
    hold_reason: 'Drawing',
    site: 's2',
    lot: 3,
    year: 2025,
  },
};

describe('searching orders by every criterion', () => {
  const database = useDatabase(preparePlant);
  let pool: Pool;
  let planner: Planner;

  before('five orders', async () => {
    pool = createPool(database.connectionString);
    planner = createPlanner(pool);
    await prepare();
  });
  after(() => pool.end());

  async function prepare(): Promise<void> {
    await freshBook(pool, database.connectionString);
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    for (const [number, columns] of Object.entries(headers)) {
      await addOrder(pool, {
        number: Number(number),
        start: `2026-11-2${number}`,
        workCentre: `wc${number}`,
      });
      const names = Object.keys(columns);
      const sets = names.map((name, index) => `${name} = $${index + 2}`).join(', ');
      await pool.query(`update production_order set ${sets} where number = $1`, [
        number,
        ...names.map((name) => columns[name]),
      ]);
    }
  }

  async function found(query: OrderQuery): Promise<number[]> {
    const { items, total } = await planner.book.search(company, query, { limit: 1000 });
    assert.equal(total, items.length);
    return items.map(({ key }) => Number(key.split('/')[1])).sort((a, b) => a - b);
  }

  const cases: readonly (readonly [query: OrderQuery, numbers: readonly number[]])[] = [
    [{ state: ['launched', 'executive'] }, [1, 2, 3, 4, 5]],
    [{ state: ['executive', 'fulfilled'] }, []],
    [{ state: [] }, [1, 2, 3, 4, 5]],
    [{ year: 2025 }, [5]],
    [{ number: 3 }, [3]],
    [{ lot: 3 }, [5]],
    [{ jobOrder: '2026/7' }, [1, 2]],
    [{ jobOrder: '2026/_' }, [1]],
    [{ jobOrder: '%/7' }, [1, 3]],
    [{ jobOrderType: 'std' }, [1]],
    [{ category: 'prod' }, [1, 2, 3, 4, 5]],
    [{ category: 'Materials' }, []],
    [{ variant: 'red' }, [3, 4]],
    [{ variant: 'RED_%' }, [4]],
    [{ bomLevel: [2, 3] }, [2, 3]],
    [{ endFrom: day('2026-11-26') }, [4, 5]],
    [{ endTo: day('2026-11-23') }, [1]],
    [{ dueFrom: day('2026-11-26'), dueTo: day('2026-11-27') }, [2, 3]],
    [{ workCentre: ['wc1', 'wc2'] }, [1, 2]],
    [{ site: ['s1'] }, [1, 2, 3, 4]],
    [{ site: ['S1', 's2'] }, [1, 2, 3, 4, 5]],
    [{ project: 'PONTE' }, [1, 5]],
    [{ project: 'ponte' }, [1, 5]],
    [{ project: '%nuovo' }, [5]],
    [{ salesOrder: 'Oc-2026/' }, [3, 4]],
    [{ mandatory: true }, [2]],
    [{ mandatory: false }, [1, 3, 4, 5]],
    [{ printed: true }, [4]],
    [{ printed: false }, [1, 2, 3, 5]],
    [{ onHold: true }, [5]],
    [{ onHold: false, mandatory: false }, [1, 3, 4]],
    [{ customer: 'società é' }, [1, 2]],
    [{ customer: '%ÉLAN' }, [1]],
    [{ customer: 'STRASSE' }, [3]],
    [{ customer: '%SÖHNE' }, [3]],
    [{ customer: 'οδος' }, [4]],
    [{ customer: 'οδο%αε' }, [4]],
    [{ customer: '100%\\' }, [5]],
    [{ customer: '\\' }, []],
  ];
  for (const [query, numbers] of cases) {
    it(`${JSON.stringify(query)} finds ${numbers.join(', ') || 'none'}`, async () => {
      assert.deepEqual(await found(query), numbers);
    });
  }

  it('a work centre, site or machine by its code in any case', async () => {
    await pool.query(`insert into machine values ('${company}', 'Làser', 'Laser', '100', 'S1')`);
    await pool.query(
      `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive,
              movable, machine)
       select company_id, order_id, 20, '100', '', start_on, end_on, true, true, 'Làser' from production_order where number = 2`,
    );
    await pool.query(`update production_order set work_centre = '100' where number = 3`);
    await pool.query(`insert into work_centre values ('${company}', 'Forgé', 'Forge', 'S1')`);
    await pool.query(`update production_order set work_centre = 'Forgé' where number = 4`);
    assert.deepEqual(await found({ machine: ['LÀSER'] }), [2]);
    assert.deepEqual(await found({ machine: ['LASER'] }), []);
    assert.deepEqual(await found({ workCentre: ['FORGÉ', '100'] }), [3, 4]);
  });

  it('a material usage day, of any line', async () => {
    await pool.query(
      `update order_material m set usage_on = '2026-12-24' from production_order o
        where o.order_id = m.order_id and o.number = 1`,
    );
    await pool.query(
      `update order_material m set usage_on = '2026-12-26' from production_order o
        where o.order_id = m.order_id and o.number = 2 and m.line = 10`,
    );
    assert.deepEqual(await found({ usageFrom: day('2026-12-24'), usageTo: day('2026-12-25') }), [1]);
    assert.deepEqual(await found({ usageFrom: day('2026-12-25') }), [2]);
    assert.deepEqual(await found({ usageTo: day('2026-11-23') }), [2, 3]);
  });

  describe('of a release', () => {
    before('orders 1 to 3 are released just before and after midnight of the plant', async () => {
      await prepare();
      await planner.release('2026/1/0', '2026/2/0');
      await createPlanner(pool, 'Zoë').release('2026/3/0');
      const at = { 1: '2026-11-20T22:59:59Z', 2: '2026-11-20T23:00:00Z', 3: '2026-11-21T22:59:59Z' };
      for (const [number, moment] of Object.entries(at))
        await pool.query('update production_order set released_at = $2 where number = $1', [number, moment]);
    });

    it('the day is a day of the plant', async () => {
      assert.deepEqual(await found({ releasedFrom: day('2026-11-21') }), [2, 3]);
      assert.deepEqual(await found({ releasedTo: day('2026-11-20') }), [1]);
      assert.deepEqual(
        await found({ releasedFrom: day('2026-11-21'), releasedTo: day('2026-11-21') }),
        [2, 3],
      );
    });
    it('the run', async () => {
      const [first] = await planner.book.rows(company, ['2026/1/0' as never]);
      assert.deepEqual(await found({ runNumber: first?.runNumber ?? 0 }), [1, 2]);
      assert.deepEqual(await found({ runNumber: 4711 }), []);
    });
    it('who released', async () => {
      assert.deepEqual(await found({ releasedBy: 'zoË' }), [3]);
      assert.deepEqual(await found({ releasedBy: 'planner', state: ['executive'] }), [1, 2]);
    });
  });

  it('says what the header says', async () => {
    await prepare();
    const { items } = await planner.book.search(company, {}, { limit: 10 });
    const shown: Record<number, OrderRow> = {};
    for (const row of items) shown[Number(row.key.split('/')[1])] = row;
    assert.deepEqual(
      [
        shown[1]?.jobOrder,
        shown[1]?.jobOrderType,
        shown[1]?.project,
        shown[3]?.salesOrder,
        shown[3]?.bomLevel,
      ],
      ['2026/7', 'STD', 'Ponte', 'OC-2026/9', 3],
    );
    assert.deepEqual([shown[2]?.mandatory, shown[1]?.mandatory], [true, false]);
    assert.deepEqual([shown[4]?.printedOn, shown[1]?.printedOn], ['2026-11-19', null]);
    assert.deepEqual([shown[5]?.holdReason, shown[1]?.holdReason], ['Drawing', null]);
  });

  it('orders of several states come in one order, page by page', async () => {
    await prepare();
    await planner.release('2026/2/0', '2026/4/0');
    const query: OrderQuery = { state: ['executive', 'launched'] };
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await planner.book.search(company, query, { limit: 2, cursor });
      seen.push(...page.items.map(({ key }) => key));
      if (page.next === null) break;
      cursor = page.next;
    }
    assert.deepEqual(seen, ['2026/1/0', '2026/2/0', '2026/3/0', '2026/4/0', '2025/5/3']);
  });

  it('in any case of any alphabet where the database itself knows only ASCII', async () => {
    const name = `launchbook_ascii_${process.pid}`;
    await pool.query(
      `create database ${name} template template0 encoding 'UTF8' locale_provider libc lc_collate 'C' lc_ctype 'C'`,
    );
    const address = new URL(database.connectionString);
    address.pathname = `/${name}`;
    const ascii = createPool(address.href);
    try {
      await preparePlant(address.href);
      await addOrder(ascii, { number: 1 });
      await ascii.query(`update production_order set customer = 'Società Élan'`);
      await ascii.query(`update item set description = 'Perché' where item = 'P'`);
      const { book } = createPlanner(ascii);
      for (const query of [{ customer: 'SOCIETÀ é' }, { item: 'PERCHÉ' }])
        assert.equal(
          (await book.search(company, query, { limit: 1 })).items.length,
          1,
          JSON.stringify(query),
        );
    } finally {
      await ascii.end();
      await pool.query(`drop database ${name} with (force)`);
    }
  });
});
