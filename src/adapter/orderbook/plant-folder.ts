import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { pickingPolicies, reservationPolicies, shortagePolicies } from '../../domain/policy';
import { Day } from '../../contract/values';
import { FolderUnusable, type Fault } from './import/import-errors';
import { fileNameOf, plantFileNames, type PlantFile } from './import-format';

export const DESCRIPTION = 'plant.json';

const days = z.int().check(z.gte(0), z.lte(10_000));

/** What `plant.json` says of a plant. Described in docs/import.md. */
export const PlantDescription = z.strictObject({
  company: z.string().check(z.regex(/^[\p{L}\p{N}_.-]{1,20}$/u)),
  name: z.string().check(z.minLength(1), z.maxLength(100)),
  timeZone: z.string().check(z.refine(isTimeZone)),
  /** How the files write numbers. */
  decimal: z._default(z.enum(['.', ',']), '.'),
  /** Of a plant that is imported for the first time. */
  policies: z._default(
    z.strictObject({
      shortage: z.enum(shortagePolicies),
      reservation: z.enum(reservationPolicies),
      picking: z._default(z.enum(pickingPolicies), 'requests'),
    }),
    { shortage: 'refuse', reservation: 'none', picking: 'requests' },
  ),
  /** The day of the files' calendar that becomes the day of the first import. Only sample plants have one. */
  cutOff: z.optional(Day),
  /** Orders starting this many days around the cut-off are what the first start brings. */
  firstLoad: z.optional(z.strictObject({ daysBefore: days, daysAfter: days })),
  /** Where the data come from, for people. */
  source: z.optional(z.record(z.string(), z.string())),
  licence: z.optional(z.string()),
});
export type PlantDescription = z.infer<typeof PlantDescription>;

/** A plant folder as it lies there: which files it has, by name. */
export interface PlantFolder {
  readonly description: PlantDescription;
  readonly files: ReadonlyMap<PlantFile, string>;
  /** Files that are none of the format's, or are there twice. */
  readonly faults: readonly Fault[];
}

/**
 * Looks into a plant folder.
 *
 * @param company the company to import into, in place of the one `plant.json` names
 * @throws FolderUnusable when the folder or `plant.json` cannot be used
 */
export async function openPlantFolder(folder: string, company?: string): Promise<PlantFolder> {
  const described = await readDescription(folder);
  const description = company === undefined ? described : withCompany(described, company);
  const names = (await readdir(folder)).filter((name) => /\.csv(\.gz)?$/i.test(name)).sort();
  const files = new Map<PlantFile, string>();
  const faults: Fault[] = [];
  for (const name of names) {
    const file = plantFileNames.find((known) => name === `${known}.csv` || name === `${known}.csv.gz`);
    if (file === undefined) {
      faults.push(ofFile(name, 'unknownFile', { expected: plantFileNames.map(fileNameOf).join(', ') }));
    } else if (files.has(file)) {
      faults.push(ofFile(name, 'fileTwice', { other: path.basename(files.get(file) ?? '') }));
    } else files.set(file, path.join(folder, name));
  }
  // In the order of the format, in which they are read and reported.
  return {
    description,
    faults,
    files: new Map(
      plantFileNames.flatMap((file) => {
        const found = files.get(file);
        return found === undefined ? [] : [[file, found] as const];
      }),
    ),
  };
}

/** Reads `plant.json`. Throws {@link FolderUnusable} when it is missing or cannot be used. */
export async function readDescription(folder: string): Promise<PlantDescription> {
  const file = path.join(folder, DESCRIPTION);
  const missing = (cause: unknown): never => {
    throw new FolderUnusable(ofFile(DESCRIPTION, 'noDescription', { folder: path.basename(folder) }), {
      cause,
    });
  };
  const { size } = await stat(file).catch(missing);
  if (size > MOST_DESCRIPTION * 1024 * 1024) {
    const params = { part: 'description', most: String(MOST_DESCRIPTION) };
    throw new FolderUnusable(ofFile(DESCRIPTION, 'tooLarge', params));
  }
  return parseDescription(await readFile(file, 'utf8').catch(missing));
}

/** Megabytes. */
const MOST_DESCRIPTION = 1;

function parseDescription(text: string): PlantDescription {
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new FolderUnusable(ofFile(DESCRIPTION, 'badDescription', { field: 'JSON' }), { cause });
  }
  const read = PlantDescription.safeParse(given);
  if (read.success) return read.data;
  throw new FolderUnusable(ofFile(DESCRIPTION, 'badDescription', { field: fieldsOf(read.error.issues) }));
}

function fieldsOf(issues: readonly z.core.$ZodIssue[]): string {
  const fields = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.') || 'JSON'],
  );
  return [...new Set(fields)].join(', ');
}

function withCompany(described: PlantDescription, company: string): PlantDescription {
  const read = PlantDescription.safeParse({ ...described, company });
  if (read.success) return read.data;
  throw new FolderUnusable(ofFile(DESCRIPTION, 'badDescription', { field: 'company' }));
}

const ofFile = (
  file: string,
  code: 'unknownFile' | 'fileTwice' | 'noDescription' | 'badDescription' | 'tooLarge',
  params: Readonly<Record<string, string>>,
) => ({ file, line: null, column: null, code, params }) as const;

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
