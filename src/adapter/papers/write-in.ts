import { bodyWidth, margin } from './layout';
import { ink, type Pen } from './pen';
import type { PaperWords } from './words';

const { left } = margin;
const HEAD = 16;
/** Nine millimetres: room for a hand and a thick pen. */
const ROW = 25.5;

const shares = {
  date: 10,
  start: 9,
  end: 9,
  good: 10,
  scrap: 10,
  cause: 15,
  worker: 17,
  signature: 20,
} as const;
export type WriteIn = keyof typeof shares;

export const writeInHeight = (rows: number): number => HEAD + rows * ROW;

/** An empty table that is filled in by hand. */
export function drawWriteIn(
  pen: Pen,
  { text }: PaperWords,
  y: number,
  rows: number,
  columns: readonly WriteIn[],
): void {
  const whole = columns.reduce((sum, column) => sum + shares[column], 0);
  const height = writeInHeight(rows);
  pen.box(left, y, bodyWidth, HEAD, ink.band);
  let x: number = left;
  for (const column of columns) {
    const width = (shares[column] / whole) * bodyWidth;
    pen.text(text(`paper.write.${column}`), x + 4, y + 3, width - 6, { size: 8, color: ink.label });
    pen.box(x, y, width, height);
    x += width;
  }
  for (let row = 0; row < rows; row++) pen.line(left, y + HEAD + row * ROW, bodyWidth);
}
