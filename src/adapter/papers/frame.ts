import { barcodeText } from '../../domain/papers/barcode';
import { barcodeWidth, drawBarcode } from './barcode';
import { a4 } from './fonts';
import { bodyWidth, margin, type Paper } from './layout';
import { ink, lineHeight, type Pen } from './pen';
import type { PaperWords } from './words';

const { left } = margin;
const right = left + bodyWidth;
const FOOT = 802;
/** Beside the tag of 220. */
const WHY_WIDTH = bodyWidth - 226;

/** Head and foot of a page: they say everything about order and paper, for pages get apart on the shop floor. */
export function drawFrame(pen: Pen, paper: Paper, words: PaperWords, page: number, pages: number): void {
  title(pen, paper, words);
  order(pen, paper, words);
  facts(pen, paper, words);
  foot(pen, words, page, pages);
  if (paper.print?.voidedAt != null) stamp(pen, words.text('paper.void'));
}

function title(pen: Pen, { kind, print }: Paper, words: PaperWords): void {
  const { printing, titleOf } = words;
  pen.text(printing.company, left, 26, bodyWidth / 2, { size: 10, weight: 'bold' });
  pen.text(titleOf(kind), left + bodyWidth / 2, 26, bodyWidth / 2, {
    size: 16,
    weight: 'bold',
    align: 'right',
  });
  const [tag, why] = standingOf(print, words);
  pen.text(tag, right - 220, 48, 220, { size: 9, weight: 'bold', color: ink.strong, align: 'right' });
  // Two lines at most, the last one on a line with the tag: that an earlier print must not be used is not to be cut off.
  const style = { size: 8, color: ink.label };
  const lines = pen.wrapped(why, WHY_WIDTH, 2, style);
  const top = 48.5 - (lines.length - 1) * lineHeight(style.size);
  pen.lines(why, left, top, WHY_WIDTH, 2, style);
  pen.line(left, 64, bodyWidth, ink.strong, 0.75);
}

/** What the paper is worth, and why it is not the original. */
function standingOf(of: Paper['print'], { text, moment }: PaperWords): [string, string] {
  if (of === null) return [text('paper.control'), text('paper.control.text')];
  const named = text('paper.definitive', { number: of.number, at: moment(of.printedAt) });
  if (of.voidedAt !== null)
    return [`${named} · ${text('paper.void')}`, text('paper.void.text', { at: moment(of.voidedAt) })];
  if (of.copy === 1) return [named, ''];
  const again = text('paper.reprint', { copy: of.copy - 1 });
  return [`${named} · ${again}`, text('paper.reprint.text', { at: moment(of.firstPrintedAt) })];
}

function order(pen: Pen, { order: { key, item, description }, print }: Paper, { text }: PaperWords): void {
  pen.text(text('paper.order'), left, 72, 200, { size: 7.5, color: ink.label });
  pen.text(key, left, 81, 200, { size: 22, weight: 'bold' });
  pen.text(text('paper.item'), left + 170, 72, 150, { size: 7.5, color: ink.label });
  const code = print === null ? '' : barcodeText({ of: 'order', paper: print.number });
  const room = code === '' ? 0 : Math.max(barcodeWidth(code, 1), 120);
  const width = bodyWidth - 170 - room - 8;
  pen.text(item, left + 170, 82, width, { size: 12, weight: 'bold' });
  pen.text(description, left + 170, 99, width, { size: 9 });
  if (code !== '') drawBarcode(pen, code, right - room, 72, room, 30);
}

function facts(pen: Pen, { order: of }: Paper, { text, number, formats, stateOf }: PaperWords): void {
  const shown: [string, string][] = [
    [text('paper.quantity'), `${number(of.quantity)} ${of.unit}`],
    [text('paper.due'), formats.day(of.due)],
    [text('paper.start'), formats.day(of.start)],
    [text('paper.end'), formats.day(of.end)],
    [text('paper.status'), stateOf(of)],
    [text('paper.variant'), of.variant],
    [text('paper.site'), [of.site.code, of.site.name].filter((part) => part !== '').join(' · ')],
    [text('paper.customer'), of.customer],
  ];
  const width = bodyWidth / 4;
  pen.box(left, 120, bodyWidth, 58, ink.band);
  for (const [place, [label, value]] of shown.entries()) {
    const [x, y] = [left + (place % 4) * width + 6, 125 + Math.floor(place / 4) * 27];
    pen.text(label, x, y, width - 10, { size: 7.5, color: ink.label });
    pen.text(value === '' ? '–' : value, x, y + 9.5, width - 10, {
      size: 10,
      weight: place < 2 ? 'bold' : 'regular',
    });
  }
}

export function foot(pen: Pen, { text, moment, printing }: PaperWords, page: number, pages: number): void {
  pen.line(left, FOOT - 5, bodyWidth);
  const printed = text('paper.printed', { at: moment(printing.at), user: printing.user });
  pen.text(printed, left, FOOT, bodyWidth - 120, { size: 8, color: ink.label });
  const which = text('paper.page', { page, pages });
  pen.text(which, right - 110, FOOT, 110, { size: 8, weight: 'bold', align: 'right' });
}

/** Across the page, behind nothing: a paper that is void must look so from afar. */
function stamp(pen: Pen, word: string): void {
  const { document } = pen;
  document.save();
  document.rotate(-35, { origin: [a4.width / 2, a4.height / 2] }).opacity(0.18);
  pen.text(word.toUpperCase(), 40, a4.height / 2 - 60, a4.width - 80, {
    size: 80,
    weight: 'bold',
    align: 'center',
  });
  document.restore();
}
