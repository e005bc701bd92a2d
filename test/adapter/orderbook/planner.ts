import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { calendarDate, instant, type CalendarDate, type Instant } from '../../../src/domain/calendar';
import { isOrderKey, type OrderKey } from '../../../src/domain/order';
import { inPaperOrder, type PaperKind } from '../../../src/domain/papers/paper';
import type { DeclarationStep } from '../../../src/domain/declaration/declaration';
import type { WorkStep } from '../../../src/domain/work/work';
import type { ReservationStep } from '../../../src/domain/reservation/reservation';
import { createPostgresOrderBook } from '../../../src/adapter/orderbook/postgres/book';
import type { OrderBook, StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import type { RunLedger } from '../../../src/adapter/runs/run-ledger';
import { createPostgresRunLedger } from '../../../src/adapter/runs/postgres-run-ledger';
import { createRunner, type Runner } from '../../../src/adapter/runs/runner';
import type { Asked } from '../../../src/adapter/runs/request';
import { company } from './small-plant';

export const postingDate = calendarDate('2026-11-20');
/** Nothing in these tests may fail for a reason nobody foresaw: if it does, say why. */
const loud = (message: string, error: unknown) => process.emitWarning(`${message}: ${String(error)}`);

export function key(text: string): OrderKey {
  if (!isOrderKey(text)) throw new RangeError(text);
  return text;
}

/** A planner at work: marks orders with the versions the book shows and commits, one new request a time. */
export interface Planner {
  readonly book: OrderBook;
  readonly runner: Runner;
  readonly ledger: RunLedger;
  release(...orders: string[]): Promise<readonly StoredOutcome[]>;
  /** Releases orders that have a posting day of their own; the others are posted on `postingDate`. */
  releaseOn(days: Readonly<Record<string, string>>, ...orders: string[]): Promise<readonly StoredOutcome[]>;
  /** Releases in spite of what may be forced. */
  force(reason: string, ...orders: string[]): Promise<readonly StoredOutcome[]>;
  restore(...orders: string[]): Promise<readonly StoredOutcome[]>;
  /** Prints definitive papers. */
  print(papers: readonly PaperKind[], ...orders: string[]): Promise<readonly StoredOutcome[]>;
  merge(...orders: string[]): Promise<readonly StoredOutcome[]>;
  hold(reason: string, ...orders: string[]): Promise<readonly StoredOutcome[]>;
  lift(...orders: string[]): Promise<readonly StoredOutcome[]>;
  declare(order: string, step: DeclarationStep): Promise<StoredOutcome>;
  reserve(order: string, step: ReservationStep): Promise<StoredOutcome>;
  work(order: string, step: WorkStep): Promise<StoredOutcome>;
  /** The state of an order, as a search would show it. */
  stateOf(order: string): Promise<string | undefined>;
  /** `warehouse/reason item quantity` of every posted movement of an order. */
  movementsOf(order: string): Promise<string[]>;
}

const now = () => instant(new Date());

export function createPlanner(
  pool: Pool,
  actor = 'planner',
  chunkSize?: number,
  clock: () => Instant = now,
): Planner {
  const holder = uuidv7();
  const book = createPostgresOrderBook(pool, loud);
  const ledger = createPostgresRunLedger(pool, holder);
  const options = {
    book,
    ledger,
    clock,
    holder,
    log: { error: (fields: object, message: string) => loud(message, 'err' in fields ? fields.err : fields) },
    replyWithin: 60_000,
  };
  const runner = createRunner(chunkSize === undefined ? options : { ...options, chunkSize });
  const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };

  async function run(asked: Asked, orders: readonly string[]): Promise<readonly StoredOutcome[]> {
    const known = new Map((await book.rows(company, orders.map(key))).map((row) => [row.key, row.version]));
    const marked = orders.map((order) => ({ key: key(order), version: known.get(key(order)) ?? 1 }));
    const ran = await runner.run(
      { company: plant, actor, asked, orders: marked, sequence: 'byStart' },
      uuidv7(),
    );
    if (ran.kind !== 'run') throw new Error('the request key was new');
    return (await ledger.outcomes(company, ran.run.id, { limit: 1000 })).items;
  }

  async function runOne(asked: Asked, order: string): Promise<StoredOutcome> {
    const [outcome] = await run(asked, [order]);
    if (!outcome) throw new Error('a run of one order has one outcome');
    return outcome;
  }

  return {
    book,
    runner,
    ledger,
    release: (...orders) => run({ kind: 'release', postingDate }, orders),
    releaseOn: (days, ...orders) => run({ kind: 'release', postingDate, postingDates: onDays(days) }, orders),
    force: (reason, ...orders) => run({ kind: 'release', postingDate, force: { reason } }, orders),
    restore: (...orders) => run({ kind: 'restore' }, orders),
    print: (papers, ...orders) => run({ kind: 'print', papers: inPaperOrder(papers) }, orders),
    merge: (...orders) => run({ kind: 'merge' }, orders),
    hold: (reason, ...orders) => run({ kind: 'hold', reason }, orders),
    lift: (...orders) => run({ kind: 'lift', reason: null }, orders),
    declare: (order, step) => runOne({ kind: 'declare', step }, order),
    work: (order, step) => runOne({ kind: 'work', step }, order),
    reserve: (order, step) => runOne({ kind: 'reserve', step }, order),
    async stateOf(order) {
      return (await book.rows(company, [key(order)]))[0]?.state;
    },
    async movementsOf(order) {
      const { items } = await book.movements(
        company,
        { order: [key(order)], status: 'posted' },
        { limit: 1000 },
      );
      return items.map((m) => `${m.warehouse}/${m.reason} ${m.item} ${m.quantity}`);
    },
  };
}

/** Posting days by order. */
export const onDays = (days: Readonly<Record<string, string>>): Readonly<Record<OrderKey, CalendarDate>> =>
  Object.fromEntries(Object.entries(days).map(([order, day]) => [key(order), calendarDate(day)]));

/** The codes of an outcome's refusals. */
export const codesOf = (outcome: StoredOutcome | undefined) =>
  outcome?.refusals.map(({ code }) => code) ?? [];
