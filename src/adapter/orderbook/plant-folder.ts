import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import * as z from 'zod/mini';
import { Day } from '../../contract/values';
import { columnOf, columnsOf, fileNameOf, type ColumnOf, type PlantFile } from './import-format';

/** What `plant.json` says of a plant in the import format. */
const PlantDescription = z.object({
  company: z.string().check(z.minLength(1)),
  name: z.string().check(z.minLength(1)),
  timeZone: z.string().check(z.minLength(1)),
  /** The day of the files' calendar that becomes the day of the first load. */
  cutOff: Day,
  /** Orders starting this many days around the cut-off are loaded first. */
  firstLoad: z.object({ daysBefore: z.int().check(z.gte(0)), daysAfter: z.int().check(z.gte(0)) }),
});
export type PlantDescription = z.infer<typeof PlantDescription>;

/** Reads `plant.json` of a plant's folder. Throws when it is missing or not in the import format. */
export async function readPlantDescription(folder: string): Promise<PlantDescription> {
  return PlantDescription.parse(JSON.parse(await readFile(path.join(folder, 'plant.json'), 'utf8')));
}

export type PlantRow<F extends PlantFile> = Record<ColumnOf<F>, string>;

/** The rows of one file of a plant's folder, in constant memory. */
export async function* readPlantFile<F extends PlantFile>(
  folder: string,
  file: F,
): AsyncGenerator<PlantRow<F>> {
  const name = fileNameOf(file);
  const source = createReadStream(path.join(folder, name));
  const text = name.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  const records = text.pipe(parse({ columns: true, bom: true }));
  // `pipe` does not pass errors on; a broken archive must end the reading, not the process.
  source.on('error', (error: Error) => records.destroy(error));
  text.on('error', (error: Error) => records.destroy(error));
  // The columns are those of the header row; the format's test holds the files of this repository to it.
  const empty = Object.fromEntries(
    columnsOf[file].map((name) => [name, columnOf(file, name).fallback ?? '']),
  );
  for await (const row of records as AsyncIterable<PlantRow<F>>) yield { ...empty, ...row };
}
