import assert from 'node:assert/strict';
import { createPlanner } from '../planner';
import { description, linesOf, plant, withLines } from './plant-folder';
import { ofFile, useImporter } from './use-importer';

describe('an import into a book that has begun', () => {
  const { pool, bring, rows, whole, stock } = useImporter();

  it('leaves the lines of orders alone when their files are not in the folder', async () => {
    await bring(plant);
    const orders = linesOf('orders.csv').map((line) => line.replace('2026-11-27,S1', '2026-11-30,S1'));
    assert.equal((await bring({ 'orders.csv': orders })).result, 'imported');
    assert.deepEqual(
      await rows(
        `select number, due_on, material_lines, operation_lines,
                (select count(*) from order_material m where m.order_id = o.order_id) as materials
           from production_order o where company_id = 'IT' and number = 1`,
      ),
      ['(1,2026-11-30,2,1,2)'],
    );
    assert.equal((await bring({ 'orders.csv': orders })).result, 'unchanged');
  });

  it('changes nothing when the same folder comes again', async () => {
    await bring(plant);
    const before = await whole();
    const report = await bring(plant);
    assert.equal(report.result, 'unchanged');
    assert.deepEqual(await whole(), before);
    assert.deepEqual(ofFile(report, 'stock'), {
      file: 'stock',
      rows: 2,
      added: 0,
      updated: 0,
      unchanged: 0,
      removed: 0,
      leftOut: [{ reason: 'opened', rows: 2 }],
    });
  });

  it('updates a launched order that its file says something else of, with a new version and an audit entry', async () => {
    await bring(plant);
    const report = await bring({
      ...plant,
      'order_materials.csv': linesOf('order_materials.csv').map((line) =>
        line.replace('10,A,PC,2,100', '10,A,PC,3,150'),
      ),
    });
    assert.deepEqual(ofFile(report, 'orders'), {
      ...{ file: 'orders', rows: 2, added: 0, updated: 1, unchanged: 0, removed: 0 },
      leftOut: [{ reason: 'begun', rows: 1 }],
    });
    // One line of it says something else; the rows of the order that has begun are not looked at.
    assert.deepEqual(ofFile(report, 'order_materials'), {
      ...{ file: 'order_materials', rows: 4, added: 0, updated: 1, unchanged: 1, removed: 0 },
      leftOut: [{ reason: 'begun', rows: 2 }],
    });
    assert.deepEqual(
      await rows(`select version, changed_by from production_order where company_id = 'IT' and number = 1`),
      ['(2,anna)'],
    );
    assert.deepEqual(await rows(`select event, version from audit_event where company_id = 'IT'`), [
      '(import,2)',
    ]);
    assert.deepEqual(
      await rows(
        `select trim_scale(m.quantity) from order_material m join production_order o using (company_id, order_id) where o.company_id = 'IT' and o.number = 1 and m.line = 10`,
      ),
      ['(150)'],
    );
  });

  it('leaves what a planner changed when the file says what it said before', async () => {
    await bring(plant);
    await pool.query(
      `update production_order set due_on = '2026-12-24' where company_id = 'IT' and number = 1`,
    );
    const report = await bring(plant);
    assert.equal(ofFile(report, 'orders')?.unchanged, 1);
    assert.deepEqual(
      await rows(`select due_on from production_order where company_id = 'IT' and number = 1`),
      ['(2026-12-24)'],
    );
  });

  it('leaves an order of whose row only the hold has changed: holds are the planners’', async () => {
    const held = (reason: string) => ({
      ...plant,
      'orders.csv': linesOf('orders.csv').map((line, n) => `${line},${['hold_reason', reason][n] ?? ''}`),
    });
    await bring(held('A drawing is missing'));
    const before = await whole();
    assert.equal((await bring(held('The customer waits'))).result, 'unchanged');
    assert.equal((await bring(held(''))).result, 'unchanged');
    assert.deepEqual(await whole(), before);
  });

  it('leaves an order that was released here, and one that was restored here', async () => {
    await bring(plant);
    const planner = createPlanner(pool, 'anna');
    await planner.release('2026/1/0');
    await pool.query(`delete from declaration where company_id = 'IT'`);
    await planner.restore('2026/2/0');
    const before = await whole();
    const report = await bring({
      ...plant,
      'orders.csv': linesOf('orders.csv').map((line) => line.replace('2026-11-27', '2026-12-27')),
    });
    assert.deepEqual(ofFile(report, 'orders')?.leftOut, [
      { reason: 'begun', rows: 1 },
      { reason: 'launched', rows: 1 },
    ]);
    assert.deepEqual(await whole(), before);
  });

  it('leaves an order that was released elsewhere: it was never restored here, and no reason says so', async () => {
    await bring(plant);
    const before = await whole();
    const report = await bring({
      ...plant,
      'orders.csv': linesOf('orders.csv').map((line) => line.replace('launched,,', 'executive,direct,')),
    });
    assert.deepEqual(ofFile(report, 'orders')?.leftOut, [
      { reason: 'begun', rows: 1 },
      { reason: 'launched', rows: 1 },
    ]);
    assert.deepEqual(await whole(), before);
  });

  it('leaves a launched order that its files no longer have', async () => {
    await bring(plant);
    const { result } = await bring({
      ...plant,
      'orders.csv': linesOf('orders.csv').slice(0, 1),
      'order_materials.csv': linesOf('order_materials.csv').slice(0, 1),
      'order_operations.csv': linesOf('order_operations.csv').slice(0, 1),
      'movements.csv': linesOf('movements.csv').slice(0, 1),
      'declarations.csv': linesOf('declarations.csv').slice(0, 1),
    });
    assert.equal(result, 'unchanged');
  });

  it('counts opening stock once: a later count changes no balance, later movements change none either', async () => {
    await bring(plant);
    const later = withLines(
      'orders.csv',
      '2026,3,P,5,PC,2026-11-17,2026-11-18,2026-11-20,S1,executive,release,2026-11-17',
    );
    await bring({
      ...later,
      'stock.csv': ['item,warehouse,quantity', 'A,MAG1,1', 'D,MAG1,1'],
      'order_materials.csv': [...linesOf('order_materials.csv'), '2026,3,10,A,PC,2,10'],
      'movements.csv': [...linesOf('movements.csv'), '2026,3,10,A,MAG1,SCP,10,PC,2026-11-17'],
    });
    assert.deepEqual(await stock(), ['(A,530,500)', '(D,20.04,20)']);
  });

  it('opens a stock that only a release has noted until then, with what was withdrawn since', async () => {
    await pool.query(`update warehouse set negative_stock = true`);
    const { ['stock.csv']: counted, ...uncounted } = plant;
    const negative = {
      ...uncounted,
      'warehouses.csv': linesOf('warehouses.csv').map((line) => line.replace('false', 'true')),
    };
    const policies = { shortage: 'negative', reservation: 'none' };
    await bring(negative, {}, { ...description, policies });
    const planner = createPlanner(pool, 'anna');
    assert.equal((await planner.release('2026/1/0'))[0]?.result, 'released');
    await bring({ ...negative, 'stock.csv': counted ?? [] }, {}, description);
    assert.deepEqual(await stock(), ['(A,520,400)', '(D,20.04,19.8)']);
  });

  it('counts lines that are gone, new, changed and left as they were', async () => {
    await bring(plant);
    const report = await bring({
      ...plant,
      'order_materials.csv': [
        ...linesOf('order_materials.csv').filter((line) => !line.startsWith('2026,1,20,')),
        ...['2026,1,30,D,KG,0.1,5', '2026,1,40,D,KG,0.1,5'],
      ],
      'order_operations.csv': linesOf('order_operations.csv').map((line) =>
        line.replace('2026-11-25', '2026-11-24'),
      ),
    });
    assert.deepEqual(ofFile(report, 'order_materials'), {
      ...{ file: 'order_materials', rows: 5, added: 2, updated: 0, unchanged: 1, removed: 1 },
      leftOut: [{ reason: 'begun', rows: 2 }],
    });
    assert.equal(ofFile(report, 'order_operations')?.updated, 1);
    assert.deepEqual(ofFile(report, 'movements')?.leftOut, [{ reason: 'begun', rows: 2 }]);
  });

  it('says when nothing but the name of the company has changed', async () => {
    await bring(plant);
    const report = await bring(plant, {}, { ...description, name: 'Torneria Verdi' });
    assert.deepEqual([report.result, ofFile(report, 'plant.json')?.updated], ['imported', 1]);
    assert.deepEqual(await rows('select name from company'), ['("Torneria Verdi")']);
  });
});
