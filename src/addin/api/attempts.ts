import { uuidv7 } from 'uuidv7';

/**
 * One idempotency key per attempt at one change. As long as no definite answer came, the same change gets the same key
 * again, so that pressing the button once more cannot do it twice.
 */
export interface Attempts {
  readonly keyFor: (change: string) => string;
  readonly settled: (change: string) => void;
}

export function createAttempts(newKey: () => string = uuidv7): Attempts {
  const open = new Map<string, string>();
  return {
    keyFor(change) {
      const key = open.get(change) ?? newKey();
      open.set(change, key);
      return key;
    },
    settled: (change) => void open.delete(change),
  };
}
