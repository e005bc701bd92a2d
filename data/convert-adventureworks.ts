import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { masterData, type Plant } from './adventureworks-plant';
import { orderData } from './adventureworks-orders';
import { CUT_OFF, SITE } from './adventureworks-rules';
import { readSource } from './adventureworks-source';
import type { PlantFile, RowOf } from '../src/adapter/orderbook/import-format';
import { writePlantFile } from './plant-files';

const plantDescription = {
  company: SITE,
  name: 'AdventureWorks Cycles',
  timeZone: 'America/Los_Angeles',
  cutOff: CUT_OFF,
  firstLoad: { daysBefore: 21, daysAfter: 28 },
  source: {
    repository: 'olafusimichael/AdventureWorksParquet',
    commit: 'c8201f49dd1b0b97e584d590ef187ee7cd94d4b3',
    original: 'microsoft/sql-server-samples, AdventureWorks OLTP 2019',
  },
  licence: 'MIT',
};

export type PlantRows = { readonly [F in PlantFile]?: readonly RowOf<F>[] };

/** Makes every file of the plant from the source folder. */
export function convert(sourceFolder: string): PlantRows {
  const source = readSource(sourceFolder);
  const plant: Plant = masterData(source);
  return { ...plant.rows, ...orderData(source, plant) };
}

function write(rows: PlantRows, folder: string): void {
  mkdirSync(folder, { recursive: true });
  // Object.entries forgets which rows belong to which file; PlantRows pairs them.
  for (const [file, content] of Object.entries(rows) as [PlantFile, readonly RowOf<PlantFile>[]][]) {
    writePlantFile(folder, file, content);
    console.log(`${file}: ${content.length} rows`);
  }
  writeFileSync(join(folder, 'plant.json'), `${JSON.stringify(plantDescription, null, 2)}\n`);
}

if (require.main === module) {
  const [sourceFolder, targetFolder] = process.argv.slice(2);
  if (sourceFolder === undefined || targetFolder === undefined) {
    console.error('Usage: convert-adventureworks.ts SOURCE_FOLDER TARGET_FOLDER');
    process.exit(2);
  }
  write(convert(sourceFolder), targetFolder);
}
