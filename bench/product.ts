import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { instant } from '../src/domain/calendar';
import type { MarkedOrder } from '../src/domain/order';
import type { OrderBook } from '../src/adapter/orderbook/order-book';
import { createPostgresOrderBook } from '../src/adapter/orderbook/postgres/book';
import { createPostgresRunLedger } from '../src/adapter/runs/postgres-run-ledger';
import type { Asked, RunRequest } from '../src/adapter/runs/request';
import type { RunRecord } from '../src/adapter/runs/run-ledger';
import { createRunner, type Runner } from '../src/adapter/runs/runner';
import { company } from './plant';

/** The company of every request. */
export const plant = { code: company, name: 'Bench', timeZone: 'UTC' };

/** The product as planners have it, but for HTTP; what goes wrong ends the bench. */
export function productOn(pool: Pool): Runner {
  const holder = uuidv7();
  return createRunner({
    book: bookOn(pool),
    ledger: createPostgresRunLedger(pool, holder),
    clock: () => instant(new Date()),
    holder,
    log: { error: (fields, message) => fail(message, fields) },
    replyWithin: 600_000,
  });
}

export function bookOn(pool: Pool): OrderBook {
  return createPostgresOrderBook(pool, fail);
}

function fail(message: string, error: unknown): never {
  throw new Error(message, { cause: error });
}

export function requestOf(asked: Asked, orders: readonly MarkedOrder[]): RunRequest {
  return { company: plant, actor: 'bench', asked, orders, sequence: 'byStart' };
}

/** Carries a run out. Throws when one of its orders did not go. */
export async function carryOut(
  runner: Runner,
  asked: Asked,
  orders: readonly MarkedOrder[],
): Promise<RunRecord> {
  const ran = await runner.run(requestOf(asked, orders), uuidv7());
  if (ran.kind !== 'run' || ran.run.succeeded !== orders.length)
    throw new Error(`Not every order went: ${JSON.stringify(ran)}`);
  return ran.run;
}
