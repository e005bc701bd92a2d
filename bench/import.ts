import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { uuidv7 } from 'uuidv7';
import { instant } from '../src/domain/calendar';
import { createPool } from '../src/adapter/orderbook/postgres/database';
import { createImporter } from '../src/adapter/orderbook/postgres/import/importer';
import { newFolder, onServer } from './on-database';

const ORDERS = 100_000;
const MATERIALS = 3;
const ITEMS = 1000;

/** Imports a generated folder into a fresh database, and the same folder again; says how long it took and the memory it needed. */
async function main(): Promise<void> {
  const place = await newFolder();
  try {
    const folder = path.join(place, 'plant');
    await makeFolder(folder);
    await onServer(async (connectionString) => {
      console.log(
        `${ORDERS.toLocaleString('en')} orders, ${(ORDERS * MATERIALS).toLocaleString('en')} materials\n`,
      );
      console.log('| import | seconds | peak RSS of Node |\n|---|---:|---:|');
      for (const name of ['first', 'the same folder again'])
        console.log(await measure(connectionString, folder, name));
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function measure(connectionString: string, folder: string, name: string): Promise<string> {
  const pool = createPool(connectionString);
  const importer = createImporter({
    ...{ pool, holder: uuidv7(), hasEnded: () => false, log: { error: () => undefined } },
    clock: () => instant(new Date()),
  });
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100);
  const begin = performance.now();
  const begun = await importer.begin({ folder, actor: 'bench' }, uuidv7(), 'bench');
  const ended = begun.kind === 'opened' ? await begun.ended : undefined;
  const seconds = (performance.now() - begin) / 1000;
  clearInterval(timer);
  await pool.end();
  const orders = ended?.report?.files.find(({ file }) => file === 'orders');
  if ((orders?.added ?? 0) + (orders?.unchanged ?? 0) !== ORDERS)
    throw new Error(JSON.stringify(ended?.report));
  return `| ${name} | ${seconds.toFixed(1)} | ${Math.round(peak / 1e6)} MB |`;
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder);
  const text = (name: string, ...lines: string[]) =>
    writeFile(path.join(folder, name), `${lines.join('\n')}\n`);
  await text('plant.json', JSON.stringify({ company: 'BENCH', name: 'Bench', timeZone: 'UTC' }));
  await text('sites.csv', 'site,name', 'S,Site');
  await text('warehouses.csv', 'warehouse,name,site,negative_stock', 'W,Store,S,false');
  await text('reasons.csv', 'warehouse,reason,name,direction,production', 'W,SCP,Withdrawal,unload,true');
  await text('withdrawal_defaults.csv', 'section,warehouse,reason', 'raw_material,W,SCP');
  const items = Array.from({ length: ITEMS }, (_, index) => `I${index},Item ${index},PC,purchase,automatic`);
  await text('items.csv', 'item,description,unit,procurement,pickup_type', ...items);
  await text('stock.csv', 'item,warehouse,quantity', ...items.map((_, index) => `I${index},W,100000`));
  await rows(
    path.join(folder, 'orders.csv'),
    'year,number,item,quantity,unit,start,end,due,site,state',
    (order) => [`2026,${order},I0,10,PC,${day(order)},${day(order)},2026-12-31,S,launched`],
  );
  await rows(
    path.join(folder, 'order_materials.csv'),
    'year,number,line,item,unit,quantity_per,quantity',
    (order) =>
      Array.from(
        { length: MATERIALS },
        (_, line) => `2026,${order},${line},I${(order * 7 + line) % ITEMS},PC,1.5,15`,
      ),
  );
}

const day = (order: number): string => `2026-11-${String(1 + (order % 30)).padStart(2, '0')}`;

async function rows(file: string, header: string, linesOf: (order: number) => string[]): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${header}\n`);
  for (let order = 1; order <= ORDERS; order++) {
    if (!out.write(`${linesOf(order).join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

void main();
