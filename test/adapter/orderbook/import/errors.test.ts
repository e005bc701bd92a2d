import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { importErrorCodes } from '../../../../src/contract/imports';
import { FolderUnusable } from '../../../../src/adapter/orderbook/import/import-errors';
import type { Importer, Report } from '../../../../src/adapter/orderbook/importer';
import { createPool } from '../../../../src/adapter/orderbook/postgres/database';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import { migrate } from '../../../../src/adapter/orderbook/postgres/migrate';
import { instant } from '../../../../src/domain/calendar';
import { useDatabase } from '../../../postgres';
import { description, folderOf, linesOf, plant, replaced, withLines, type Files } from './plant-folder';

const latin1 = Buffer.from('site,name\nS1,Citt\xe0\n', 'latin1');
const fulfilled = '2026,3,P,5,PC,2026-11-16,2026-11-18,2026-11-20,S1,fulfilled,direct,';
const lotManaged = 'L,Lot,PC,purchase,automatic,0,true,,';

/** A mistake, and the faults it makes: file, line, column, code. */
const mistakes: Readonly<Record<string, readonly [Files, ...string[]]>> = {
  unknownFile: [{ ...plant, 'order.csv': ['number'] }, 'order.csv   unknownFile'],
  fileTwice: [{ ...plant, 'sites.csv.gz': gzipSync('site,name') }, 'sites.csv.gz   fileTwice'],
  unreadable: [{ ...plant, 'routings.csv.gz': Buffer.from('not packed') }, 'routings   unreadable'],
  notUtf8: [{ ...plant, 'sites.csv': latin1 }, 'sites   notUtf8', '…'],
  recordTooLong: [
    withLines('item_units.csv', '"A,BOX,2', ...Array.from({ length: 300 }, () => 'A,BOX,2,'.repeat(1000))),
    'item_units 3  recordTooLong',
  ],
  malformed: [withLines('item_units.csv', '"A,BOX,2'), 'item_units 3  malformed'],
  noHeader: [{ ...plant, 'routings.csv': [''] }, 'routings 1  noHeader'],
  unknownColumn: [
    replaced('sites.csv', 'site,name', 'site,name,town'),
    'sites 1 town unknownColumn',
    'sites 2  fieldCount',
    '…',
  ],
  missingColumn: [
    replaced('item_units.csv', 'item,unit,factor', 'item,unit,quantity'),
    'item_units 1 quantity unknownColumn',
    'item_units 1 factor missingColumn',
    '…',
  ],
  columnTwice: [
    { ...plant, 'sites.csv': ['site,name,name', 'S1,Torino,Torino'] },
    'sites 1 name columnTwice',
  ],
  fieldCount: [withLines('item_units.csv', 'A,BOX'), 'item_units 3  fieldCount'],
  missing: [withLines('item_units.csv', 'A,,2'), 'item_units 3 unit missing'],
  notCode: [withLines('sites.csv', `${'S'.repeat(61)},Torino`), 'sites 3 site notCode'],
  notText: [withLines('sites.csv', `S2,${'T'.repeat(501)}`), 'sites 3 name notText'],
  notInteger: [
    replaced('order_materials.csv', '2026,1,10,', '2026,1,10.5,'),
    'order_materials 2 line notInteger',
  ],
  notDecimal: [withLines('item_units.csv', 'A,BOX,"2,5"'), 'item_units 3 factor notDecimal'],
  notDay: [replaced('orders.csv', '2026-11-27', '27/11/2026'), 'orders 2 due notDay'],
  notTime: [calendar('1,8:00,16:00'), 'calendar_hours 2 starts notTime'],
  notBoolean: [replaced('warehouses.csv', 'false', 'no'), 'warehouses 2 negative_stock notBoolean'],
  notOneOf: [replaced('orders.csv', 'launched', 'open'), 'orders 2 state notOneOf'],
  notList: [routing('20;30'), 'routing_operations 2 next notList'],
  outOfRange: [withLines('item_units.csv', 'A,BOX,0'), 'item_units 3 factor outOfRange'],
  duplicate: [withLines('sites.csv', 'S1,Again'), 'sites 3 site duplicate'],
  unknownReference: [withLines('item_units.csv', 'X,BOX,2'), 'item_units 3 item unknownReference'],
  together: [
    {
      ...plant,
      'items.csv': linesOf('items.csv').map((line, index) => `${line},${index === 0 ? 'warehouse' : 'MAG1'}`),
    },
    'items 2 reason together',
    'items 3 reason together',
    'items 4 reason together',
  ],
  endBeforeStart: [
    replaced('order_operations.csv', '2026-11-25', '2026-11-22'),
    'order_operations 2 end endBeforeStart',
  ],
  overlap: [calendar('1,08:00,16:00', '1,15:00,20:00'), 'calendar_hours 3 starts overlap'],
  wrongDirection: [
    replaced('withdrawal_defaults.csv', 'SCP', 'CAR'),
    'withdrawal_defaults 2 reason wrongDirection',
  ],
  notForProduction: [
    replaced('reasons.csv', 'unload,true', 'unload,false'),
    'withdrawal_defaults 2 reason notForProduction',
  ],
  unknownUnit: [
    replaced('order_materials.csv', '2026,1,10,A,PC', '2026,1,10,A,BOX'),
    'order_materials 2 unit unknownUnit',
  ],
  notBaseUnit: [replaced('orders.csv', 'P,50,PC', 'P,50,KG'), 'orders 2 unit notBaseUnit'],
  lotMissing: [lots('L,MAG1,'), 'stock 2 lot lotMissing'],
  lotNotManaged: [lots('A,MAG1,L7'), 'stock 2 lot lotNotManaged'],
  negativeStock: [replaced('stock.csv', ',500', ',-1'), 'stock 2 quantity negativeStock'],
  originMissing: [withLines('orders.csv', fulfilled.replace('direct', '')), 'orders 4 origin originMissing'],
  originOfLaunched: [
    replaced('orders.csv', 'launched,', 'launched,direct'),
    'orders 2 origin originOfLaunched',
  ],
  releasedOnMissing: [
    replaced('orders.csv', 'release,2026-11-16', 'release,'),
    'orders 3 released_on releasedOnMissing',
  ],
  holdNotLaunched: [
    {
      ...plant,
      'orders.csv': linesOf('orders.csv').map(
        (line, index) => `${line},${['hold_reason', '', 'wait'][index]}`,
      ),
    },
    'orders 3 hold_reason holdNotLaunched',
  ],
  movementOfLaunched: [
    withLines('movements.csv', '2026,1,10,A,MAG1,SCP,100,PC,2026-11-16'),
    'movements 4 number movementOfLaunched',
  ],
  movementOfDirect: [
    replaced('orders.csv', 'release,2026-11-16', 'direct,'),
    'movements 2 number movementOfDirect',
    'movements 3 number movementOfDirect',
  ],
  declarationOfLaunched: [
    withLines('declarations.csv', '2026,1,1,10,0,2026-11-17'),
    'declarations 3 number declarationOfLaunched',
  ],
  otherItem: [replaced('movements.csv', '2026,2,10,A', '2026,2,10,P'), 'movements 2 item otherItem'],
  recordOnTwoDays: [
    replaced('movements.csv', 'G,2026-11-16', 'G,2026-11-17'),
    'movements 3 posted_on recordOnTwoDays',
  ],
  movementsDisagree: [
    replaced('movements.csv', 'SCP,20,PC', 'SCP,19,PC'),
    'movements 2 quantity movementsDisagree',
  ],
  producedDisagrees: [
    {
      ...withLines('orders.csv', fulfilled),
      'declarations.csv': [
        'year,number,declaration,quantity,closing,opened_on,registered_on',
        '2026,3,1,5,true,2026-11-17,2026-11-18',
      ],
    },
    'orders 4 quantity_produced producedDisagrees',
  ],
};

