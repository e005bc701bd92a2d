import { barcodeText, jobId, operationId } from '../../domain/papers/barcode';
import { isDone, jobsOf, type Job } from '../../domain/papers/jobs';
import { barcodeWidth, drawBarcode } from './barcode';
import { bodyHeight, bodyWidth, margin, type Block, type Layout, type Paper } from './layout';
import { ink, type Pen } from './pen';
import { quantityOf, resourceOf } from './facts-of-operations';
import { drawWriteIn, writeInHeight } from './write-in';
import type { PaperWords } from './words';

const { left } = margin;
/** Rows to be filled in by hand. */
const ROWS = 12;

/** A page for each job that somebody does. Nobody has to write anything about work that lies and waits. */
export const jobCard: Layout = (paper, words) =>
  jobsOf(paper.order.operations)
    .filter(isDone)
    .map((job) => [cardOf(job, paper, words)]);

function cardOf(job: Job, paper: Paper, words: PaperWords): Block {
  return {
    height: bodyHeight,
    draw(pen, y) {
      drawJob(pen, job, paper, words, y);
      drawTimes(pen, job, paper, words, y + 62);
      drawWriteIn(pen, words, y + 142, ROWS, [
        'date',
        'start',
        'end',
        'good',
        'scrap',
        'cause',
        'worker',
        'signature',
      ]);
      const notes = y + 142 + writeInHeight(ROWS) + 14;
      pen.text(words.text('paper.write.notes'), left, notes, bodyWidth, { size: 7.5, color: ink.label });
      pen.box(left, notes + 11, bodyWidth, y + bodyHeight - notes - 17);
    },
  };
}

/** What is to be done, and the barcode that says it to a scanner. */
function drawJob(
  pen: Pen,
  { operation, type }: Job,
  { print }: Paper,
  { text }: PaperWords,
  y: number,
): void {
  const code = print === null ? '' : barcodeText({ of: 'job', paper: print.number, ...operation, job: type });
  const room = code === '' ? 0 : barcodeWidth(code, 1);
  const width = bodyWidth - room - 12;
  pen.text(`${text('paper.job')} ${jobId(operation, type)} · ${text(`paper.${type}`)}`, left, y + 2, width, {
    ...{ size: 15, weight: 'bold' },
  });
  const what = `${text('paper.operation')} ${operationId(operation)}`;
  pen.lines(`${what} · ${operation.description}`, left, y + 24, width, 2, { size: 10.5 });
  if (code !== '') drawBarcode(pen, code, left + bodyWidth - room, y, room, 38);
}

function drawTimes(pen: Pen, job: Job, paper: Paper, words: PaperWords, y: number): void {
  const { text, moment, hours } = words;
  const { operation } = job;
  const shown: [string, string][] = [
    [text('paper.resource'), resourceOf(operation)],
    [text('paper.toProduce'), quantityOf(operation, paper.order, words)],
    [text('paper.estimated'), text('paper.hoursOf', { hours: hours(job.hours) })],
    [text('paper.scheduledStart'), moment(job.startsAt)],
    [text('paper.scheduledEnd'), moment(job.endsAt)],
  ];
  const places = [
    [0, 0, 0.5],
    [0.5, 0, 0.25],
    [0.75, 0, 0.25],
    [0, 1, 0.5],
    [0.5, 1, 0.5],
  ] as const;
  for (const [place, [label, value]] of shown.entries()) {
    const [across, down, share] = places[place] ?? [0, 0, 1];
    const [x, top] = [left + across * bodyWidth, y + down * 34];
    pen.line(x, top, share * bodyWidth - 6);
    pen.text(label, x, top + 4, share * bodyWidth - 10, { size: 7.5, color: ink.label });
    pen.text(value, x, top + 14, share * bodyWidth - 10, { size: 11, weight: 'bold' });
  }
}
