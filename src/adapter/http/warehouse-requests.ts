import * as z from 'zod/mini';
import { ExportForm } from '../../contract/exports';
import {
  WarehouseRequest,
  WarehouseRequestPage,
  WarehouseRequestQuery,
  WarehouseRequestSearch,
} from '../../contract/warehouse-requests';
import { warehouseRequestTable } from '../exports/warehouse-request-table';
import type { OrderBook } from '../orderbook/order-book';
import { type Exported, exportReply, sendExport } from './export-reply';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';

const RequestExport = z.strictObject({ ...WarehouseRequestQuery.shape, ...ExportForm.shape });

/** Everything a search for warehouse requests finds, as a file. */
export function warehouseRequestFile(
  book: OrderBook,
  company: string,
  query: WarehouseRequestQuery,
): Exported<WarehouseRequest> {
  const rows = book.streamWarehouseRequests(company, query);
  return { name: 'warehouse-requests', table: warehouseRequestTable, rows };
}

export function warehouseRequestRoutes(api: Api, { book }: Services): void {
  api.get(
    '/warehouse-requests',
    {
      schema: {
        tags: ['Warehouse requests'],
        summary: 'Search what warehouses are asked for',
        description:
          'For executive orders, by order and line: materials to be picked, where the item goes by list and the warehouse handles ' +
          'consumption, and output to be put away, where a refresh asked for that. Lines of one order, kind, source and warehouse ' +
          'are one request, which is completely handled when all of them are.',
        querystring: WarehouseRequestSearch,
        response: { 200: WarehouseRequestPage, ...problemReplies },
      },
    },
    async ({ company, query: { limit, cursor, ...query } }) => {
      const { items, next, total } = await book.warehouseRequests(company.code, query, { limit, cursor });
      return { items: [...items], next, total };
    },
  );

  api.get(
    '/warehouse-requests/export',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Warehouse requests'],
        summary: 'Export what warehouses are asked for',
        description:
          'Everything a search for warehouse requests finds, as CSV, as an Excel workbook or as a JSON object a line, as it is at ' +
          'one moment.',
        querystring: RequestExport,
        response: { 200: exportReply(WarehouseRequest), ...problemReplies },
      },
    },
    async (request, reply) => {
      const { format, separator, decimal, ...query } = request.query;
      const file = warehouseRequestFile(book, request.company.code, query);
      return sendExport(request, reply, { format, separator, decimal }, file);
    },
  );
}
