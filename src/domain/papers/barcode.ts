import { FIRST_LINE } from '../refresh/guards';
import { jobTypes, type JobType } from './jobs';

/**
 * What a barcode on a definitive paper says: which paper it is, and what on it. `PO` an order, `OP` an operation, `JB` a job; behind it
 * the number of the paper, the operation and the job. A point is the only sign between them: scanners that type on a keyboard of another
 * country get it right, unlike a hyphen.
 */
export type Scanned =
  | { readonly of: 'order'; readonly paper: number }
  | {
      readonly of: 'operation';
      readonly paper: number;
      readonly orderLine: number;
      readonly operation: number;
    }
  | {
      readonly of: 'job';
      readonly paper: number;
      readonly orderLine: number;
      readonly operation: number;
      readonly job: JobType;
    };

const letters = {
  queueBefore: 'Q',
  setup: 'S',
  process: 'P',
  queueAfter: 'W',
  transport: 'T',
} as const satisfies Record<JobType, string>;

/** What an operation is called on papers: its number, and the line before it where it is not of the first. */
export function operationId({
  orderLine,
  operation,
}: {
  readonly orderLine: number;
  readonly operation: number;
}): string {
  return orderLine === FIRST_LINE ? String(operation) : `${orderLine}.${operation}`;
}

/** The same job has the same id on every paper of its order. */
export function jobId(
  operation: { readonly orderLine: number; readonly operation: number },
  type: JobType,
): string {
  return `${operationId(operation)}.${letters[type]}`;
}

export function barcodeText(scanned: Scanned): string {
  switch (scanned.of) {
    case 'order':
      return `PO${scanned.paper}`;
    case 'operation':
      return `OP${scanned.paper}.${operationId(scanned)}`;
    case 'job':
      return `JB${scanned.paper}.${jobId(scanned, scanned.job)}`;
  }
}

const BARCODE = /^(?:PO(\d{1,9})|(OP|JB)(\d{1,9})(?:\.(\d{1,9}))?\.(\d{1,9})(?:\.([A-Z]))?)$/;

/** What was scanned, or undefined when it is none of these barcodes. */
export function readBarcode(text: string): Scanned | undefined {
  const match = BARCODE.exec(text.trim().toUpperCase());
  if (!match) return undefined;
  const [, order, kind, number, line, operation, letter] = match;
  if (order !== undefined) return { of: 'order', paper: Number(order) };
  const place = { orderLine: Number(line ?? FIRST_LINE), operation: Number(operation) };
  const paper = Number(number);
  if (kind === 'OP') return letter === undefined ? { of: 'operation', paper, ...place } : undefined;
  const job = jobTypes.find((type) => letters[type] === letter);
  return job && { of: 'job', paper, ...place, job };
}
