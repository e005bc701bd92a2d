import type { OrderKey } from '../../domain/order';
import type { PaperKind } from '../../domain/papers/paper';
import type { Refusal } from '../../domain/refusals';
import { refusalText } from '../../language/refusal-text';
import { foot } from './frame';
import { body, bodyWidth, margin } from './layout';
import { ink, type Pen } from './pen';
import type { PaperWords } from './words';

const { left } = margin;
const TOP = 84;
const ROW = 16;
const ROWS = Math.floor((body.bottom - TOP - 20) / ROW);

export interface LeftOut {
  readonly order: OrderKey;
  readonly kind: PaperKind;
  readonly why: Refusal;
}

/** The last pages of a batch: what was asked for and is not among its papers, so that nobody looks for it. */
export function drawLeftOut(
  pen: Pen,
  newPage: () => void,
  leftOut: readonly LeftOut[],
  words: PaperWords,
): void {
  const { text, printing, formats } = words;
  const pages = Math.ceil(leftOut.length / ROWS);
  for (let page = 0; page < pages; page++) {
    newPage();
    pen.text(printing.company, left, 30, bodyWidth / 2, { size: 10, weight: 'bold' });
    pen.text(text('paper.leftOut'), left + bodyWidth / 2, 26, bodyWidth / 2, {
      ...{ size: 16, weight: 'bold', align: 'right' },
    });
    pen.line(left, 64, bodyWidth, ink.strong, 0.75);
    const row = (y: number, order: string, why: string, color: string, size = 8.5) => {
      pen.text(order, left, y, 90, { size, color, weight: 'bold' });
      pen.text(why, left + 96, y, bodyWidth - 96, { size, color });
    };
    row(TOP, text('paper.order'), text('paper.leftOut.reason'), ink.label, 7.5);
    for (const [place, { order, why }] of leftOut.slice(page * ROWS, (page + 1) * ROWS).entries())
      row(TOP + 18 + place * ROW, order, refusalText(why, text, formats), ink.text);
    foot(pen, words, page + 1, pages);
  }
}

/** A file must have a page, and an empty one would puzzle. */
export function drawNothing(pen: Pen, newPage: () => void, words: PaperWords): void {
  newPage();
  pen.text(words.printing.company, left, 30, bodyWidth, { size: 10, weight: 'bold' });
  pen.text(words.text('paper.nothing'), left, 84, bodyWidth, { size: 11 });
  foot(pen, words, 1, 1);
}
