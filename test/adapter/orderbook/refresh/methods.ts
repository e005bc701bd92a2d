import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { instant, localTime, type Instant } from '../../../../src/domain/calendar';
import { defaultOptions } from '../../../../src/domain/refresh/options';
import type { Asked, RunRequest } from '../../../../src/adapter/runs/request';
import type { RefreshCommand } from '../../../../src/adapter/orderbook/postgres/refresh/judge-refresh';
import type { Preview } from '../../../../src/contract/runs';
import type { StoredOutcome } from '../../../../src/adapter/orderbook/order-book';
import { createPool } from '../../../../src/adapter/orderbook/postgres/database';
import { createPlanner, key, type Planner } from '../planner';
import { company } from '../small-plant';

/**
 * Bills and routings for the small plant, as the worked examples have them: P is made of two A and one B a piece, by two operations on
 * centre 100, Monday to Friday from 8 to 16; setup 30, run 5 a piece, wait 20, move 10, then setup 15, run 3. One day of safety.
 */
export async function addMethods(pool: Pool): Promise<void> {
  await pool.query(`
    insert into calendar values ('${company}', 'DAY', 'Day shift');
    insert into calendar_hours select '${company}', 'DAY', n, '08:00', '16:00', '1' from generate_series(1, 5) n;
    update work_centre set calendar = 'DAY' where company_id = '${company}';
    insert into bom values ('${company}', 'P', '', 'Product', 'PC', 'certified', null, null);
    insert into routing values ('${company}', 'P', '', 'Product', 'serial', 'certified', null, null);
    update item set bom = 'P', routing = 'P', safety_lead_days = 1 where company_id = '${company}' and item = 'P'`);
  await addBomLine(pool, 'P', 10, 'A', '2');
  await addBomLine(pool, 'P', 20, 'B', '1');
  await addOperation(pool, 'P', 10, { setup: 30, run: 5, wait: 20, move: 10 });
  await addOperation(pool, 'P', 20, { setup: 15, run: 3 });
}

export async function addBomLine(
  pool: Pool,
  bom: string,
  line: number,
  component: string,
  per: string,
  kind: 'item' | 'phantom' = 'item',
): Promise<void> {
  await pool.query(
    `insert into bom_line values ($1, $2, '', $3, $4, $5, '', 'PC', $6, 'per_piece', 0, 0, 0, 0, 0, '', 0, null, null)`,
    [company, bom, line, kind, component, per],
  );
}

interface Times {
  readonly setup?: number;
  readonly run?: number;
  readonly wait?: number;
  readonly move?: number;
  readonly centre?: string;
}

/** Times in minutes. */
export async function addOperation(
  pool: Pool,
  routing: string,
  operation: number,
  { setup = 0, run = 0, wait = 0, move = 0, centre = '100' }: Times,
): Promise<void> {
  await pool.query(
    `insert into routing_operation values ($1, $2, '', $3::int, null, $4, '', 'Operation ' || $3::int, $5, 'minutes', $6, 'minutes',
       $7, 'minutes', $8, 'minutes', 1, 0, 0, 1, 0, '', true, $3::int = 20)`,
    [company, routing, operation, centre, setup, run, wait, move],
  );
}

type Options = Partial<Omit<RefreshCommand, 'kind'>>;

const asked = (options: Options): Extract<Asked, { kind: 'refresh' }> => ({
  ...{ kind: 'refresh', changes: {} },
  ...defaultOptions,
  ...options,
});

/** A planner who refreshes. */
export interface Refresher extends Planner {
  request(options: Options, orders: readonly string[]): Promise<RunRequest>;
  refresh(options: Options, ...orders: string[]): Promise<readonly StoredOutcome[]>;
  preview(options: Options, ...orders: string[]): Promise<Preview>;
  /** `operation: start – end` by the plant's clock, day of the month and time, and what is needed when. */
  planOf(order: string): Promise<{ operations: string[]; materials: string[]; header: string[] }>;
}

/** The examples were worked on 20 November 2026: their orders start after it. */
const loaded = Date.now();
const clock = () => instant(new Date(Date.UTC(2026, 10, 20, 9) + Date.now() - loaded));

export function createRefresher(pool: Pool, actor = 'planner', chunkSize?: number): Refresher {
  const planner = createPlanner(pool, actor, chunkSize, clock);
  const plant = { code: company, name: 'Esempio', timeZone: 'Europe/Rome' };

  async function request(options: Options, orders: readonly string[]) {
    const rows = await planner.book.rows(company, orders.map(key));
    const versions = new Map(rows.map((row) => [row.key, row.version]));
    const marked = orders.map((order) => ({ key: key(order), version: versions.get(key(order)) ?? 1 }));
    return { company: plant, actor, asked: asked(options), orders: marked, sequence: 'byStart' as const };
  }

  return {
    ...planner,
    request,
    async refresh(options, ...orders) {
      const ran = await planner.runner.run(await request(options, orders), uuidv7());
      if (ran.kind !== 'run') throw new Error('the request key was new');
      return (await planner.ledger.outcomes(company, ran.run.id, { limit: 1000 })).items;
    },
    async preview(options, ...orders) {
      return planner.runner.preview(await request(options, orders));
    },
    async planOf(order) {
      const [found] = await planner.book.read(company, [key(order)]);
      if (!found) throw new RangeError(order);
      return {
        operations: found.operations.map(
          (each) => `${each.operation}: ${shown(each.startsAt)} – ${shown(each.endsAt)}`,
        ),
        materials: found.materials.map(
          (each) => `${each.item} ${each.quantity}: ${each.usageAt ? shown(each.usageAt) : each.usageOn}`,
        ),
        header: [found.start, found.end, found.due, found.quantity],
      };
    },
  };
}

/** `25 14:45`: the day of the month and the time in the plant. */
export function shown(at: Instant | null): string {
  return at === null ? '–' : localTime('Europe/Rome', at).replace('T', ' ').slice(8, 16);
}

/** A pool as the adapter has it – days and moments as text –, for the surrounding `describe`. */
export function useAdapterPool(database: { readonly connectionString: string }): () => Pool {
  let pool: Pool | undefined;
  before(() => {
    pool = createPool(database.connectionString);
    // The database goes before this pool does, which cuts its connections off.
    pool.on('connect', (client) => client.on('error', () => undefined));
  });
  after(() => pool?.end());
  return () => {
    if (pool === undefined) throw new Error('the pool exists from the before hook on');
    return pool;
  };
}
