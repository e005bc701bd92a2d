import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { RefusalCode } from '../../../src/domain/refusals';
import type { StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { bookState } from './fresh-book';
import { key, postingDate, type Planner } from './planner';
import { addOrder, company, setStock } from './small-plant';
import { usePlanner } from './use-planner';

/** The one order there is before each test, launched. */
export const order = '2026/125/0';
export const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };

type Refusals = StoredOutcome['refusals'];

/** A plant with one order that may go, and what commands are refused there. */
export interface RefusingPlant {
  readonly pool: Pool;
  readonly planner: Planner;
  /** The refusals of the one order of a command, which must have written nothing. */
  refused(act: () => Promise<readonly StoredOutcome[]>): Promise<Refusals>;
  codes(act: () => Promise<readonly StoredOutcome[]>): Promise<RefusalCode[]>;
  /** Releases or restores the order in the version a sheet still holds. */
  inVersion(version: number, kind: 'release' | 'restore'): Promise<readonly StoredOutcome[]>;
  /** When the order was changed last. */
  changedAt(): Promise<string>;
}

/** Gives the surrounding `describe` a plant with ample stock and {@link order}, fresh for each test and sound after it. */
export function useRefusingPlant(): RefusingPlant {
  const { pool, planner } = usePlanner('anna');

  beforeEach('a plant with ample stock and order 2026/125/0', async () => {
    await setStock(pool, { A: '1000', D: '1000', E: '1000' });
    await addOrder(pool, { number: 125 });
  });

  async function refused(act: () => Promise<readonly StoredOutcome[]>): Promise<Refusals> {
    const before = await bookState(pool);
    const [outcome, ...others] = await act();
    assert.deepEqual(others, []);
    assert.deepEqual([outcome?.result, outcome?.movements], ['refused', 0]);
    assert.deepEqual(await bookState(pool), before);
    return outcome?.refusals ?? [];
  }

  return {
    pool,
    planner,
    refused,
    codes: async (act) => (await refused(act)).map(({ code }) => code),
    async inVersion(version, kind) {
      const asked = kind === 'release' ? { kind, postingDate } : { kind };
      const orders = [{ key: key(order), version }];
      const ran = await planner.runner.run(
        { company: plant, actor: 'anna', asked, orders, sequence: 'byStart' },
        uuidv7(),
      );
      assert.ok(ran.kind === 'run');
      const ledger = createPostgresRunLedger(pool, 'reader');
      return (await ledger.outcomes(company, ran.run.id, { limit: 10 })).items;
    },
    async changedAt() {
      const { rows } = await pool.query<{ at: string }>('select changed_at as at from production_order');
      return rows[0]?.at ?? '';
    },
  };
}
