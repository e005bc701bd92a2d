import * as z from 'zod/mini';
import { ExportForm } from '../../contract/exports';
import {
  LooserSearch,
  OrderChange,
  OrderDetail,
  OrderDetailList,
  OrderPage,
  OrderQuery,
  OrderRow,
  OrderSearch,
  OrdersToRead,
} from '../../contract/orders';
import { refusal } from '../../domain/refusals';
import type { OrderBook } from '../orderbook/order-book';
import { orderTable } from '../exports/order-table';
import { type Exported, exportReply, sendExport } from './export-reply';
import { OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';

const OrderExport = z.strictObject({ ...OrderQuery.shape, ...ExportForm.shape });

type Include = NonNullable<OrderSearch['include']>[number];

/** The orders with what was asked for beside them. */
async function withMore(
  book: OrderBook,
  company: string,
  orders: readonly OrderRow[],
  include: readonly Include[],
): Promise<OrderRow[]> {
  const keys = orders.map(({ key }) => key);
  const materials = include.includes('materials') ? await book.materialStatuses(company, keys) : null;
  const restore = include.includes('restore') ? await book.restorabilities(company, keys) : null;
  return orders.map((order) => {
    const materialStatus = materials?.get(order.key);
    const restorability = restore?.get(order.key);
    return {
      ...order,
      ...(materialStatus && { materialStatus }),
      ...(restorability && { restore: restorability }),
    };
  });
}

/** Everything a search for orders finds, as a file. */
export function orderFile(book: OrderBook, company: string, query: OrderQuery): Exported<OrderRow> {
  return { name: 'orders', table: orderTable, rows: book.stream(company, query) };
}

export function orderRoutes(api: Api, { book }: Services): void {
  api.get(
    '/orders',
    {
      schema: {
        tags: ['Orders'],
        summary: 'Search orders',
        description:
          'Orders by start date, then key. Criteria combine with AND. `next` of a page is the `cursor` of the following one.',
        querystring: OrderSearch,
        response: { 200: OrderPage, ...problemReplies },
      },
    },
    async ({ company, query: { limit, cursor, include, ...query } }) => {
      const { items, next, total } = await book.search(company.code, query, { limit, cursor });
      return { items: await withMore(book, company.code, items, include ?? []), next, total };
    },
  );

  api.get(
    '/orders/looser',
    {
      schema: {
        tags: ['Orders'],
        summary: 'Why a search finds so little',
        description:
          'How many orders there would be without each of the criteria given – from and to count as one –, and in each state that was ' +
          'not asked for.',
        querystring: z.strictObject(OrderQuery.shape),
        response: { 200: LooserSearch, ...problemReplies },
      },
    },
    async ({ company, query }) => book.loosen(company.code, query),
  );

  api.get(
    '/orders/stream',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['Orders'],
        summary: 'Everything a search finds, at once',
        description:
          'Orders by start date, then key, as they are at one moment: a JSON object a line, CSV or an Excel workbook, as `format` ' +
          'or `Accept` says.',
        querystring: OrderExport,
        response: { 200: exportReply(OrderRow), ...problemReplies },
      },
    },
    async (request, reply) => {
      const { format, separator, decimal, ...query } = request.query;
      const file = orderFile(book, request.company.code, query);
      return sendExport(request, reply, { format, separator, decimal }, file);
    },
  );

  api.get(
    '/orders/whole',
    {
      schema: {
        tags: ['Orders'],
        summary: 'Read orders with lines, materials, operations and declarations',
        description: 'In any sequence, each once. Of an order that is not there nothing comes.',
        querystring: OrdersToRead,
        response: { 200: OrderDetailList, ...problemReplies },
      },
    },
    async ({ company, query: { order } }) => ({
      items: [...(await book.read(company.code, [...new Set(order)]))],
    }),
  );

  api.get(
    orderPath,
    {
      schema: {
        tags: ['Orders'],
        summary: 'Read one order with lines, materials, operations and declarations',
        params: OrderAddress,
        response: { 200: OrderDetail, ...problemReplies },
      },
    },
    async ({ company, params }) => {
      const [order] = await book.read(company.code, [orderKeyAt(params)]);
      if (order === undefined) throw new ProblemError('notFound');
      return order;
    },
  );

  api.patch(
    orderPath,
    {
      schema: {
        tags: ['Orders'],
        summary: 'Always refused: a state is not set by hand',
        description:
          'Setting a state would leave the movements behind. The answer is `refused` with CHG-01, which names the way to take.',
        params: OrderAddress,
        body: OrderChange,
        response: problemReplies,
      },
    },
    async ({ company, params, body }) => {
      const key = orderKeyAt(params);
      const [order] = await book.rows(company.code, [key]);
      if (order === undefined) throw new ProblemError('notFound');
      // Source: Fluentis TT02343/21: going back to launched by an edit would lose the withdrawals.
      const why = refusal('CHG-01', { order: key, state: order.state, wanted: body.state });
      throw new ProblemError('refused', { refusals: [why] });
    },
  );
}
