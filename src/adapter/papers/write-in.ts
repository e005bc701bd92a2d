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
  const { document } = pen;
  const edges: number[] = [left];
  let x: number = left;
  for (const column of columns) {
    const width = (shares[column] / whole) * bodyWidth;
    pen.text(text(`paper.write.${column}`), x + 4, y + 3, width - 6, { size: 8, color: ink.label });
    edges.push(x + width);
    x += width;
  }
  // One path: a card has more lines than words.
  for (const edge of edges) document.moveTo(edge, y).lineTo(edge, y + height);
  for (const down of [0, ...Array.from({ length: rows + 1 }, (_, row) => HEAD + row * ROW)])
    document.moveTo(left, y + down).lineTo(left + bodyWidth, y + down);
  document.lineWidth(0.5).strokeColor(ink.line).stroke();
}
