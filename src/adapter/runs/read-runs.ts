import { sql, type RawBuilder } from 'kysely';
import { parseOrderKey, type MarkedOrder, type OrderKey } from '../../domain/order';
import type { AskedPapers, OwnPapers, PaperKind } from '../../domain/papers/paper';
import type { OutcomeResult } from '../../contract/runs';
import { rows, texts, words, type Queries } from '../orderbook/postgres/database';
import { allOf, cursorText, cursorValues } from '../orderbook/postgres/keyset';
import type { Page, Slice } from '../orderbook/order-book';
import type { RunQuery, RunRecord, TimedOutcome } from './run-ledger';

/** The columns of a {@link RunRecord}. */
export const runColumns = sql`
  run_id as id, number, command->>'kind' as command, state, actor, opened_at as "openedAt", closed_at as "closedAt",
  command->>'postingDate' as "postingDate", command->'papers' as papers, command->'ownPapers' is not null as "ownPapers",
  (command->>'undoes')::int as undoes,
  -- An import has no outcomes; its report counts the orders of its files, and those it changed.
  coalesce((report->>'orders')::int, total) as total, coalesce((report->>'orders')::int, done) as done,
  coalesce((report->>'changed')::int, succeeded) as succeeded, refused, skipped, failed, movements`;

export async function readRun(db: Queries, company: string, run: string): Promise<RunRecord | undefined> {
  const [found] = await rows(
    db,
    sql<RunRecord>`select ${runColumns} from run where company_id = ${company} and run_id = ${run}::uuid`,
  );
  return found;
}

/** One page of runs, newest first. */
export async function listRuns(
  db: Queries,
  company: string,
  query: RunQuery,
  page: Page,
): Promise<Slice<RunRecord>> {
  const where = criteria(company, query);
  const before =
    page.cursor === undefined
      ? []
      : [sql`number < ${cursorValues('runs', ['integer'], page.cursor)[0]}::int`];
  const found = await rows(
    db,
    sql<RunRecord>`
      select ${runColumns} from run where ${allOf([...where, ...before])}
       order by number desc limit ${page.limit + 1}`,
  );
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  return {
    items,
    next: found.length > page.limit && last ? cursorText('runs', [last.number]) : null,
    total: page.cursor === undefined ? await count(db, sql`run where ${allOf(where)}`) : null,
  };
}

function criteria(company: string, query: RunQuery): RawBuilder<unknown>[] {
  const { openedFrom, openedBefore, actors, states, commands, order } = query;
  const where = [sql`company_id = ${company}`];
  if (openedFrom) where.push(sql`opened_at >= ${openedFrom}::timestamptz`);
  if (openedBefore) where.push(sql`opened_at < ${openedBefore}::timestamptz`);
  if (actors) where.push(sql`actor = any(${texts(actors)})`);
  if (states) where.push(sql`state = any(${words(states)})`);
  if (commands) where.push(sql`command->>'kind' = any(${words(commands)})`);
  if (order) where.push(sql`run_id in (${runsOf(company, order)})`);
  return where;
}

/** Runs that changed an order, which its audit trail knows, and runs that could not. */
function runsOf(company: string, order: OrderKey): RawBuilder<unknown> {
  const { year, number, lot } = parseOrderKey(order) ?? { year: 0, number: 0, lot: 0 };
  return sql`
    select e.run_id
      from production_order o join audit_event e on e.company_id = o.company_id and e.order_id = o.order_id
     where o.company_id = ${company} and o.year = ${year} and o.number = ${number} and o.lot = ${lot}
    union all
    select run_id from outcome
     where company_id = ${company} and order_key = ${order} and result in ('skipped', 'refused', 'failed')`;
}

interface OutcomeRow extends TimedOutcome {
  readonly place: number;
}

/** One page of a run's outcomes, in its sequence. */
export async function readOutcomes(
  db: Queries,
  company: string,
  run: string,
  page: Page,
  results?: readonly OutcomeResult[],
): Promise<Slice<TimedOutcome>> {
  const from = page.cursor === undefined ? 0 : Number(cursorValues('outcomes', ['integer'], page.cursor)[0]);
  const where = [sql`company_id = ${company}`, sql`run_id = ${run}::uuid`];
  if (results) where.push(sql`result = any(${words(results)})`);
  const found = await rows(
    db,
    sql<OutcomeRow>`
      select place, order_key as key, result, movements, coalesce(refusals, '[]') as refusals,
             coalesce(warnings, '[]') as warnings, at
        from outcome where ${allOf([...where, sql`place >= ${from}::int`])}
       order by place limit ${page.limit + 1}`,
  );
  const items = found.slice(0, page.limit).map(({ place: _, ...outcome }) => outcome);
  const after = found[page.limit];
  return {
    items,
    next: after ? cursorText('outcomes', [after.place]) : null,
    total: page.cursor === undefined ? await count(db, sql`outcome where ${allOf(where)}`) : null,
  };
}

/** The orders a release released. It judged each at the version of its plan and raised that by one. */
export async function readReleased(db: Queries, company: string, run: string): Promise<MarkedOrder[]> {
  return rows(
    db,
    sql<MarkedOrder>`
      select o.order_key as key, p.version + 1 as version
        from run r
       cross join lateral unnest(r.versions) with ordinality as p(version, place)
        join outcome o on o.company_id = r.company_id and o.run_id = r.run_id and o.place = p.place - 1
       where r.company_id = ${company} and r.run_id = ${run}::uuid and o.result = 'released'
       order by o.place`,
  );
}

export async function readAskedPapers(db: Queries, company: string, run: string): Promise<AskedPapers> {
  const [found] = await rows(
    db,
    sql<{ papers: readonly PaperKind[] | null; ownPapers: OwnPapers | null }>`
      select command->'papers' as papers, command->'ownPapers' as "ownPapers" from run
       where company_id = ${company} and run_id = ${run}::uuid`,
  );
  const { papers, ownPapers } = found ?? {};
  return { ...(papers && { papers }), ...(ownPapers && { ownPapers }) };
}

async function count(db: Queries, from: RawBuilder<unknown>): Promise<number> {
  const [counted] = await rows(db, sql<{ total: number }>`select count(*)::int as total from ${from}`);
  return counted?.total ?? 0;
}
