import { masterData, type Plant } from './adventureworks-plant';
import { orderData } from './adventureworks-orders';
import { CUT_OFF, SITE } from './adventureworks-rules';
import { readSource } from './adventureworks-source';
import { type PlantRows, writePlant } from './plant-files';

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

/** Makes every file of the plant from the source folder. */
export function convert(sourceFolder: string): PlantRows {
  const source = readSource(sourceFolder);
  const plant: Plant = masterData(source);
  return { ...plant.rows, ...orderData(source, plant) };
}

if (require.main === module) {
  const [sourceFolder, targetFolder] = process.argv.slice(2);
  if (sourceFolder === undefined || targetFolder === undefined) {
    console.error('Usage: convert-adventureworks.ts SOURCE_FOLDER TARGET_FOLDER');
    process.exit(2);
  }
  writePlant(targetFolder, plantDescription, convert(sourceFolder));
}