function calendar(...hours: string[]): Files {
  return {
    ...plant,
    'calendars.csv': ['calendar,name', 'DAY,One shift'],
    'calendar_hours.csv': ['calendar,weekday,starts,ends', ...hours.map((line) => `DAY,${line}`)],
  };
}

function routing(next: string): Files {
  return {
    ...plant,
    'routings.csv': ['routing', 'R'],
    'routing_operations.csv': ['routing,operation,next,work_centre', `R,10,${next},100`],
  };
}

function lots(place: string): Files {
  const items = linesOf('items.csv').map((line, index) => `${line},${index === 0 ? 'lot_managed' : 'false'}`);
  return {
    ...plant,
    'items.csv': [...items, lotManaged.replace(/,,$/, '')],
    'stock.csv': ['item,warehouse,lot,quantity', `${place},5`],
  };
}

describe('errors of an import', () => {
  const database = useDatabase(migrate);
  let pool: ReturnType<typeof createPool>;
  let importer: Importer;

  before(() => {
    pool = createPool(database.connectionString);
    importer = createImporter({
      ...{ pool, holder: 'test', hasEnded: () => false, log: { error: () => undefined } },
      clock: () => instant(new Date('2026-11-20T09:00:00Z')),
    });
  });
  after(() => pool.end());

  const check = async (files: Files, plantJson: object = description): Promise<Report> =>
    importer.dryRun({ folder: await folderOf(files, plantJson), actor: 'anna' });
  const faults = ({ errors }: Report): string[] =>
    errors.items.map(({ file, line, column, code }) => `${file} ${line ?? ''} ${column ?? ''} ${code}`);

  for (const [code, [files, ...expected]] of Object.entries(mistakes)) {
    it(`${code}: says where`, async () => {
      const report = await check(files);
      assert.equal(report.result, 'refused');
      const more = expected.at(-1) === '…';
      const found = more ? faults(report).slice(0, expected.length - 1) : faults(report);
      assert.deepEqual(found, more ? expected.slice(0, -1) : expected);
    });
  }

  it('noDescription, badDescription: say what is wrong with plant.json', async () => {
    const codeOf = (error: unknown) => (error instanceof FolderUnusable ? error.fault.code : undefined);
    await assert.rejects(
      importer.dryRun({ folder: '/nowhere', actor: 'anna' }),
      (error) => codeOf(error) === 'noDescription',
    );
    const wrong = { ...description, timeZone: 'Rome' };
    await assert.rejects(
      check(plant, wrong),
      (error) => codeOf(error) === 'badDescription' && String(error).includes('timeZone'),
    );
  });

  it('has a mistake for every code', () => {
    const tried = new Set([
      ...Object.keys(mistakes),
      ...['noDescription', 'badDescription', 'tooLarge', 'itemInUse'],
    ]);
    assert.deepEqual(
      importErrorCodes.filter((code) => !tried.has(code)),
      [],
    );
  });

  it('finds every error at once, by file and line', async () => {
    const report = await check({
      ...withLines('order_materials.csv', '2026,1,30,NONE,PC,1,1'),
      'stock.csv': ['item,warehouse,quantity', 'A,MAG1,many', 'D,MAG9,1'],
    });
    assert.deepEqual(faults(report), [
      'stock 2 quantity notDecimal',
      'stock 3 warehouse unknownReference',
      'order_materials 6 item unknownReference',
    ]);
  });

  it('lists a thousand errors and counts them all', async () => {
    const units = Array.from({ length: 1500 }, (_, index) => `X${index},BOX,1`);
    const { errors } = await check(withLines('item_units.csv', ...units));
    assert.deepEqual([errors.items.length, errors.count], [1000, 1500]);
  });

  it('reads semicolons, decimal commas, a BOM, gzip, quoted line breaks and columns in any order', async () => {
    const { ['order_materials.csv']: materials, ...rest } = plant;
    const files: Files = {
      ...rest,
      'order_materials.csv.gz': gzipSync(
        `\uFEFF${linesOf('order_materials.csv').join('\r\n').replaceAll(',', ';').replaceAll('0.0', '0,0')}\r\n`,
      ),
      'item_units.csv': ['factor;unit;item', '0,001;G;D'],
      'sites.csv': ['site;name', 'S1;"Torino', 'Mirafiori; Sud"', 'S2;Asti'],
    };
    assert.ok(materials);
    const report = await check(files, { ...description, decimal: ',' });
    assert.deepEqual(faults(report), []);
    const wrong = await check(
      { ...files, 'sites.csv': ['site;name', 'S1;"Torino', 'Mirafiori"', ';Asti'] },
      { ...description, decimal: ',' },
    );
    assert.deepEqual(faults(wrong)[0], 'sites 4 site missing');
  });
});
