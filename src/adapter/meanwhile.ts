import { setImmediate } from 'node:timers/promises';

/** Does our share of the work as soon as the database has been asked for its own, and is at it. */
export async function meanwhile<T>(work: () => T): Promise<T> {
  await setImmediate();
  return work();
}
