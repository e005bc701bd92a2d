import * as z from 'zod/mini';
import { Refusal } from './values';

export const problemCodes = [
  'invalidRequest',
  'notFound',
  'downloadGone',
  'unknownCompany',
  'missingIdempotencyKey',
  'keyOfOtherRequest',
  'refused',
  'notUndoable',
  'runStillOpen',
  'nothingToUndo',
  'nothingToPrint',
  'rightMissing',
  'invalidUpload',
  'importRunning',
  'tooManyImports',
  'foreignHost',
  'foreignOrigin',
  'tooLarge',
  'unsupportedMediaType',
  'notReady',
  'busy',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** Every answer of 4xx and 5xx. Source of the shape: RFC 9457. `title` and `detail` are in the caller's language. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  /** What is wrong where, for `invalidRequest`. */
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  /** Why a rule says no, for `refused`. */
  refusals: z.optional(z.array(Refusal)),
});
export type Problem = z.infer<typeof Problem>;
