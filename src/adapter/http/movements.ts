import * as z from 'zod/mini';
import { ExportForm } from '../../contract/exports';
import { Movement, MovementPage, MovementQuery, MovementSearch } from '../../contract/movements';
import { movementTable } from '../exports/movement-table';
import type { OrderBook } from '../orderbook/order-book';
import { type Exported, exportReply, sendExport } from './export-reply';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';

const MovementExport = z.strictObject({ ...MovementQuery.shape, ...ExportForm.shape });

/** Everything a search for movements finds, as a file. */
export function movementFile(book: OrderBook, company: string, query: MovementQuery): Exported<Movement> {
  return { name: 'movements', table: movementTable, rows: book.streamMovements(company, query) };
}

export function movementRoutes(api: Api, { book }: Services): void {
  api.get(
    '/movements',
    {
      schema: {
        tags: ['Movements'],
        summary: 'Search stock movements',
        description:
          'Posted and restored movements by order, release, line and part. `run` finds those a run posted or took back.',
        querystring: MovementSearch,
        response: { 200: MovementPage, ...problemReplies },
      },
    },
    async ({ company, query: { limit, cursor, ...query } }) => {
      const { items, next, total } = await book.movements(company.code, query, { limit, cursor });
      return { items: [...items], next, total };
    },
  );

  api.get(
    '/movements/export',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Movements'],
        summary: 'Export stock movements',
        description:
          'Everything a search for movements finds, as CSV, as an Excel workbook or as a JSON object a line, as it is at one moment.',
        querystring: MovementExport,
        response: { 200: exportReply(Movement), ...problemReplies },
      },
    },
    async (request, reply) => {
      const { format, separator, decimal, ...query } = request.query;
      const file = movementFile(book, request.company.code, query);
      return sendExport(request, reply, { format, separator, decimal }, file);
    },
  );
}
