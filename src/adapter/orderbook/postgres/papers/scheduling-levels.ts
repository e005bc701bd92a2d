import { sql } from 'kysely';
import type { Instant } from '../../../../domain/calendar';
import { groupBy } from '../../../../domain/group-by';
import type { OrderKey } from '../../../../domain/order';
import { papersOf } from '../../../../domain/papers/paper';
import {
  papersLeftOut,
  schedulingLevel,
  type SchedulingLevel,
} from '../../../../domain/papers/scheduling-level';
import type { Refusal } from '../../../../domain/refusals';
import type { Command } from '../../order-book';
import { rows, type Queries } from '../database';
import { keyTable, orderKeyOf } from '../lock-orders';

/** How far these orders are scheduled; those without operations are left out. */
export async function schedulingLevels(
  db: Queries,
  company: string,
  keys: readonly OrderKey[],
): Promise<ReadonlyMap<OrderKey, SchedulingLevel>> {
  const found = await rows(
    db,
    sql<{ key: OrderKey; startsAt: Instant | null; endsAt: Instant | null }>`
      select ${orderKeyOf} as key, p.starts_at as "startsAt", p.ends_at as "endsAt"
        from production_order o
        join ${keyTable(keys)} using (year, number, lot)
       cross join lateral (
             -- One that lacks its times stands for all.
             select x.starts_at, x.ends_at from order_operation x
              where x.company_id = o.company_id and x.order_id = o.order_id
              order by x.starts_at nulls first, x.ends_at nulls first limit 1) p
       where o.company_id = ${company}`,
  );
  const operations = groupBy(found, ({ key }) => key);
  return new Map([...operations].map(([key, ofOrder]) => [key, schedulingLevel(ofOrder)]));
}

interface Result {
  readonly key: OrderKey;
  readonly result: string;
  readonly warnings: readonly Refusal[];
}

/** The outcomes of a release, or of its preview, with what is left out of the papers it asked for. */
export async function tellOfPapersLeftOut<T extends Result>(
  db: Queries,
  company: string,
  command: Command,
  outcomes: readonly T[],
): Promise<(T & { readonly warnings: Refusal[] })[]> {
  const askedFor = ({ key, result }: T) =>
    command.kind === 'release' && result === 'released' ? papersOf(command, key) : [];
  const printed = outcomes.filter((outcome) => askedFor(outcome).length > 0).map(({ key }) => key);
  const levels =
    printed.length === 0
      ? new Map<OrderKey, SchedulingLevel>()
      : await schedulingLevels(db, company, printed);
  return outcomes.map((outcome) => {
    const { key, warnings } = outcome;
    const leftOut = papersLeftOut(key, askedFor(outcome), levels.get(key) ?? 'none');
    return { ...outcome, warnings: [...warnings, ...leftOut] };
  });
}
