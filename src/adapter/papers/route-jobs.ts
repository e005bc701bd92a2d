import { groupBy } from '../../domain/group-by';
import { barcodeText, jobId, operationId } from '../../domain/papers/barcode';
import { isDone, jobsOf, type Job } from '../../domain/papers/jobs';
import { barcodeWidth, drawBarcode } from './barcode';
import { lineHeads, resourceOf, quantityOf } from './facts-of-operations';
import { bodyWidth, margin, paginate, type Block, type Layout, type Paper } from './layout';
import { ink, type Pen } from './pen';
import type { PaperWords } from './words';

const { left } = margin;
const WAITING = 30;
const DONE = 38;

/** Right of the times: what is written by hand, and the barcode. */
const columns = { job: 0, type: 48, times: 118, hours: 218, good: 258, scrap: 300, code: 342 } as const;
const CODE_WIDTH = bodyWidth - columns.code;

/** All jobs, operation by operation, continuous. */
export const routeJobs: Layout = (paper, words) => {
  const byOperation = groupBy(jobsOf(paper.order.operations), ({ operation }) => operation);
  const blocks = [...byOperation].flatMap(([operation, jobs]) => [
    ...lineHeads(operation, [...byOperation.keys()], paper.order, words),
    operationHead(jobs, paper, words),
    ...jobs.map((job) => jobRow(job, paper, words)),
    gap,
  ]);
  return paginate([tableHead(words), ...blocks]);
};

const gap: Block = { height: 6, draw: () => undefined };

function tableHead({ text }: PaperWords): Block {
  const heads: [number, number, string, 'left' | 'right'][] = [
    [columns.job, 42, text('paper.job'), 'left'],
    [columns.type, 70, text('paper.jobType'), 'left'],
    [columns.times, 98, `${text('paper.start')} / ${text('paper.end')}`, 'left'],
    [columns.hours, 34, text('paper.hours'), 'right'],
    [columns.good, 38, text('paper.write.good'), 'left'],
    [columns.scrap, 38, text('paper.write.scrap'), 'left'],
  ];
  return {
    height: 18,
    heading: true,
    keepWithNext: true,
    draw(pen, y) {
      for (const [x, width, label, align] of heads)
        pen.text(label, left + x + 2, y + 2, width - 4, { size: 7.5, color: ink.label, align });
      pen.line(left, y + 14, bodyWidth, ink.strong, 0.75);
    },
  };
}

function operationHead(jobs: readonly Job[], { order }: Paper, words: PaperWords): Block {
  const [first] = jobs;
  return {
    height: 24,
    keepWithNext: true,
    draw(pen, y) {
      if (first === undefined) return;
      const { operation } = first;
      pen.box(left, y, bodyWidth, 19, ink.band);
      pen.text(`${operationId(operation)} · ${operation.description}`, left + 4, y + 3.5, 240, {
        ...{ size: 9.5, weight: 'bold' },
      });
      pen.text(resourceOf(operation), left + 250, y + 3.5, 150, { size: 9 });
      const made = quantityOf(operation, order, words);
      pen.text(made, left + 404, y + 3.5, bodyWidth - 408, { size: 9, align: 'right' });
    },
  };
}

function jobRow(job: Job, paper: Paper, words: PaperWords): Block {
  const done = isDone(job);
  const height = done ? DONE : WAITING;
  return {
    height,
    draw(pen, y) {
      drawJob(pen, job, words, y);
      if (done) drawWriting(pen, job, paper, y);
      pen.line(left, y + height - 2, bodyWidth);
    },
  };
}

function drawJob(pen: Pen, job: Job, { text, moment, hours }: PaperWords, y: number): void {
  const { operation, type, startsAt, endsAt } = job;
  const style = isDone(job) ? {} : { color: ink.label };
  const at = (x: number, width: number, shown: string, more = {}) =>
    pen.text(shown, left + x + 2, y + 2, width - 4, { size: 8.5, ...style, ...more });
  at(columns.job, 42, jobId(operation, type), isDone(job) ? { weight: 'bold' } : {});
  at(columns.type, 70, text(`paper.${type}`));
  at(columns.times, 98, moment(startsAt));
  pen.text(moment(endsAt), left + columns.times + 2, y + 14, 96, { size: 8.5, ...style });
  at(columns.hours, 34, hours(job.hours), { align: 'right' });
}

function drawWriting(pen: Pen, { operation, type }: Job, { print }: Paper, y: number): void {
  pen.box(left + columns.good, y + 2, 38, DONE - 8);
  pen.box(left + columns.scrap, y + 2, 38, DONE - 8);
  if (print === null) return;
  const code = barcodeText({ of: 'job', paper: print.number, ...operation, job: type });
  const width = Math.min(CODE_WIDTH, barcodeWidth(code, 0.9));
  drawBarcode(pen, code, left + bodyWidth - width, y + 2, width, 21);
}
