import { Readable } from 'node:stream';
import * as z from 'zod/mini';
import { ExportForm } from '../../contract/exports';
import { type Withdrawal, WithdrawalList } from '../../contract/withdrawals';
import { type PickRow, pickRows, withdrawalTable } from '../exports/withdrawal-table';
import type { OrderBook } from '../orderbook/order-book';
import type { RunRecord } from '../runs/run-ledger';
import { begin, type Exported, exportReply, sendExport } from './export-reply';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';
import { RunAddress, runAt } from './run-address';

const ListForm = z.extend(ExportForm, { format: z._default(z.enum(['json', 'csv', 'xlsx']), 'json') });

/** The storeman's list of a run, as a file with a row for each order. */
export function withdrawalFile(book: OrderBook, company: string, run: RunRecord): Exported<PickRow> {
  const rows = pickRows(book.withdrawalList(company, run.id));
  return { name: `withdrawals-${run.number}`, table: withdrawalTable, rows };
}

export function withdrawalRoutes(api: Api, { book, ledger }: Services): void {
  api.get(
    '/runs/:id/withdrawals',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Movements'],
        summary: 'The withdrawal list of a run, for the storeman',
        description:
          'What a run withdrew and nobody took back: warehouse by warehouse, item by item, lot by lot, with what each order ' +
          'needs. As JSON, or as a file with a row for each order.',
        params: RunAddress,
        querystring: ListForm,
        response: {
          200: {
            description: 'The list.',
            content: { 'application/json': { schema: WithdrawalList }, ...exportReply(z.string()).content },
          },
          ...problemReplies,
        },
      },
    },
    async (request, reply) => {
      const { company, params, query } = request;
      const run = await runAt(ledger, company.code, params.id);
      if (query.format === 'json') {
        const places = book.withdrawalList(company.code, run.id);
        const list = Readable.from(json(await begin(places)), { objectMode: false });
        return reply.type('application/json; charset=utf-8').send(list);
      }
      const form = { ...query, format: query.format };
      return sendExport(request, reply, form, withdrawalFile(book, company.code, run));
    },
  );
}

/** A {@link WithdrawalList} as text, piece by piece. */
async function* json(batches: AsyncIterable<readonly Withdrawal[]>): AsyncGenerator<string> {
  let before = '{"items":[';
  for await (const batch of batches) {
    yield before + batch.map((place) => JSON.stringify(place)).join(',');
    before = ',';
  }
  yield before === ',' ? ']}' : `${before}]}`;
}
