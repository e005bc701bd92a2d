import * as z from 'zod/mini';
import { jobTypes } from '../domain/papers/jobs';
import { paperKinds } from '../domain/papers/paper';
import { OrderKeyText } from './values';

export const PaperKind = z.enum(paperKinds);

/** Which papers; one named twice is made once. */
export const PaperKinds = z.array(PaperKind).check(z.minLength(1), z.maxLength(20));

/** The same where none is an answer. */
export const AnyPaperKinds = z.array(PaperKind).check(z.maxLength(20));

const mostOrdersAtOnce = 1000;

/** Whose papers: of all orders that a run released, or of these. */
const whose = {
  run: z.optional(z.uuid()),
  orders: z.optional(z.array(OrderKeyText).check(z.minLength(1), z.maxLength(mostOrdersAtOnce))),
};
interface Whose {
  readonly run?: unknown;
  readonly orders?: unknown;
  readonly papers?: unknown;
}

const eitherOr = z.refine<Whose>(({ run, orders }) => (run === undefined) !== (orders === undefined), {
  path: ['orders'],
  error: 'runOrOrders',
});
/** A run may say itself which papers. */
const named = z.refine<Whose>(({ run, papers }) => run !== undefined || papers !== undefined, {
  path: ['papers'],
  error: 'missing',
});

/** Gives papers their numbers. Left out, `papers` are those that the release of the run asked for, of each order its own. */
export const PrintRequest = z
  .strictObject({ ...whose, papers: z.optional(PaperKinds) })
  .check(eitherOr, named);
export type PrintRequest = z.input<typeof PrintRequest>;

/** A file of papers: what a run printed, definitive, or a control print of these orders or of what a run released. */
export const PapersFile = z
  .strictObject({
    kind: z.literal('papers'),
    ...whose,
    papers: z.optional(PaperKinds),
    format: z._default(z.literal('pdf'), 'pdf'),
  })
  .check(eitherOr, named);
export type PapersFile = z.infer<typeof PapersFile>;

/** What a barcode on a paper stands for. */
export const ScannedBarcode = z.object({
  order: OrderKeyText,
  of: z.enum(['order', 'operation', 'job']),
  /** Number of the paper that it is on. */
  paper: z.int(),
  kind: PaperKind,
  /** Null on the barcode of an order. */
  orderLine: z.nullable(z.int()),
  operation: z.nullable(z.int()),
  /** Only on the barcode of a job. */
  job: z.nullable(z.enum(jobTypes)),
});
export type ScannedBarcode = z.infer<typeof ScannedBarcode>;
