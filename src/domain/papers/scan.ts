import { refusal, type Refusal } from '../refusals';
import type { Instant } from '../calendar';
import type { Scanned } from './barcode';

/** A numbered paper as the book holds it. */
export interface NumberedPaper {
  readonly number: number;
  readonly voidedAt: Instant | null;
  readonly voidedBy: string | null;
}

/**
 * Whether what was scanned may be declared on: DEC-16, a paper that a restore has voided may not; DEC-17, neither what is on no paper of
 * this company. The operation of a barcode has to be there still. `elsewhere` names another company that has such a paper.
 */
export function refusalsOfScan(
  text: string,
  scanned: Scanned | undefined,
  paper: NumberedPaper | undefined,
  operationThere: boolean,
  elsewhere?: string,
): Refusal[] {
  if (elsewhere !== undefined)
    return [refusal('DEC-17', { barcode: text, company: elsewhere, context: 'company' })];
  if (scanned === undefined || paper === undefined || !operationThere)
    return [refusal('DEC-17', { barcode: text })];
  if (paper.voidedAt === null) return [];
  const { number, voidedAt, voidedBy } = paper;
  return [refusal('DEC-16', { paper: String(number), at: voidedAt, user: voidedBy ?? '' })];
}
