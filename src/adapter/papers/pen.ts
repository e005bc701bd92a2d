import { printable } from './printable-text';
import type { Weight } from './fonts';

/** Greys that stay apart on any office printer. */
export const ink = {
  text: '#1a1a1a',
  label: '#5c5c5c',
  line: '#b8b8b8',
  strong: '#4d4d4d',
  band: '#f2f2f2',
} as const;

export interface TextStyle {
  readonly size?: number;
  readonly weight?: Weight;
  readonly color?: string;
  readonly align?: 'left' | 'right' | 'center';
}

/** Lines of a text are this much higher than its letters. */
const LEADING = 1.3;
export const lineHeight = (size: number): number => size * LEADING;

/**
 * Draws on the page of a document, in points from its upper left corner. Every text goes through {@link printable}, and none runs out of the
 * room it is given: what is too long ends with an ellipsis.
 */
export class Pen {
  readonly #widths = new Map<string, number>();

  constructor(readonly document: PDFKit.PDFDocument) {}

  /** One line. */
  text(text: string, x: number, y: number, width: number, style: TextStyle = {}): void {
    const shown = this.#fitting(printable(text), width, style);
    if (shown === '') return;
    const room = width - this.#widthOf(shown, style);
    const { align = 'left', color = ink.text } = style;
    const left = align === 'right' ? x + room : align === 'center' ? x + room / 2 : x;
    this.#use(style).fillColor(color).text(shown, left, y, { lineBreak: false });
  }

  /** As many lines as there is room for, at words. */
  lines(text: string, x: number, y: number, width: number, most: number, style: TextStyle = {}): void {
    const height = lineHeight(style.size ?? 9);
    for (const [place, line] of this.wrapped(text, width, most, style).entries())
      this.text(line, x, y + place * height, width, style);
  }

  /** The lines of a text; the last of them takes what is left. */
  wrapped(text: string, width: number, most: number, style: TextStyle = {}): string[] {
    const lines: string[] = [];
    let line = '';
    const words = printable(text).split(' ');
    for (const [place, word] of words.entries()) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || this.#widthOf(longer, style) <= width) {
        line = longer;
      } else if (lines.length + 1 === most) {
        return [...lines, [line, ...words.slice(place)].join(' ')];
      } else {
        lines.push(line);
        line = word;
      }
    }
    return line === '' ? lines : [...lines, line];
  }

  line(x: number, y: number, width: number, color: string = ink.line, weight = 0.5): void {
    this.document
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(weight)
      .strokeColor(color)
      .stroke();
  }

  box(x: number, y: number, width: number, height: number, fill?: string): void {
    if (fill === undefined)
      this.document.rect(x, y, width, height).lineWidth(0.5).strokeColor(ink.line).stroke();
    else this.document.rect(x, y, width, height).fill(fill);
  }

  #use({ size = 9, weight = 'regular' }: TextStyle): PDFKit.PDFDocument {
    return this.document.font(weight).fontSize(size);
  }

  #widthOf(text: string, style: TextStyle): number {
    const { size = 9, weight = 'regular' } = style;
    const key = `${weight} ${text}`;
    const known = this.#widths.get(key) ?? this.#use({ ...style, size: 1 }).widthOfString(text);
    // A batch has thousands of texts that come once.
    if (this.#widths.size > 20_000) this.#widths.clear();
    this.#widths.set(key, known);
    return known * size;
  }

  #fitting(text: string, width: number, style: TextStyle): string {
    if (this.#widthOf(text, style) <= width) return text;
    const signs = [...text];
    let [fits, tooLong] = [0, signs.length];
    while (tooLong - fits > 1) {
      const middle = Math.floor((fits + tooLong) / 2);
      if (this.#widthOf(`${signs.slice(0, middle).join('')}…`, style) <= width) fits = middle;
      else tooLong = middle;
    }
    return `${signs.slice(0, fits).join('').trimEnd()}…`;
  }
}
