import swagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import * as z from 'zod/mini';
import { ChangeMaterial, ChangeOperation } from '../../contract/change-order';
import { CreateOrders } from '../../contract/create-orders';
import { Declaration, OpenDeclaration } from '../../contract/declarations';
import { companyHeader, idempotencyHeader } from '../../contract/headers';
import { FileReport, Import, ImportError, ImportReport } from '../../contract/imports';
import { Movement } from '../../contract/movements';
import { Material, Operation, OrderLine } from '../../contract/order-content';
import { OrderDetail, OrderRow, Restorability } from '../../contract/orders';
import { ExplainedRule, Explanation } from '../../contract/explanation';
import { Company, Session, WorkCentre } from '../../contract/plant';
import { Problem } from '../../contract/problem';
import {
  LoadOfDay,
  Outcome,
  Preview,
  RunReply,
  RunRequest,
  RunSummary,
  Shortage,
  ShortageOfOrder,
  Supply,
  UndoRequest,
  WarehouseTotal,
} from '../../contract/runs';
import { RunLogRow } from '../../contract/run-log';
import { CapacityOfDay, OrderContentChange, RefreshedOrder } from '../../contract/refresh';
import { CancelReservations, Reservation, ReserveAgain } from '../../contract/reservations';
import { Refusal } from '../../contract/values';
import { Withdrawal } from '../../contract/withdrawals';

/** The parts of the contract that the description names, and what it says of them. */
const components: readonly (readonly [schema: z.ZodMiniType, id: string, description: string])[] = [
  [OrderRow, 'OrderRow', 'A production order as one row of a list.'],
  [OrderDetail, 'OrderDetail', 'A production order with all it is made of, and its declarations.'],
  [OrderLine, 'OrderLine', 'What an order makes: its output, or what is made to order for it.'],
  [Restorability, 'Restorability', 'What a restore of an order would say now, and the way to it.'],
  [Material, 'Material', 'A material line. `automatic` lines are withdrawn by a release.'],
  [Operation, 'Operation', 'An operation of the routing.'],
  [Declaration, 'Declaration', 'A production declaration.'],
  [OpenDeclaration, 'OpenDeclaration', 'What a new declaration reports.'],
  [Movement, 'Movement', 'A stock movement that a release posted; a restore marks it as restored.'],
  [Withdrawal, 'Withdrawal', 'What the storeman takes from one place for a run.'],
  [CreateOrders, 'CreateOrders', 'Orders that are entered: their headers.'],
  [ChangeOperation, 'ChangeOperation', 'What is to be changed of an operation.'],
  [ChangeMaterial, 'ChangeMaterial', 'What is to be changed of a material.'],
  [Reservation, 'Reservation', 'A promise of output or of stock, standing or cancelled.'],
  [CancelReservations, 'CancelReservations', 'Reservations that are to be cancelled.'],
  [ReserveAgain, 'ReserveAgain', 'Cancelled reservations that are to be made again.'],
  [Explanation, 'Explanation', 'The rules of release and restore for one order.'],
  [ExplainedRule, 'ExplainedRule', 'How a rule stands for an order.'],
  [RunRequest, 'RunRequest', 'A command over many orders.'],
  [RefreshedOrder, 'RefreshedOrder', 'What a refresh would make of one order.'],
  [
    OrderContentChange,
    'OrderContentChange',
    'What a refresh does to the header, a line, a material or an operation.',
  ],
  [
    CapacityOfDay,
    'CapacityOfDay',
    'The load of a centre on a day, before and after a refresh, against what it can do.',
  ],
  [RunSummary, 'RunSummary', 'A run and how far it is.'],
  [RunReply, 'RunReply', 'A run and the first page of its outcomes.'],
  [Preview, 'Preview', 'What a run would do now. Nothing was written.'],
  [Outcome, 'Outcome', 'What became of one order.'],
  [RunLogRow, 'RunLogRow', 'What became of one order, as a row of a file.'],
  [UndoRequest, 'UndoRequest', 'How a run is to be undone.'],
  [Refusal, 'Refusal', 'Why a rule says no, or warns: a lasting code, and what fills its text.'],
  [Shortage, 'Shortage', 'A stock that leaves at least one order short.'],
  [ShortageOfOrder, 'ShortageOfOrder', 'What a stock lacks for one order when its turn comes.'],
  [Supply, 'Supply', 'What is on its way into a stock.'],
  [LoadOfDay, 'LoadOfDay', 'Operations that a work centre has in hand on a day.'],
  [WarehouseTotal, 'WarehouseTotal', 'Movements of one warehouse.'],
  [Import, 'Import', 'An import of a plant folder as a run, with its report once it has ended.'],
  [ImportReport, 'ImportReport', 'What an import did, or would do.'],
  [FileReport, 'FileReport', 'What became of the rows of a file.'],
  [ImportError, 'ImportError', 'What is wrong where in a plant folder.'],
  [Company, 'Company', 'A company; its days are days of its time zone.'],
  [Session, 'Session', 'Who is asking, in which company.'],
  [WorkCentre, 'WorkCentre', 'A work centre.'],
  [Problem, 'Problem', 'Every answer of 4xx and 5xx (RFC 9457), in the language of Accept-Language.'],
];
for (const [schema, id, description] of components) z.globalRegistry.add(schema, { id, description });

