import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { quantity } from '../../../../src/domain/quantity';
import type { MaterialEdit } from '../../../../src/domain/refresh/edit';
import { useDatabase } from '../../../postgres';
import { freshBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { codesOf, key } from '../planner';
import { addOrder, company, preparePlant, setStock, stockOf } from '../small-plant';
import { addBomLine, addMethods, addOperation, createRefresher, useAdapterPool } from './methods';

const order = '2026/1/0';

describe('an order with a line that is made to order', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
    // A is made of D for the very order that takes it, by an operation that has the number of one of the order's.
    await pool().query(`
      insert into bom values ('${company}', 'A', '', 'Part', 'PC', 'certified', null, null);
      insert into routing values ('${company}', 'A', '', 'Part', 'serial', 'certified', null, null);
      update item set make_to_order = true where company_id = '${company}' and item in ('P', 'A');
      update item set procurement = 'production', bom = 'A', routing = 'A' where company_id = '${company}' and item = 'A'`);
    await addBomLine(database.pool, 'A', 10, 'D', '3');
    await addOperation(database.pool, 'A', 20, { run: 1, centre: '210' });
    await addOrder(database.pool, { number: 1, quantity: '10', start: '2026-11-23', lines: {} });
    await createRefresher(pool()).refresh({}, order);
  });
  afterEach(() => assertInvariants(database.pool));

  const read = async () => {
    const [found] = await createRefresher(pool()).book.read(company, [key(order)]);
    assert.ok(found);
    return found;
  };

  it('has the line in itself, with materials and operations of its own', async () => {
    const { materials, operations } = await read();
    assert.deepEqual(
      materials.map(({ orderLine, item, quantity: need, suppliedBy }) => [orderLine, item, need, suppliedBy]),
      [
        [10000, 'A', '20', 20000],
        [10000, 'B', '10', null],
        [20000, 'D', '60', null],
      ],
    );
    assert.deepEqual(
      operations.map(({ orderLine, operation, productive }) => [orderLine, operation, productive]),
      [
        [10000, 10, true],
        [10000, 20, true],
        [20000, 20, false],
      ],
    );
  });

  it('withdraws what the line takes, not what it makes, and restores just that', async () => {
    await setStock(database.pool, { A: '5', D: '100' });
    const planner = createRefresher(pool());
    const [released] = await planner.release(order);
    assert.deepEqual([released?.result, codesOf(released)], ['released', []]);
    assert.deepEqual(await planner.movementsOf(order), ['MAG1/SCP D 60']);
    await planner.restore(order);
    assert.deepEqual(await stockOf(database.pool), { A: '5', D: '100' });
  });

  it('withdraws from stock only what the line does not make for a material that was changed by hand', async () => {
    const planner = createRefresher(pool());
    const change = async (edit: MaterialEdit) => {
      const [row] = await planner.book.rows(company, [key(order)]);
      const orders = [{ key: key(order), version: row?.version ?? 0 }];
      const asked = { kind: 'change', change: { part: 'material', line: 10000, edit } } as const;
      const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };
      await planner.runner.run(
        { company: plant, actor: 'planner', asked, orders, sequence: 'asGiven' },
        uuidv7(),
      );
      const [material] = (await read()).materials;
      return [material?.quantity, material?.suppliedBy, material?.supplied];
    };
    assert.deepEqual(await change({ quantity: quantity('4') }), ['4', 20000, '4']);
    assert.deepEqual(await change({ quantity: quantity('0') }), ['0', null, '0']);
    assert.deepEqual(await change({ quantity: quantity('25') }), ['25', 20000, '20']);
    assert.deepEqual(await change({ variant: 'RED' }), ['25', null, '0'], 'the line makes another variant');
    assert.deepEqual(await change({ variant: '' }), ['25', 20000, '20']);
  });

  it('is declared on its own operations: those of the line are not among them', async () => {
    await setStock(database.pool, { D: '100' });
    const planner = createRefresher(pool());
    await planner.release(order);
    const [ten, none] = [quantity('10'), quantity('0')];
    const opening = { step: 'open', operation: 20, quantity: ten, scrap: none, closing: true } as const;
    const first = await planner.declare(order, { ...opening, operation: 10 });
    const last = await planner.declare(order, opening);
    assert.deepEqual([first.result, last.result], ['declared', 'declared']);
    const { operations } = await read();
    assert.deepEqual(
      operations.map(({ orderLine, operation, produced }) => [orderLine, operation, produced]),
      [
        [10000, 10, '0'],
        [10000, 20, '0'],
        [20000, 20, '0'],
      ],
    );
  });

  it('keeps no line when only its materials are calculated anew', async () => {
    const calculate = { lines: false, routings: false, componentNeed: true };
    const [outcome] = await createRefresher(pool()).refresh({ calculate }, order);
    assert.equal(outcome?.result, 'refreshed');
    const { materials, operations } = await read();
    assert.deepEqual([...new Set(materials.map(({ orderLine }) => orderLine))], [10000]);
    assert.deepEqual([...new Set(operations.map(({ orderLine }) => orderLine))], [10000]);
  });
});
