import assert from 'node:assert/strict';
import path from 'node:path';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { OrderRow } from '../../src/contract/orders';
import { instant } from '../../src/domain/calendar';
import type { Report } from '../../src/adapter/orderbook/importer';
import type { OrderBook, StoredOutcome } from '../../src/adapter/orderbook/order-book';
import { createPostgresOrderBook } from '../../src/adapter/orderbook/postgres/book';
import { createImporter } from '../../src/adapter/orderbook/postgres/import/importer';
import { createPostgresRunLedger } from '../../src/adapter/runs/postgres-run-ledger';
import type { Asked } from '../../src/adapter/runs/request';
import { createRunner } from '../../src/adapter/runs/runner';

const loud = (message: string, error: unknown) => process.emitWarning(`${message}: ${String(error)}`);
const log = {
  error: (fields: object, message: string) => loud(message, 'err' in fields ? fields.err : fields),
};
const clock = () => instant(new Date());

/** Imports a sample plant, all of it; fails with the first errors there are. */
export async function importSample(pool: Pool, name: string): Promise<Report> {
  const importer = createImporter({ pool, holder: uuidv7(), clock, hasEnded: () => false, log });
  const folder = path.resolve(__dirname, '../../data', name);
  const begun = await importer.begin({ folder, actor: 'planner' }, uuidv7(), uuidv7());
  assert.equal(begun.kind, 'opened');
  const { report } = await begun.ended;
  await importer.shutdown();
  assert.ok(report);
  assert.deepEqual(report.errors.items.slice(0, 3), []);
  return report;
}

/** A planner of one company. */
export interface PlantAtWork {
  readonly book: OrderBook;
  /** The first launched orders by start, `count` at most. */
  launched(count: number): Promise<readonly OrderRow[]>;
  release(orders: readonly OrderRow[]): Promise<readonly StoredOutcome[]>;
  restore(orders: readonly OrderRow[]): Promise<readonly StoredOutcome[]>;
  /** What is on hand, by place. */
  stock(): Promise<readonly string[]>;
}

export function plantAtWork(pool: Pool, code: string): PlantAtWork {
  const holder = uuidv7();
  const book = createPostgresOrderBook(pool, loud);
  const ledger = createPostgresRunLedger(pool, holder);
  const runner = createRunner({ book, ledger, clock, holder, log, replyWithin: 120_000 });

  async function run(asked: Asked, rows: readonly OrderRow[]): Promise<readonly StoredOutcome[]> {
    const company = (await book.companies()).find((one) => one.code === code);
    assert.ok(company);
    const orders = rows.map(({ key, version }) => ({ key, version }));
    const request = { company, actor: 'planner', asked, orders, sequence: 'byStart' } as const;
    const ran = await runner.run(request, uuidv7());
    assert.ok(ran.kind === 'run' && ran.run.state === 'done');
    return (await ledger.outcomes(code, ran.run.id, { limit: 1000 })).items;
  }

  return {
    book,
    async launched(count) {
      const { items } = await book.search(code, { state: ['launched'] }, { limit: count });
      return items;
    },
    release: (orders) => run({ kind: 'release', postingDate: undefined }, orders),
    restore: (orders) => run({ kind: 'restore' }, orders),
    async stock() {
      const { rows } = await pool.query<{ place: string }>(
        `select concat_ws(' ', item, variant, warehouse, lot, trim_scale(on_hand)) as place
           from stock where company_id = $1 and on_hand <> 0 order by 1`,
        [code],
      );
      return rows.map(({ place }) => place);
    },
  };
}
