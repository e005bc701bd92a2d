import JsBarcode from 'jsbarcode';
import type { Pen } from './pen';

/** What JsBarcode makes of a text: its bars, a sign a module. */
interface Encoded {
  encodings?: readonly { readonly data: string }[];
}

/** Modules of quiet zone on either side that a scanner needs. Source: ISO/IEC 15417 (Code 128). */
const QUIET = 10;
/** Bars as wide as they need be, in points: a third of a millimetre is read at arm's length, below a quarter printers smear. */
const WIDEST_MODULE = 1.1;
const USUAL_MODULE = 0.72;

/**
 * Draws a barcode of Code 128 as vectors, as wide as it fits, the text below it. `x` and `width` include the quiet zones.
 */
export function drawBarcode(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const bars = barsOf(text);
  const module = Math.min(width / (bars.length + 2 * QUIET), WIDEST_MODULE);
  const { document } = pen;
  let left = x + QUIET * module;
  for (const run of bars.match(/1+|0+/g) ?? []) {
    if (run.startsWith('1')) document.rect(left, y, run.length * module, height);
    left += run.length * module;
  }
  document.fill('#000000');
  pen.text(text, x + QUIET * module, y + height + 2, bars.length * module, { size: 7, align: 'center' });
}

/** How wide the barcode is with the narrowest bar of so many points, quiet zones included. */
export function barcodeWidth(text: string, module = USUAL_MODULE): number {
  return (barsOf(text).length + 2 * QUIET) * module;
}

/** Those drawn last: each was measured before, and the order's stands on every page. */
const drawn = new Map<string, string>();

function barsOf(text: string): string {
  const known = drawn.get(text) ?? encode(text);
  if (drawn.size > 50) drawn.clear();
  drawn.set(text, known);
  return known;
}

function encode(text: string): string {
  const encoded: Encoded = {};
  JsBarcode(encoded, text, { format: 'CODE128' });
  return (encoded.encodings ?? []).map(({ data }) => data).join('');
}
