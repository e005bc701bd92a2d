import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { Problem } from '../../src/contract/problem';
import { RunReply } from '../../src/contract/runs';
import { company } from '../adapter/orderbook/small-plant';

/** What a client may want of the orders 2026/1/0, 2026/2/0 … */
export type Deed =
  | { readonly deed: 'release' | 'restore' | 'hold' | 'lift'; readonly orders: readonly number[] }
  /** Of the last release there is. */
  | { readonly deed: 'undo' }
  | { readonly deed: 'open'; readonly order: number; readonly quantity: number; readonly closing: boolean }
  | {
      readonly deed: 'register' | 'rollBack' | 'delete';
      readonly order: number;
      /** Its number, or the one that was opened last. */
      readonly declaration: number | 'last';
    };

/** Any deed over some of these orders, mostly releases and restores. */
export function anyDeed(orders: readonly number[]): fc.Arbitrary<Deed> {
  const order = fc.constantFrom(...orders);
  const few = fc.shuffledSubarray([...orders], { minLength: 1, maxLength: 5 });
  return fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({ deed: fc.constantFrom('hold' as const, 'lift' as const), orders: few }),
    },
    { weight: 1, arbitrary: fc.record({ deed: fc.constant('undo' as const) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        deed: fc.constantFrom('release' as const, 'restore' as const),
        orders: fc.shuffledSubarray([...orders], { minLength: 1 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        deed: fc.constant('open' as const),
        order,
        quantity: fc.integer({ min: 1, max: 5 }),
        closing: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        deed: fc.constantFrom('register' as const, 'rollBack' as const, 'delete' as const),
        order,
        declaration: fc.integer({ min: 1, max: 2 }),
      }),
    },
  );
}

/** One write as it is sent, however often it has to be sent: the same key with the same body. */
export interface Attempt {
  readonly key: string;
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** Turns a deed into a write with a new key, over the versions that the book shows now. */
export async function attemptAt(pool: Pool, deed: Deed): Promise<Attempt> {
  const key = uuidv7();
  if ('orders' in deed) {
    const { rows } = await pool.query<{ key: string; version: number }>(
      `select '2026/' || number || '/0' as key, version from production_order
        where company_id = $1 and number = any($2::int[]) order by array_position($2::int[], number)`,
      [company, deed.orders],
    );
    const reason = deed.deed === 'hold' && { reason: 'A drawing is missing' };
    return { key, method: 'POST', path: '/api/runs', body: { command: deed.deed, orders: rows, ...reason } };
  }
  if (deed.deed === 'undo') {
    const { rows } = await pool.query<{ run: string }>(
      `select run_id as run from run where company_id = $1 and command->>'kind' = 'release' order by number desc limit 1`,
      [company],
    );
    return { key, method: 'POST', path: `/api/runs/${rows[0]?.run ?? uuidv7()}/undo` };
  }
  const declarations = `/api/orders/2026/${deed.order}/0/declarations`;
  if (deed.deed === 'open') {
    const body = { quantity: String(deed.quantity), closing: deed.closing };
    return { key, method: 'POST', path: declarations, body };
  }
  const number = deed.declaration === 'last' ? await lastDeclaration(pool, deed.order) : deed.declaration;
  switch (deed.deed) {
    case 'register':
      return { key, method: 'POST', path: `${declarations}/${number}/register` };
    case 'rollBack':
      return { key, method: 'POST', path: `${declarations}/${number}/roll-back` };
    case 'delete':
      return { key, method: 'DELETE', path: `${declarations}/${number}` };
  }
}

/** The number of the declaration of this order that was opened last, deleted or not; 1 before the first. */
async function lastDeclaration(pool: Pool, order: number): Promise<number> {
  const { rows } = await pool.query<{ last: number }>(
    'select greatest(last_declaration, 1) as last from production_order where company_id = $1 and number = $2',
    [company, order],
  );
  return rows[0]?.last ?? 1;
}

/** What a finished write came to: what is stored of it, so the same again whenever it is asked for again. */
export type Answer =
  | {
      readonly run: Omit<RunReply['run'], 'undoable'>;
      readonly outcomes: readonly Omit<RunReply['outcomes']['items'][number], 'order'>[];
    }
  | { readonly refusals: Problem['refusals'] }
  /** There was nothing to do, so no run was opened: at another moment there may be. */
  | { readonly nothing: Problem['code'] };

/** The adapter says that it cannot serve now. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Sends a write once. Gives undefined while it is at work. Throws {@link Unavailable}, and when there is no reply at all. */
export async function sendOnce(adapter: string, attempt: Attempt): Promise<Answer | undefined> {
  const { key, method, path, body } = attempt;
  const reply = await fetch(adapter + path, {
    method,
    headers: {
      'idempotency-key': key,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await reply.text();
  if (reply.status >= 500) throw new Unavailable(text);
  if (reply.status === 202) return undefined;
  if (reply.status === 409 || reply.status === 404) {
    const { code, refusals } = Problem.parse(JSON.parse(text));
    return code === 'refused' ? { refusals } : { nothing: code };
  }
  assert.equal(reply.status, 200, text);
  const { run: stored, outcomes } = RunReply.parse(JSON.parse(text));
  assert.equal(outcomes.next, null, 'too many outcomes for one reply');
  const { undoable, ...run } = stored;
  return { run, outcomes: outcomes.items.map(({ order, ...outcome }) => outcome) };
}
