import { randomUUID } from 'node:crypto';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { rights as allRights, type Right } from '../domain/rights';
import { identifyCaller } from './http/auth';
import { companyRoutes } from './http/companies';
import { declarationRoutes } from './http/declarations';
import { explainRoutes } from './http/explain';
import { guardAgainstForeignPages, mostBytesOfABody } from './http/guard';
import { downloadRoutes, fileRoutes } from './http/downloads';
import { healthRoutes } from './http/health';
import { importRoutes } from './http/imports';
import { movementRoutes } from './http/movements';
import { describeApi } from './http/openapi';
import { createOrderRoutes } from './http/create-orders';
import { orderChangeRoutes } from './http/order-changes';
import { orderRoutes } from './http/orders';
import { paperRoutes } from './http/papers';
import { policyRoutes } from './http/policy';
import { workRoutes } from './http/work';
import { plantRoutes } from './http/plant';
import { answerWithProblems } from './http/problem';
import type { Services } from './http/routes';
import { releaseDefaultRoutes } from './http/release-defaults';
import { savedSearchRoutes } from './http/saved-searches';
import { runLogRoutes } from './http/run-log';
import { reservationRoutes } from './http/reservations';
import { runRoutes } from './http/runs';
import { undoRoutes } from './http/undo';
import { unwindRoutes } from './http/unwind';
import { warehouseRequestRoutes } from './http/warehouse-requests';
import { withdrawalRoutes } from './http/withdrawals';
import { createRunner, type Runner, type RunnerOptions } from './runs/runner';
import type { Stores } from './stores';

export interface AppOptions extends Omit<RunnerOptions, 'log'>, Stores {
  /** The user of this instance: the name that stands in the audit trail. */
  readonly user: string;
  /** What the user may do beyond reading; everything where nothing is said. */
  readonly rights?: readonly Right[];
  /** Version of this program. */
  readonly version: string;
  readonly log: FastifyBaseLogger;
  /** Certificate and key as PEM texts: the adapter speaks https then. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

/** The adapter, not listening yet. Runs are resumed from the moment it listens, and end with their chunk when it closes. */
export interface App {
  readonly server: FastifyInstance;
  readonly runner: Runner;
}

export async function createApp({
  user,
  rights = allRights,
  version,
  log,
  tls,
  ...options
}: AppOptions): Promise<App> {
  const server = fastify({
    loggerInstance: log,
    bodyLimit: mostBytesOfABody,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    ...(tls && { https: tls }),
  });
  const runner = createRunner({ ...options, log });
  const services: Services = { ...options, runner, version };
  const { book, importer } = services;

  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  answerWithProblems(server);
  guardAgainstForeignPages(server);
  await describeApi(server, version);
  await server.register(
    async (api) => {
      healthRoutes(api, services);
      companyRoutes(api, services);
      fileRoutes(api, services, user);
      importRoutes(api, services, { user, rights });
    },
    { prefix: '/api' },
  );
  await server.register(
    async (api) => {
      identifyCaller(api, book, user, rights);
      for (const routes of [
        orderRoutes,
        createOrderRoutes,
        orderChangeRoutes,
        explainRoutes,
        unwindRoutes,
        runRoutes,
        undoRoutes,
        runLogRoutes,
        movementRoutes,
        withdrawalRoutes,
        paperRoutes,
        warehouseRequestRoutes,
        declarationRoutes,
        reservationRoutes,
        workRoutes,
        policyRoutes,
        plantRoutes,
        savedSearchRoutes,
        releaseDefaultRoutes,
        downloadRoutes,
      ]) {
        routes(api, services);
      }
    },
    { prefix: '/api' },
  );

  server.addHook('onListen', async () => {
    runner.start();
    importer.start();
  });
  server.addHook('preClose', async () => {
    await Promise.all([runner.shutdown(), importer.shutdown()]);
  });
  // Requests that were already in may have opened a run meanwhile.
  server.addHook('onClose', () => runner.shutdown());
  return { server, runner };
}
