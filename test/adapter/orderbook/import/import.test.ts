import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import { instant } from '../../../../src/domain/calendar';
import { createPlanner } from '../planner';
import { description, folderOf, linesOf, plant, withLines } from './plant-folder';
import { importing, useImporter } from './use-importer';

describe('an import', () => {
  const { pool, importer, bring, rows, stock } = useImporter();

  it('brings a plant with its orders, movements and stock; the company is there when it is done', async () => {
    const report = await bring(plant);
    assert.deepEqual([report.result, report.errors.count], ['imported', 0]);
    const { book } = createPlanner(pool);
    assert.deepEqual(
      (await book.companies()).map(({ code }) => code),
      ['IT'],
    );
    assert.deepEqual(
      await rows(
        `select number, state, material_lines, operation_lines from production_order where company_id = 'IT'`,
      ),
      ['(1,launched,2,1)', '(2,executive,2,1)'],
    );
    assert.deepEqual(await stock(), ['(A,520,500)', '(D,20.04,20)']);
  });

  it('has ended when it was done, not when it was asked for', async () => {
    let minute = 0;
    const clock = () => instant(new Date(Date.UTC(2026, 10, 20, 9, minute++)));
    const slow = createImporter({ ...importing, pool, clock });
    const begun = await slow.begin({ folder: await folderOf(plant), actor: 'anna' }, randomUUID(), 'hash');
    assert.equal(begun.kind, 'opened');
    const ended = await (begun.kind === 'opened' ? begun.ended : Promise.reject(new Error()));
    assert.ok(ended.closedAt !== null && ended.closedAt > ended.openedAt);
  });

  it('counts the need in the base unit, whatever unit the line is written in', async () => {
    await bring(plant);
    assert.deepEqual(
      await rows(`select m.item, m.unit, trim_scale(m.quantity) from order_material m join production_order o using (company_id, order_id)
                   where o.company_id = 'IT' and o.number = 1`),
      ['(A,PC,100)', '(D,G,0.2)'],
    );
  });

  it('rounds a converted need to the decimals a quantity may have, and the order can be released', async () => {
    await bring({
      ...plant,
      'item_units.csv': [...linesOf('item_units.csv'), 'A,LB,0.45359237'],
      'order_materials.csv': linesOf('order_materials.csv').map((line) =>
        line.replace('2026,1,10,A,PC,2,100', '2026,1,10,A,LB,2,0.25'),
      ),
    });
    const planner = createPlanner(pool, 'anna');
    assert.equal((await planner.release('2026/1/0'))[0]?.result, 'released');
    assert.deepEqual(await stock(), ['(A,520,499.886601907)', '(D,20.04,19.8)']);
  });

  it('takes the policies of the first folder that is imported, not of one that was refused', async () => {
    const wrong = withLines('sites.csv', 'S1,Twice');
    assert.equal((await bring(wrong)).result, 'refused');
    const policies = { shortage: 'negative', reservation: 'none' };
    assert.equal((await bring(plant, {}, { ...description, policies })).result, 'imported');
    assert.deepEqual(await rows('select shortage_policy from company'), ['(negative)']);
  });

  it('takes the production input locations of sites and work centres, and how the company picks', async () => {
    const located = {
      ...plant,
      'sites.csv': ['site,name,input_warehouse', 'S1,Torino,MAG1'],
      'work_centres.csv': ['work_centre,name,site,input_warehouse', '100,Assembly,S1,'],
    };
    const policies = { shortage: 'refuse', reservation: 'partial', picking: 'work' };
    assert.equal((await bring(located, {}, { ...description, policies })).result, 'imported');
    assert.deepEqual(await rows('select input_warehouse from site'), ['(MAG1)']);
    assert.deepEqual(await rows('select input_warehouse from work_centre'), ['()']);
    assert.deepEqual(await rows('select picking_policy from company'), ['(work)']);
    const wrong = { ...located, 'sites.csv': ['site,name,input_warehouse', 'S1,Torino,NONE'] };
    assert.equal((await bring(wrong)).result, 'refused');
  });

  it('releases what it brought', async () => {
    await bring(plant);
    const planner = createPlanner(pool, 'anna');
    const [outcome] = await planner.release('2026/1/0');
    assert.equal(outcome?.result, 'released', JSON.stringify(outcome?.refusals));
    assert.deepEqual(await stock(), ['(A,520,400)', '(D,20.04,19.8)']);
  });

  it('is a run with its report, and shows its orders in the list of runs', async () => {
    const folder = await folderOf(plant);
    const begun = await importer.begin({ folder, actor: 'anna' }, 'the key of it', 'hash');
    const ended = begun.kind === 'opened' ? await begun.ended : undefined;
    assert.deepEqual(
      [ended?.number, ended?.state, ended?.actor, ended?.report?.result],
      [1, 'done', 'anna', 'imported'],
    );
    const again = await importer.begin({ folder, actor: 'anna' }, 'the key of it', 'hash');
    assert.deepEqual(again.kind === 'before' && again.run, ended);
    assert.equal(
      (await importer.begin({ folder, actor: 'anna' }, 'the key of it', 'other')).kind,
      'otherBody',
    );
  });

  it('brings what is reserved for other documents with the first load, and of orders only the wanted ones', async () => {
    const sample = { ...description, cutOff: '2026-11-23', firstLoad: { daysBefore: 1, daysAfter: 5 } };
    const reservations = [
      'document,line,item,warehouse,quantity,year,number',
      ...['SALES,1,A,MAG1,3,,', 'LAUNCHED,1,A,MAG1,5,2026,1', 'OTHER,1,A,MAG1,7,2026,2'],
    ];
    await bring({ ...plant, 'reservations.csv': reservations }, { firstLoad: true }, sample);
    assert.deepEqual(await rows('select document, trim_scale(quantity) as quantity from reservation'), [
      '(LAUNCHED,5)',
      '(SALES,3)',
    ]);
  });

  it('brings header-only orders', async () => {
    const { ['order_materials.csv']: _, ['movements.csv']: __, ...headers } = plant;
    const report = await bring({
      ...headers,
      'orders.csv': linesOf('orders.csv').slice(0, 2),
      'order_operations.csv': linesOf('order_operations.csv').slice(0, 2),
      'declarations.csv': linesOf('declarations.csv').slice(0, 1),
    });
    assert.equal(report.result, 'imported');
    const planner = createPlanner(pool, 'anna');
    const [outcome] = await planner.release('2026/1/0');
    assert.deepEqual(
      outcome?.refusals.map(({ code }) => code),
      ['REL-07'],
    );
  });

  it('leaves no staged rows behind', async () => {
    await bring(plant);
    await bring(withLines('items.csv', 'A,twice,PC,purchase,automatic,3'));
    assert.deepEqual(await rows(`select relname from pg_class where relname like 'import%'`), []);
  });
});
