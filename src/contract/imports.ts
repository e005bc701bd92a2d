import * as z from 'zod/mini';
import { RunState } from './runs';
import { Moment } from './values';

/** Why a plant folder cannot be imported. Each has a text `import.error.<code>`; docs/import.md says what it means. */
export const importErrorCodes = [
  'noDescription',
  'badDescription',
  'unknownFile',
  'fileTwice',
  'unreadable',
  'notUtf8',
  'malformed',
  'recordTooLong',
  'tooLarge',
  'noHeader',
  'unknownColumn',
  'missingColumn',
  'columnTwice',
  'fieldCount',
  'missing',
  'notCode',
  'notText',
  'notInteger',
  'notDecimal',
  'notDay',
  'notTime',
  'notBoolean',
  'notOneOf',
  'notList',
  'outOfRange',
  'duplicate',
  'unknownReference',
  'together',
  'endBeforeStart',
  'overlap',
  'itemInUse',
  'wrongDirection',
  'notForProduction',
  'unknownUnit',
  'notBaseUnit',
  'lotMissing',
  'lotNotManaged',
  'negativeStock',
  'originMissing',
  'originOfLaunched',
  'releasedOnMissing',
  'holdNotLaunched',
  'movementOfLaunched',
  'movementOfDirect',
  'declarationOfLaunched',
  'otherItem',
  'recordOnTwoDays',
  'movementsDisagree',
  'producedDisagrees',
] as const;
export type ImportErrorCode = (typeof importErrorCodes)[number];

/** Errors beyond these are counted, not listed. */
export const mostListedErrors = 1000;

export const ImportError = z.object({
  file: z.string(),
  /** Line of the file, the header being line 1; null for the file as a whole. */
  line: z.nullable(z.int()),
  column: z.nullable(z.string()),
  code: z.enum(importErrorCodes),
  /** In the caller's language. */
  message: z.string(),
});
export type ImportError = z.infer<typeof ImportError>;

/**
 * Why rows of a file are left out: their order has begun in the book, or is launched there while the file says it has begun; their stock
 * has been opened before; the first load does not want them.
 */
export const leftOutReasons = ['begun', 'launched', 'opened', 'firstLoad'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

/**
 * What became of the rows of one file; in a dry run, what would become of them. `added`, `updated`, `unchanged` and `leftOut` come to
 * `rows`; of a folder that was refused they are all zero.
 */
export const FileReport = z.object({
  /** Without its ending; plant.json, which is one row, with it. */
  file: z.string(),
  rows: z.int(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Rows the book had and the files do not: of files that have all of something, and lines of orders that were updated. */
  removed: z.int(),
  /** Rows the book does not take, by reason. */
  leftOut: z.array(z.object({ reason: z.enum(leftOutReasons), rows: z.int() })),
});
export type FileReport = z.infer<typeof FileReport>;

export const importResults = ['imported', 'unchanged', 'refused', 'cancelled'] as const;

export const ImportReport = z.object({
  company: z.string(),
  dryRun: z.boolean(),
  result: z.enum(importResults),
  files: z.array(FileReport),
  /** All errors there are; the first of them are listed. Nothing is imported while there is one. */
  errors: z.object({ count: z.int(), items: z.array(ImportError) }),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** What an import does one after the other. From `writing` on all of it is kept, unless it is cancelled before the end. */
export const importSteps = ['reading', 'checking', 'comparing', 'writing'] as const;

/** How far an import is: what it does with which file, and how many of its rows have been read. */
export const ImportProgress = z.object({ step: z.enum(importSteps), file: z.string(), rows: z.int() });
export type ImportProgress = z.infer<typeof ImportProgress>;

/** An import as a run: open while it works, with its report once it has ended. */
export const Import = z.object({
  id: z.uuid(),
  number: z.int(),
  company: z.string(),
  state: RunState,
  actor: z.string(),
  openedAt: Moment,
  closedAt: z.nullable(Moment),
  progress: z.nullable(ImportProgress),
  report: z.nullable(ImportReport),
});
export type Import = z.infer<typeof Import>;
