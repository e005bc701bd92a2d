import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { PrintRequest, ScannedBarcode, type PapersFile } from '../../contract/papers';
import type { Company } from '../../contract/plant';
import { RunReply } from '../../contract/runs';
import { readBarcode } from '../../domain/papers/barcode';
import { inPaperOrder, papersOf, type AskedPapers, type PaperOrder } from '../../domain/papers/paper';
import { refusalsOfScan } from '../../domain/papers/scan';
import type { OrderKey } from '../../domain/order';
import { renderPapers } from '../papers/render';
import { paperWords } from '../papers/words';
import type { RunRecord } from '../runs/run-ledger';
import type { Texts } from '../texts';
import { requireRight } from './auth';
import { idempotencyKeyOf } from './idempotency-key';
import { patienceOf } from './prefer';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runAt } from './run-address';
import { runOnce, runReply } from './run-reply';

const BarcodeAddress = z.object({ barcode: z.string().check(z.maxLength(100)) });
/** So many orders are in memory while their papers are drawn. */
const ORDERS_AT_ONCE = 50;
const OUTCOMES_AT_ONCE = 1000;

export function paperRoutes(api: Api, services: Services): void {
  const { book, runner } = services;

  api.post(
    '/papers',
    {
      schema: {
        tags: ['Papers'],
        summary: 'Print definitive papers: number them and set the orders down as printed',
        description:
          'A run over the orders that a run released, or over these: needs an Idempotency-Key and the right to release. Papers an ' +
          'order cannot have are left out with a warning (REL-16). A paper that has its number already is a reprint, and says so. ' +
          'The file itself is a download of the kind `papers` for this run.',
        body: PrintRequest,
        response: { 200: RunReply, 202: RunReply, ...problemReplies },
      },
    },
    async (request, reply) => {
      requireRight(request, 'release');
      const { company, actor, body } = request;
      const key = idempotencyKeyOf(request);
      const asked = await papersAsked(services, company, body);
      const keys = (body.orders ?? (await releasedBy(services, company, body.run))).filter(
        (order) => papersOf(asked, order).length > 0,
      );
      if (keys.length === 0) throw new ProblemError('nothingToPrint');
      // The rules of printing look at no version, and a replay must find the same request.
      const orders = keys.map((order) => ({ key: order, version: 0 }));
      const print = { company, actor, asked: printOf(asked, keys), orders, sequence: 'asGiven' } as const;
      return runReply(
        services,
        reply,
        company.code,
        await runOnce(runner, print, key, patienceOf(request, reply)),
      );
    },
  );

  api.get(
    '/barcodes/:barcode',
    {
      schema: {
        tags: ['Papers'],
        summary: 'What a barcode on a definitive paper stands for',
        description:
          'Order, operation or job, to declare on. The barcode of a paper that a restore has voided answers 409 `refused` (DEC-16), ' +
          'as one of no paper does (DEC-17). Where the paper is of another company, that refusal names the company.',
        params: BarcodeAddress,
        response: { 200: ScannedBarcode, ...problemReplies },
      },
    },
    async ({ company, params: { barcode } }) => {
      const scanned = readBarcode(barcode);
      const operation = scanned === undefined || scanned.of === 'order' ? null : scanned;
      const paper = scanned && (await book.numberedPaper(company.code, scanned.paper, operation));
      const elsewhere =
        scanned && !paper ? await companyWithPaper(services, company, scanned.paper) : undefined;
      const refusals = refusalsOfScan(barcode, scanned, paper, paper?.operationThere ?? false, elsewhere);
      if (refusals.length > 0 || !scanned || !paper) throw new ProblemError('refused', { refusals });
      return {
        ...{ order: paper.key, of: scanned.of, paper: paper.number, kind: paper.kind },
        orderLine: operation?.orderLine ?? null,
        operation: operation?.operation ?? null,
        job: scanned.of === 'job' ? scanned.job : null,
      };
    },
  );
}

/** Those a request names, or those that the release asked for, of each order its own. */
async function papersAsked(
  { ledger }: Services,
  company: Company,
  { papers, run }: Pick<z.output<typeof PrintRequest>, 'papers' | 'run'>,
): Promise<AskedPapers> {
  if (papers !== undefined || run === undefined) return { papers: inPaperOrder(papers ?? []) };
  return ledger.askedPapers(company.code, (await runAt(ledger, company.code, run)).id);
}

/** The print of these orders: `papers` are all that are made, so that its run tells them. */
function printOf(asked: AskedPapers, keys: readonly OrderKey[]) {
  const ofOrders = keys.map((key) => [key, papersOf(asked, key)] as const);
  const papers = inPaperOrder(ofOrders.flatMap(([, kinds]) => kinds));
  const own = ofOrders.filter(([, kinds]) => kinds.length < papers.length);
  return { kind: 'print', papers, ...(own.length > 0 && { ownPapers: Object.fromEntries(own) }) } as const;
}

async function releasedBy(
  { ledger }: Services,
  company: Company,
  id: string | undefined,
): Promise<OrderKey[]> {
  const run = await runAt(ledger, company.code, id ?? '');
  return (await ledger.released(company.code, run.id)).map(({ key }) => key);
}

/** The name of another company that has a paper of this number: whoever scans may only stand in the wrong one. */
async function companyWithPaper(
  { book }: Services,
  { code: here }: Company,
  number: number,
): Promise<string | undefined> {
  for (const { code, name } of await book.companies())
    if (code !== here && (await book.numberedPaper(code, number, null))) return name;
  return undefined;
}

/** Answers with a file of papers: of a run that printed them, definitive; of a release or of orders, for control. */
export async function sendPapers(
  services: Services,
  company: Company,
  { run: id, orders, papers }: PapersFile,
  user: string,
  texts: Texts,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const run = id === undefined ? undefined : await runAt(services.ledger, company.code, id);
  const printed = run?.command === 'print' ? run : undefined;
  const batches =
    run === undefined
      ? read(services, company, inBatches(orders ?? []))
      : read(services, company, keysOf(services, company, run), printed?.id);
  const control = printed ? null : await papersAsked(services, company, { papers, run: id });
  const printing = { company: company.name, timeZone: company.timeZone, user, at: services.clock() };
  const pdf = renderPapers({ orders: batches, control }, paperWords(texts, printing));
  const name = `${texts.text('paper.file')}${run ? `-${run.number}` : ''}.pdf`;
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${name}"`,
      'content-language': texts.language,
    })
    .send(Readable.from(pdf, { objectMode: false }));
}

async function* read(
  { book }: Services,
  company: Company,
  batches: AsyncIterable<readonly OrderKey[]> | Iterable<readonly OrderKey[]>,
  run?: string,
): AsyncGenerator<readonly PaperOrder[]> {
  for await (const keys of batches) yield book.papers(company.code, keys, run);
}

/** The orders of a run that went, in its sequence. */
async function* keysOf(
  { ledger }: Services,
  company: Company,
  run: RunRecord,
): AsyncGenerator<readonly OrderKey[]> {
  const went = run.command === 'print' ? 'printed' : 'released';
  let cursor: string | undefined;
  do {
    const page = await ledger.outcomes(company.code, run.id, { limit: OUTCOMES_AT_ONCE, cursor }, [went]);
    yield* inBatches(page.items.map(({ key }) => key));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function* inBatches(keys: readonly OrderKey[]): Generator<readonly OrderKey[]> {
  for (let from = 0; from < keys.length; from += ORDERS_AT_ONCE)
    yield keys.slice(from, from + ORDERS_AT_ONCE);
}