const INTRODUCTION = `Production orders, what may happen to them, and what did.

Quantities are decimal text, never JSON numbers. Days are ISO dates of the plant's calendar, moments ISO times in UTC. An order's key is \`year/number/lot\`.

\`${companyHeader}\` names the company; it may be left out where there is only one. Writes over orders need \`${idempotencyHeader}\`: the same key with the same body returns the stored outcomes. Bodies are JSON.

Errors are problems (RFC 9457) in the language of \`Accept-Language\` (English, Italian); \`code\` is what programs look at.`;

const companyParameter = {
  type: 'string',
  description: 'Code of the company. May be left out where there is only one.',
};
const keyParameter = {
  type: 'string',
  minLength: 8,
  maxLength: 200,
  description: 'One per attempt, printable characters. Not needed for a dry run.',
};

const waitParameter = {
  type: 'string',
  description: '`wait=20`: how many seconds to wait for the end of the run, at most 60 (RFC 7240).',
};
const WAITING = [
  'POST /api/orders',
  'POST /api/runs',
  'POST /api/papers',
  'POST /api/runs/:id/undo',
  'GET /api/runs/:id',
];

/** Describes the routes registered after it, made from the schemas that check them. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Launchbook', version, description: INTRODUCTION, license: { name: 'MIT' } },
      tags: [
        'Orders',
        'Runs',
        'Movements',
        'Warehouse requests',
        'Files',
        'Papers',
        'Declarations',
        'Picking work',
        'Reservations',
        'Saved searches',
        'Imports',
        'Plant',
        'Health',
      ].map((name) => ({ name })),
    },
    transform: withHeaders,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** Headers are read by hooks, not checked by schemas of routes, so the description adds them here. */
const withHeaders: SwaggerTransform = (document) => {
  const { schema, url } = jsonSchemaTransform(document);
  const tags = document.schema?.tags ?? [];
  if (tags.length === 0 || tags.includes('Health')) return { schema, url };
  const writes = [document.route.method].flat().some((method) => method === 'POST' || method === 'DELETE');
  const cancelsRun = url.endsWith('/cancel') && (tags.includes('Runs') || tags.includes('Imports'));
  const overOrders = !cancelsRun && !tags.includes('Saved searches') && !tags.includes('Files');
  const needsKey = writes && overOrders;
  const properties = {
    // An import names its company itself.
    ...(!tags.includes('Imports') && { [companyHeader]: companyParameter }),
    ...(needsKey && { [idempotencyHeader]: keyParameter }),
    ...([document.route.method].flat().some((method) => WAITING.includes(`${method} ${url}`)) && {
      prefer: waitParameter,
    }),
  };
  return { schema: { ...schema, headers: { type: 'object', properties } }, url };
};

/** Every part of the contract comes in a form for requests and one for replies; only those in use stay. */
function withoutUnused(document: ReturnType<SwaggerTransformObject>): ReturnType<SwaggerTransformObject> {
  if (!('openapi' in document)) return document;
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit(document.paths);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
  return document;
}
