import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { Import, ImportReport } from '../../src/contract/imports';
import { Unavailable } from './attempts';
import { begunOrders, countsOf, faultyVersion, launchedOrders, needsOf, withdrawnBy } from './plant-versions';

/** Sends an archive once. Gives undefined while the import is at work. Throws {@link Unavailable}, and when there is no reply. */
export async function importOnce(
  adapter: string,
  key: string,
  archive: Uint8Array<ArrayBuffer>,
): Promise<Import | undefined> {
  const { status, text } = await post(`${adapter}/api/imports`, archive, { 'idempotency-key': key });
  // It goes on, or others do.
  if ([202, 409, 429].includes(status)) return undefined;
  assert.equal(status, 200, text);
  return Import.parse(JSON.parse(text));
}

/** The same without keeping anything. */
export async function tryImport(
  adapter: string,
  archive: Uint8Array<ArrayBuffer>,
): Promise<ImportReport | undefined> {
  const { status, text } = await post(`${adapter}/api/imports?dryRun=true`, archive, {});
  if (status === 429) return undefined;
  assert.equal(status, 200, text);
  return ImportReport.parse(JSON.parse(text));
}

async function post(address: string, archive: Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const reply = await fetch(address, {
    ...{ method: 'POST', body: archive, headers: { ...headers, 'content-type': 'application/zip' } },
    signal: AbortSignal.timeout(20_000),
  });
  const text = await reply.text();
  if (reply.status >= 500) throw new Unavailable(text);
  return { status: reply.status, text };
}

/** What an import may write of an order, and all there is of it; both as text. */
export interface OrderThen {
  readonly number: number;
  readonly state: string;
  readonly content: string;
  readonly row: string;
  readonly events: number;
  readonly imports: number;
}

export async function ordersNow(pool: Pool): Promise<ReadonlyMap<number, OrderThen>> {
  const { rows } = await pool.query<OrderThen>(`
    select o.number, o.state, o::text || coalesce(m.lines, '') as row,
           row(o.item, o.quantity, o.start_on, o.end_on, o.due_on, o.work_centre, o.imported_hash)::text || coalesce(m.lines, '')
             as content, coalesce(e.events, 0)::int as events, coalesce(e.imports, 0)::int as imports
      from production_order o
      left join (select order_id, string_agg(m::text, ' ' order by line) as lines from order_material m group by 1) m using (order_id)
      left join (select order_id, count(*) as events, count(*) filter (where event = 'import') as imports
                   from audit_event group by 1) e using (order_id)`);
  return new Map(rows.map((order) => [order.number, order]));
}

/** Nothing but an import changes what an order is made of, and nothing of it changes unnoticed. */
export function assertTouchedByImportsOnly(
  before: ReadonlyMap<number, OrderThen>,
  now: ReadonlyMap<number, OrderThen>,
): void {
  for (const [number, then] of before) {
    const order = now.get(number);
    assert.ok(order, `order ${number} is gone`);
    if (order.imports === then.imports) assert.equal(order.content, then.content);
    if (order.events === then.events) assert.equal(order.row, then.row);
  }
}

/** What the book must be after these imports, in whatever sequence they and the deeds of others came. */
export async function assertImported(pool: Pool, imports: readonly ImportOf[]): Promise<void> {
  await assertBegunLeftAlone(pool);
  const begun = await assertWholeOrders(pool);
  await assertCountedOnce(pool, begun);
  await assertReported(pool, imports, begun);
  const { rows: staged } = await pool.query(`select relname from pg_class where relname like 'import%'`);
  assert.deepEqual(staged, [], 'tables of rows of the files that were left behind');
}

/** An import and the version it brought. */
export interface ImportOf {
  readonly version: number;
  readonly ended: Import;
}

async function assertBegunLeftAlone(pool: Pool): Promise<void> {
  const { rows: touched } = await pool.query(
    `select o.number, i.version, p.event, p.to_state
       from audit_event i join production_order o using (company_id, order_id)
       left join lateral (select event, to_state from audit_event e
                           where e.company_id = i.company_id and e.order_id = i.order_id and e.version < i.version
                           order by e.version desc, e.run_id desc limit 1) p on true
      where i.event = 'import' and (p.to_state <> 'launched' or o.number > $1)`,
    [launchedOrders.length],
  );
  assert.deepEqual(touched, [], 'orders that an import changed though they had begun');
  const { rows: torn } = await pool.query(`
    select o.number, m.line, m.quantity, w.withdrawn
      from production_order o
      join order_material m using (company_id, order_id)
      join item i on i.company_id = m.company_id and i.item = m.item and i.pickup_type = 'automatic'
      left join (select order_id, line, sum(quantity) as withdrawn from movement where direction = 'unload' group by 1, 2) w
        on w.order_id = m.order_id and w.line = m.line
     where m.quantity <> coalesce(w.withdrawn, 0) and o.state <> 'launched' and o.origin = 'release'`);
  assert.deepEqual(torn, [], 'released orders whose materials are not what was withdrawn for them');
}

