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

/** What became of the rows of one file; in a dry run, what would become of them. */
export const FileReport = z.object({
  file: z.string(),
  rows: z.int(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Rows the book had and a file that has all of them does not. */
  removed: z.int(),
  /** Rows the book does not take any more: of orders that have begun or were restored here, of stocks that are open already. */
  kept: z.int(),
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

/** How far an import is. */
export const ImportProgress = z.object({ file: z.string(), rows: z.int() });
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
