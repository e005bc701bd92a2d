import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { ChangeMaterial, ChangeOperation } from '../../contract/change-order';
import type { OrderDetail } from '../../contract/orders';
import { quantity, type Quantity } from '../../domain/quantity';
import type { OrderChange } from '../../domain/refresh/decide-change';
import type { MaterialEdit, OperationEdit } from '../../domain/refresh/edit';
import type { Duration } from '../../domain/refresh/master-data';
import { rightTo } from './asked';
import { requireRight } from './auth';
import { OrderAddress, orderPath } from './order-address';
import { ProblemError } from './problem';
import type { Api, Services } from './routes';
import { type OrderRequest, runOfOrder, runReplies } from './run-of-order';

const OperationAddress = z.extend(OrderAddress, { line: z.string(), operation: z.string() });
const MaterialAddress = z.extend(OrderAddress, { material: z.string() });

const description =
  'A run of one order: needs an Idempotency-Key and the right to refresh. A refused change answers 409 `refused` with its refusals. A ' +
  'refresh takes the change back, and its preview says so.';

export function orderChangeRoutes(api: Api, services: Services): void {
  const { book } = services;

  /** Carries a change out; `has` says whether the order has the part that it is about. */
  const carryOut = (
    request: OrderRequest & { readonly body: { readonly version: number } },
    reply: FastifyReply,
    change: OrderChange,
    has: (order: OrderDetail) => boolean,
  ) => {
    const { version } = request.body;
    return runOfOrder(services, request, reply, { kind: 'change', change }, { version, has });
  };

  api.post(
    `${orderPath}/operations/:line/:operation`,
    {
      schema: {
        tags: ['Orders'],
        summary: 'Move or change an operation by hand; those after it follow',
        description,
        params: OperationAddress,
        body: ChangeOperation,
        response: runReplies,
      },
    },
    async (request, reply) => {
      requireRight(request, rightTo.change);
      const { params, body, company } = request;
      const at = { orderLine: Number(params.line), operation: Number(params.operation) };
      const centres = await book.workCentres(company.code);
      if (body.workCentre !== undefined && !centres.some(({ code }) => code === body.workCentre))
        throw new ProblemError('notFound');
      const change = {
        part: 'operation',
        ...at,
        startsAt: body.startsAt ?? null,
        edit: operationEdit(body),
      } as const;
      return carryOut(request, reply, change, ({ operations }) =>
        operations.some(
          ({ orderLine, operation }) => orderLine === at.orderLine && operation === at.operation,
        ),
      );
    },
  );

  api.post(
    `${orderPath}/materials/:material`,
    {
      schema: {
        tags: ['Orders'],
        summary: 'Change a material by hand',
        description,
        params: MaterialAddress,
        body: ChangeMaterial,
        response: runReplies,
      },
    },
    async (request, reply) => {
      const line = Number(request.params.material);
      const change = { part: 'material', line, edit: materialEdit(request.body) } as const;
      const { operation } = request.body;
      return carryOut(request, reply, change, ({ materials, operations }) => {
        const material = materials.find((each) => each.line === line);
        const own = operations.filter(({ orderLine }) => orderLine === material?.orderLine);
        return (
          material !== undefined && (operation == null || own.some((each) => each.operation === operation))
        );
      });
    },
  );
}

const durationOf = ({ time, unit }: { time: string; unit: Duration['unit'] }): Duration => ({
  time: quantity(time),
  unit,
});

/** Without what was left out: only what is there is changed. */
function defined<T extends object>(fields: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  // What is left has the values of `T`.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

const amount = (text: string | undefined): Quantity | undefined =>
  text === undefined ? undefined : quantity(text);

function operationEdit(body: z.output<typeof ChangeOperation>): OperationEdit {
  const { description: text, workCentre, setup, run, wait, move, lotSize } = body;
  return defined<Required<OperationEdit>>({
    ...{ description: text, workCentre, machine: workCentre === undefined ? undefined : '' },
    ...{ setup: setup && durationOf(setup), run: run && durationOf(run) },
    ...{ wait: wait && durationOf(wait), move: move && durationOf(move) },
    ...{ lotSize: amount(lotSize), concurrentCapacities: undefined },
  });
}

function materialEdit(body: z.output<typeof ChangeMaterial>): MaterialEdit {
  const { fixed, variant, lot, operation, leadTimeOffsetDays } = body;
  return defined<Required<MaterialEdit>>({
    ...{ quantity: amount(body.quantity), quantityPer: amount(body.quantityPer), scrap: amount(body.scrap) },
    ...{ fixed, variant, lot, operation, leadTimeOffsetDays },
    ...{ routingLink: undefined, warehouse: undefined, reason: undefined },
  });
}
