import type { Formats } from '../../../language/formats';
import type { MarkedRow } from '../../sync/sheet';

const NO_BREAK = '\u00a0';

/** An order that is about to be released: when, what, and how much of it; of what the sheet does not show, nothing. */
export function rowText(
  { key, start, item, quantity, unit }: Pick<MarkedRow, 'key' | 'start' | 'item' | 'quantity' | 'unit'>,
  formats: Pick<Formats, 'day' | 'quantity'>,
): string {
  const amount = quantity === null ? '' : [formats.quantity(quantity), unit].filter(Boolean).join(NO_BREAK);
  return [key, start === null ? '' : formats.day(start), item, amount].filter(Boolean).join(' · ');
}
