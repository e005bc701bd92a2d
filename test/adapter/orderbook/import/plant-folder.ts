import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Files of a plant folder by name: lines of text, the first the header, or bytes. */
export type Files = Readonly<Record<string, readonly string[] | Buffer>>;

export const description = { company: 'IT', name: 'Torneria Rossi', timeZone: 'Europe/Rome' };

/** A small plant: one product of two materials, one order launched and one released. */
export const plant: Files = {
  'sites.csv': ['site,name', 'S1,Torino'],
  'work_centres.csv': ['work_centre,name,site', '100,Assembly,S1'],
  'warehouses.csv': ['warehouse,name,site,negative_stock', 'MAG1,Raw material,S1,false'],
  'reasons.csv': [
    'warehouse,reason,name,direction,production',
    'MAG1,SCP,Withdrawal,unload,true',
    'MAG1,CAR,Receipt,load,true',
  ],
  'withdrawal_defaults.csv': ['section,warehouse,reason', 'raw_material,MAG1,SCP'],
  'items.csv': [
    'item,description,unit,procurement,pickup_type,decimals',
    'P,Product,PC,production,manual,0',
    'A,Material A,PC,purchase,automatic,3',
    'D,Material D,KG,purchase,automatic,3',
  ],
  'item_units.csv': ['item,unit,factor', 'D,G,0.001'],
  'stock.csv': ['item,warehouse,quantity', 'A,MAG1,500', 'D,MAG1,20'],
  'orders.csv': [
    'year,number,item,quantity,unit,start,end,due,site,state,origin,released_on',
    '2026,1,P,50,PC,2026-11-23,2026-11-25,2026-11-27,S1,launched,,',
    '2026,2,P,10,PC,2026-11-16,2026-11-18,2026-11-20,S1,executive,release,2026-11-16',
  ],
  'order_materials.csv': [
    'year,number,line,item,unit,quantity_per,quantity',
    '2026,1,10,A,PC,2,100',
    '2026,1,20,D,G,4,200',
    '2026,2,10,A,PC,2,20',
    '2026,2,20,D,KG,0.004,0.04',
  ],
  'order_operations.csv': [
    'year,number,operation,work_centre,start,end,movable',
    '2026,1,10,100,2026-11-23,2026-11-25,true',
    '2026,2,10,100,2026-11-16,2026-11-18,true',
  ],
  'movements.csv': [
    'year,number,line,item,warehouse,reason,quantity,unit,posted_on',
    '2026,2,10,A,MAG1,SCP,20,PC,2026-11-16',
    '2026,2,20,D,MAG1,SCP,40,G,2026-11-16',
  ],
  'declarations.csv': ['year,number,declaration,operation,quantity,opened_on', '2026,2,1,10,0,2026-11-17'],
};

/** Writes a folder that is gone when the tests are over. */
export async function folderOf(files: Files, plantJson: object = description): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'launchbook-test-plant-'));
  folders.push(folder);
  await writeFile(path.join(folder, 'plant.json'), JSON.stringify(plantJson));
  for (const [name, content] of Object.entries(files)) {
    const text = Buffer.isBuffer(content) ? content : `${content.join('\n')}\n`;
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** The lines of a file of {@link plant}. */
export function linesOf(file: string): readonly string[] {
  const content = plant[file];
  if (content === undefined || Buffer.isBuffer(content)) throw new RangeError(file);
  return content;
}

/** The plant with lines added to a file. */
export const withLines = (file: string, ...lines: readonly string[]): Files => ({
  ...plant,
  [file]: [...linesOf(file), ...lines],
});

/** The plant with a text of a file replaced wherever it stands. */
export const replaced = (file: string, text: string, by: string): Files => ({
  ...plant,
  [file]: linesOf(file).map((line) => line.replace(text, by)),
});
