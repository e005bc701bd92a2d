import {
  inPaperOrder,
  paperKinds,
  papersOf,
  type AskedPapers,
  type PaperKind,
  type PaperOrder,
} from '../../domain/papers/paper';
import { canHave, papersLeftOut, schedulingLevel } from '../../domain/papers/scheduling-level';
import { a4, newDocument } from './fonts';
import { drawFrame } from './frame';
import { jobCard } from './job-card';
import { drawBlocks, type Layout, type Paper } from './layout';
import { drawLeftOut, drawNothing, type LeftOut } from './left-out';
import { Pen } from './pen';
import { routeCard } from './route-card';
import { routeJobs } from './route-jobs';
import type { PaperWords } from './words';

const layouts = { jobCard, routeJobs, routeCard } as const satisfies Record<PaperKind, Layout>;

/** A batch of papers: orders in sequence, in batches, each with all its papers. */
export interface Batch {
  readonly orders: AsyncIterable<readonly PaperOrder[]>;
  /** Of a control print, what was asked for; null: what the run has printed of each order. */
  readonly control: AskedPapers | null;
}

/**
 * The papers of many orders as one PDF, in pieces: a page is written when it is full, an order is read when the one before it has been
 * taken, so that memory holds a few orders however many there are.
 */
export async function* renderPapers({ orders, control }: Batch, words: PaperWords): AsyncGenerator<Buffer> {
  const document = newDocument(words.text('paper.file'), words.language);
  const pieces: Buffer[] = [];
  document.on('data', (piece: Buffer) => pieces.push(piece));
  const pen = new Pen(document);
  const newPage = () => void document.addPage({ size: [a4.width, a4.height], margin: 0 });
  const leftOut: LeftOut[] = [];
  let pages = 0;
  for await (const batch of orders) {
    for (const order of batch) {
      const papers = control === null ? printed(order) : asked(order, papersOf(control, order.key), leftOut);
      for (const paper of papers) pages += drawPaper(pen, newPage, paper, words);
      yield* taken(pieces);
    }
  }
  if (leftOut.length > 0) drawLeftOut(pen, newPage, leftOut, words);
  else if (pages === 0) drawNothing(pen, newPage, words);
  const ended = new Promise((resolve) => document.once('end', resolve));
  document.end();
  await ended;
  yield* taken(pieces);
}

/** What has been written by now. */
function* taken(pieces: Buffer[]): Generator<Buffer> {
  if (pieces.length > 0) yield Buffer.concat(pieces.splice(0));
}

function printed(order: PaperOrder): Paper[] {
  const level = schedulingLevel(order.operations);
  return paperKinds.flatMap((kind) =>
    order.prints
      .filter((print) => print.kind === kind && canHave(kind, level))
      .map((print) => ({ order, kind, print })),
  );
}

function asked(order: PaperOrder, kinds: readonly PaperKind[], leftOut: LeftOut[]): Paper[] {
  const level = schedulingLevel(order.operations);
  const wanted = inPaperOrder(kinds);
  for (const kind of wanted)
    leftOut.push(...papersLeftOut(order.key, [kind], level).map((why) => ({ order: order.key, kind, why })));
  return wanted.filter((kind) => canHave(kind, level)).map((kind) => ({ order, kind, print: null }));
}

/** Gives how many pages it took. */
function drawPaper(pen: Pen, newPage: () => void, paper: Paper, words: PaperWords): number {
  const pages = layouts[paper.kind](paper, words);
  for (const [place, blocks] of pages.entries()) {
    newPage();
    drawFrame(pen, paper, words, place + 1, pages.length);
    drawBlocks(pen, blocks);
  }
  return pages.length;
}
