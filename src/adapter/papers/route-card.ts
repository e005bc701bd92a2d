import { barcodeText, operationId } from '../../domain/papers/barcode';
import { branchesOf, followersOf } from '../../domain/papers/branches';
import type { PaperOperation } from '../../domain/papers/paper';
import { barcodeWidth, drawBarcode } from './barcode';
import { lineHeads, quantityOf, resourceOf } from './facts-of-operations';
import { bodyWidth, margin, paginate, type Block, type Layout, type Paper } from './layout';
import { ink, type Pen } from './pen';
import { drawWriteIn, writeInHeight } from './write-in';
import type { PaperWords } from './words';

const { left } = margin;
/** Below it a scanner is not sure of the bars. */
const CODE_MODULE = 0.9;
const INSTRUCTIONS = 3;
const FACTS = 84;
const HEIGHT = FACTS + writeInHeight(1) + 16;

/** The operations, without jobs; every branch of a network begins a card of its own. */
export const routeCard: Layout = (paper, words) => {
  const { operations } = paper.order;
  const branches = branchesOf(operations);
  return branches.flatMap((branch, place) =>
    paginate([
      ...lineHeads(branch[0], operations, paper.order, words),
      ...(branches.length > 1 ? [branchHead(place + 1, branches.length, words)] : []),
      ...branch.map((operation) => operationBlock(operation, paper, words)),
    ]),
  );
};

function branchHead(branch: number, branches: number, { text }: PaperWords): Block {
  return {
    height: 20,
    heading: true,
    keepWithNext: true,
    draw: (pen, y) =>
      pen.text(text('paper.branch', { branch, branches }), left, y, bodyWidth, { size: 10, weight: 'bold' }),
  };
}

function operationBlock(operation: PaperOperation, paper: Paper, words: PaperWords): Block {
  return {
    height: HEIGHT,
    draw(pen, y) {
      pen.line(left, y, bodyWidth, ink.strong, 0.75);
      drawOperation(pen, operation, paper, words, y + 5);
      drawFacts(pen, operation, paper, words, y + 50);
      drawWriteIn(pen, words, y + FACTS, 1, ['date', 'start', 'end', 'good', 'scrap', 'cause', 'worker']);
    },
  };
}

function drawOperation(
  pen: Pen,
  operation: PaperOperation,
  { print }: Paper,
  { text }: PaperWords,
  y: number,
): void {
  const code = print === null ? '' : barcodeText({ of: 'operation', paper: print.number, ...operation });
  const room = code === '' ? 0 : barcodeWidth(code, CODE_MODULE);
  const number = `${text('paper.operation')} ${operationId(operation)}`;
  pen.text(number, left, y, 110, { size: 12, weight: 'bold' });
  pen.lines(resourceOf(operation), left, y + 17, 112, 2, { size: 8.5, color: ink.strong });
  const width = bodyWidth - 120 - room - 10;
  pen.lines(operation.description, left + 120, y + 1, width, INSTRUCTIONS, { size: 9.5 });
  if (code !== '') drawBarcode(pen, code, left + bodyWidth - room, y, room, 26);
}

function drawFacts(
  pen: Pen,
  operation: PaperOperation,
  { order }: Paper,
  words: PaperWords,
  y: number,
): void {
  const { text, duration, formats, moment, number } = words;
  const { startsAt, endsAt, run, queue, wait, move, lotSize } = operation;
  const unit = order.lines.find(({ orderLine }) => orderLine === operation.orderLine)?.unit ?? order.unit;
  const pieces = lotSize.eq(1) || lotSize.isZero() ? 1 : number(lotSize);
  const per = { time: duration(run), pieces, unit };
  const next = followersOf(operation, order.operations);
  const shown: [string, string, number][] = [
    [text('paper.setup'), duration(operation.setup), 1],
    [text('paper.process'), run.time.isZero() ? duration(run) : text('paper.perPieces', per), 1.5],
    [text('paper.processQuantity'), quantityOf(operation, order, words), 1.2],
    [text('paper.queueBefore'), duration(queue), 1],
    [text('paper.queueAfter'), duration(wait), 1],
    [text('paper.transport'), duration(move), 1],
    [text('paper.scheduledStart'), startsAt === null ? formats.day(operation.start) : moment(startsAt), 1.7],
    [text('paper.scheduledEnd'), endsAt === null ? formats.day(operation.end) : moment(endsAt), 1.7],
    [text('paper.next'), next.length === 0 ? text('paper.nextNone') : next.join(', '), 1.1],
  ];
  const whole = shown.reduce((sum, [, , share]) => sum + share, 0);
  let x: number = left;
  for (const [label, value, share] of shown) {
    const width = (share / whole) * bodyWidth;
    pen.lines(label, x, y, width - 4, 1, { size: 6.5, color: ink.label });
    pen.lines(value, x, y + 9, width - 4, 2, { size: 8 });
    x += width;
  }
}