/** Every order is what one version makes of it. Gives the quantities of those that came with movements. */
async function assertWholeOrders(pool: Pool): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool.query<{ number: number; quantity: number; lines: [string, string][] }>(`
    select o.number, o.quantity::int as quantity,
           jsonb_agg(jsonb_build_array(m.item, m.quantity::text) order by m.line) as lines
      from production_order o join order_material m using (company_id, order_id) group by o.company_id, o.order_id`);
  for (const { number, quantity, lines } of rows) {
    assert.deepEqual(lines, Object.entries(needsOf(number, quantity)), `materials of order ${number}`);
  }
  const least = Math.min(...begunOrders);
  return new Map(rows.flatMap(({ number, quantity }) => (number >= least ? [[number, quantity]] : [])));
}

/** A stock is what one version counted and what the imported releases had taken before, whatever later versions say. */
async function assertCountedOnce(pool: Pool, begun: ReadonlyMap<number, number>): Promise<void> {
  const { rows } = await pool.query<{ item: string; opening: number; counted: boolean }>(
    `select item, opening::int as opening, counted from stock where item <> 'P'`,
  );
  for (const { item, opening, counted } of rows) {
    const taken = [...begun].map(([order, quantity]) => Number(withdrawnBy(order, quantity)[item] ?? 0));
    const counts = Array.from({ length: faultyVersion }, (_, version) => Number(countsOf(version)[item]));
    // Whatever the first version counts, it has opened: it was there before all others.
    const possible = !counted ? [0] : item === 'E' ? counts : counts.slice(0, 1);
    const count = opening - taken.reduce((sum, quantity) => sum + quantity, 0);
    assert.ok(possible.includes(count), `${item} was opened with ${count}`);
  }
}

/** Every import was refused for what is wrong with it, or did what its report says; together they did all there is. */
async function assertReported(
  pool: Pool,
  imports: readonly ImportOf[],
  begun: ReadonlyMap<number, number>,
): Promise<void> {
  const { rows } = await pool.query<{ run: string; updated: number }>(
    `select run_id as run, count(*)::int as updated from audit_event where event = 'import' group by 1`,
  );
  const updates = new Map(rows.map(({ run, updated }) => [run, updated]));
  const added = { orders: 0, stock: 0, movements: 0 };
  for (const { version, ended } of imports) {
    assert.equal(ended.state, 'done');
    assertReport(ended.report, version);
    const files = new Map(ended.report?.files.map((file) => [file.file, file]));
    assert.equal(
      files.get('orders')?.updated,
      updates.get(ended.id) ?? 0,
      `orders updated by ${ended.number}`,
    );
    for (const file of ['orders', 'stock', 'movements'] as const) added[file] += files.get(file)?.added ?? 0;
  }
  const { rows: there } = await pool.query<{ orders: number; stock: number }>(`
    select (select count(*)::int from production_order) as orders, (select count(*)::int from stock where counted) as stock`);
  const movements = [...begun].flatMap(([order, quantity]) => Object.keys(withdrawnBy(order, quantity)));
  assert.deepEqual(added, { ...there[0], movements: movements.length });
}

/** Whether a report is one of this version. */
export function assertReport(report: ImportReport | null, version: number): void {
  assert.ok(report);
  const { result, errors, files } = report;
  const codes = errors.items.map(({ file, code }) => `${file}: ${code}`);
  assert.deepEqual(codes, version === faultyVersion ? ['order_materials: unknownReference'] : []);
  const changed = files.some((file) => file.added + file.updated + file.removed > 0);
  assert.equal(result, version === faultyVersion ? 'refused' : changed ? 'imported' : 'unchanged');
  const orders = files.find(({ file }) => file === 'orders');
  assert.ok(orders);
  if (version !== faultyVersion) {
    const left = orders.leftOut.reduce((sum, { rows }) => sum + rows, 0);
    assert.equal(orders.added + orders.updated + orders.unchanged + left, orders.rows);
  }
}
