import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Report } from '../../../../src/adapter/orderbook/importer';
import { createPlanner } from '../planner';
import { folderOf, type Files } from './plant-folder';
import { useImporter } from './use-importer';

/** What the file says of an item: base unit, whether stock and lots are kept of it. */
interface Counted {
  readonly unit?: string;
  readonly stock?: boolean;
  readonly lots?: boolean;
}

/** N has nothing but a line in the file, X is needed by a launched order, S is in stock, R is reserved. */
function plantWith(items: Readonly<Record<string, Counted>>, more: Files = {}): Files {
  const row = (item: string) => {
    const { unit = 'PC', stock = true, lots = false } = items[item] ?? {};
    return `${item},Item ${item},${unit},purchase,automatic,${stock},${lots},MAG,SCP`;
  };
  return {
    'sites.csv': ['site,name', 'S1,Torino'],
    'warehouses.csv': ['warehouse,name,site,negative_stock', 'MAG,Store,S1,true'],
    'reasons.csv': ['warehouse,reason,name,direction,production', 'MAG,SCP,Withdrawal,unload,true'],
    'items.csv': [
      'item,description,unit,procurement,pickup_type,stock_managed,lot_managed,warehouse,reason',
      ...['N', 'X', 'S', 'R', 'P'].map(row),
    ],
    'stock.csv': ['item,warehouse,quantity', ...(items['S']?.lots === true ? [] : ['S,MAG,10'])],
    'reservations.csv': ['document,line,item,warehouse,quantity', 'D1,1,R,MAG,1'],
    'orders.csv': [
      'year,number,item,quantity,unit,start,end,due,site,state',
      `2026,1,P,5,${items['P']?.unit ?? 'PC'},2026-11-23,2026-11-25,2026-11-27,S1,launched`,
    ],
    'order_materials.csv': [
      'year,number,line,item,unit,quantity_per,quantity',
      `2026,1,10,X,${items['X']?.unit ?? 'PC'},1,5`,
    ],
    ...more,
  };
}

describe('an import that counts an item otherwise', () => {
  const { pool, importer } = useImporter();

  beforeEach(async () => {
    assert.equal((await bring(plantWith({}))).result, 'imported');
  });

  async function bring(files: Files, onStep?: (step: string) => void): Promise<Report> {
    const policies = { shortage: 'negative', reservation: 'none' };
    const plant = { company: 'IT', name: 'Torneria Rossi', timeZone: 'Europe/Rome', policies };
    const folder = await folderOf(files, plant);
    const begun = await importer.begin({ folder, actor: 'anna' }, randomUUID(), 'hash', {
      onProgress: ({ step }) => onStep?.(step),
    });
    assert.ok(begun.kind === 'opened');
    const { report } = await begun.ended;
    assert.ok(report);
    return report;
  }
  const faults = ({ errors }: Report) =>
    errors.items.map(
      ({ file, line, column, code, params }) =>
        `${file} ${line ?? ''} ${column ?? ''} ${code} ${params['part'] ?? ''} ${params['here'] ?? ''}`,
    );
  const release = async () => (await createPlanner(pool).release('2026/1/0'))[0]?.result;

  it('may do so while nothing depends on it', async () => {
    const report = await bring(plantWith({ N: { unit: 'KG', stock: false, lots: true } }));
    assert.deepEqual([report.result, faults(report)], ['imported', []]);
  });

  it('is refused while there is stock, whatever it changes', async () => {
    assert.deepEqual(faults(await bring(plantWith({ S: { unit: 'KG', stock: false, lots: true } }))), [
      'items 4 unit itemInUse stock PC',
      'items 4 lot_managed itemInUse stock false',
      'items 4 stock_managed itemInUse stock true',
    ]);
  });

  it('is refused while stock is reserved', async () => {
    assert.deepEqual(faults(await bring(plantWith({ R: { lots: true } }))), [
      'items 5 lot_managed itemInUse reservations false',
    ]);
  });

  it('is refused another unit while an order makes or needs the item, and allowed lots while it is launched', async () => {
    assert.deepEqual(faults(await bring(plantWith({ X: { unit: 'KG' }, P: { unit: 'KG' } }))), [
      'items 3 unit itemInUse orders PC',
      'items 6 unit itemInUse orders PC',
    ]);
    assert.equal((await bring(plantWith({ X: { lots: true } }))).result, 'imported');
  });

  it('is refused while an order that has begun makes or needs the item', async () => {
    assert.equal(await release(), 'released');
    assert.deepEqual(faults(await bring(plantWith({ X: { stock: false }, P: { stock: false } }))), [
      'items 3 stock_managed itemInUse stock true',
      'items 6 stock_managed itemInUse orders true',
    ]);
  });

  it('is refused for what was released while it checked', async () => {
    const planner = await pool.connect();
    try {
      // A release is under way when the import has checked everything.
      await planner.query('begin');
      await planner.query(`select from production_order where company_id = 'IT' for no key update`);
      let locking: () => void = () => undefined;
      const locked = new Promise<void>((resolve) => (locking = resolve));
      const brought = bring(plantWith({ X: { stock: false } }), (step) => step === 'comparing' && locking());
      await locked;
      await planner.query(`update production_order set state = 'executive', origin = 'direct'`);
      await planner.query('commit');
      assert.deepEqual(faults(await brought), ['items 3 stock_managed itemInUse orders true']);
    } finally {
      planner.release();
    }
  });
});
