import { AssertionError } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { sqlState } from '../../src/adapter/orderbook/postgres/database';
import { Unavailable } from './attempts';

const LONGEST_MS = 120_000;

/**
 * Asks again and again until there is an answer: not while it is undefined, not while nobody is there to give one. Any other
 * failure is thrown.
 */
export async function patiently<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const giveUp = Date.now() + LONGEST_MS;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    if (Date.now() > giveUp) throw new Error(`No answer in ${LONGEST_MS} ms`);
    await delay(20);
  }
}

/** An adapter that is gone shows as a failed or cut off fetch, a database as a lost connection or one that starts. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof AssertionError) return false;
  if (error instanceof Unavailable) return true;
  if (error instanceof TypeError) return /^(fetch failed|terminated)$/.test(error.message);
  if (error.name === 'TimeoutError' || /connection/i.test(error.message)) return true;
  const state = sqlState(error);
  if (state !== undefined) return /^(08|57P)/.test(state);
  return 'code' in error && /^E[A-Z_]+$/.test(String(error.code));
}
