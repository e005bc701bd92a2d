import assert from 'node:assert/strict';
import { uuidv7 } from 'uuidv7';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import { migrate } from '../../../../src/adapter/orderbook/postgres/migrate';
import { instant } from '../../../../src/domain/calendar';
import { useDatabase } from '../../../postgres';
import { assertInvariants } from '../invariants';
import { key } from '../planner';
import { createRefresher, useAdapterPool } from '../refresh/methods';
import { folderOf, linesOf, plant, type Files } from './plant-folder';

const order = '2026/1/0';

/** P and A are made to order: A has a line of its own in an order for P. */
const withMethods: Files = {
  ...plant,
  'calendars.csv': ['calendar,name', 'DAY,Day shift'],
  'calendar_hours.csv': [
    'calendar,weekday,starts,ends',
    ...[1, 2, 3, 4, 5].map((day) => `DAY,${day},08:00,16:00`),
  ],
  'work_centres.csv': ['work_centre,name,site,calendar', '100,Assembly,S1,DAY'],
  'boms.csv': ['bom,unit', 'P,PC', 'A,PC'],
  'bom_lines.csv': ['bom,line,component,unit,quantity', 'P,10,A,PC,2', 'A,10,D,G,5'],
  'routings.csv': ['routing', 'P', 'A'],
  'routing_operations.csv': [
    'routing,operation,work_centre,run_time,movable',
    'P,10,100,3,true',
    'A,10,100,1,true',
  ],
  'items.csv': [
    'item,description,unit,procurement,pickup_type,decimals,make_to_order,bom,routing',
    'P,Product,PC,production,manual,0,true,P,P',
    'A,Material A,PC,production,automatic,3,true,A,A',
    'D,Material D,KG,purchase,automatic,3,false,,',
  ],
  'withdrawal_defaults.csv': ['section,warehouse,reason', 'raw_material,MAG1,SCP', 'unfinished,MAG1,SCP'],
};

describe('an import of an order that was refreshed', () => {
  const database = useDatabase((connectionString) => migrate(connectionString));
  const pool = useAdapterPool(database);

  async function bring(files: Files) {
    const clock = () => instant(new Date());
    const log = { error: (fields: object) => assert.fail(JSON.stringify(fields)) };
    const importer = createImporter({ pool: pool(), holder: uuidv7(), clock, hasEnded: () => false, log });
    const begun = await importer.begin({ folder: await folderOf(files), actor: 'anna' }, uuidv7(), uuidv7());
    assert.equal(begun.kind, 'opened');
    const { report } = await begun.ended;
    await importer.shutdown();
    assert.deepEqual(report?.errors.items, []);
    await assertInvariants(database.pool);
    return report;
  }

  const content = async () => {
    const [found] = await createRefresher(pool()).book.read('IT', [key(order)]);
    assert.ok(found);
    return [
      found.quantity,
      found.materials.map((each) => `${each.orderLine} ${each.line} ${each.item} ${each.quantity}`),
      found.operations.map(
        (each) => `${each.orderLine} ${each.operation} ${each.startsAt === null ? 'days' : 'times'}`,
      ),
    ];
  };

  it('leaves it while the file says what it said, and takes the file’s when it says something else', async () => {
    await bring(withMethods);
    const asImported = await content();
    await createRefresher(pool()).refresh({}, order);
    const refreshed = await content();
    assert.deepEqual(refreshed, [
      '50',
      ['10000 10000 A 100', '20000 20000 D 0.5'],
      ['10000 10 times', '20000 10 times'],
    ]);
    assert.equal((await bring(withMethods))?.result, 'unchanged');
    assert.deepEqual(await content(), refreshed);

    const later = (line: string) => line.replace('2026-11-27,S1,launched', '2026-11-30,S1,launched');
    const report = await bring({ ...withMethods, 'orders.csv': linesOf('orders.csv').map(later) });
    assert.deepEqual(await content(), asImported);
    const lines = report?.files.find(({ file }) => file === 'order_materials');
    assert.deepEqual([lines?.added, lines?.updated, lines?.removed], [2, 0, 2]);
  });

  it('takes its lines back when only its header comes', async () => {
    await createRefresher(pool()).refresh({}, order);
    const more = (line: string) => line.replace('2026,1,P,50,', '2026,1,P,40,');
    const {
      'order_materials.csv': _m,
      'order_operations.csv': _o,
      'movements.csv': _v,
      'declarations.csv': _d,
      ...rest
    } = withMethods;
    await bring({ ...rest, 'orders.csv': linesOf('orders.csv').map(more) });
    assert.deepEqual(await content(), ['40', ['10000 10000 A 100'], ['10000 10 days']]);
  });
});
