import { sql } from 'kysely';
import type { Outcome, Preview } from '../../../../contract/runs';
import type { CapacityOfDay, RefreshedOrder, RefreshPreview } from '../../../../contract/refresh';
import type { MarkedOrder, OrderKey } from '../../../../domain/order';
import { quantity, quantityText } from '../../../../domain/quantity';
import { changesOf } from '../../../../domain/refresh/changes';
import type { RefreshDecision } from '../../../../domain/refresh/decide';
import { capacityOfDays, closedDays, type BookedDay } from '../../../../domain/refresh/load';
import type { CapacityNeed, OrderContent } from '../../../../domain/refresh/order-content';
import type { Moment } from '../../order-book';
import { rows, snapshot, texts, uuids, type Database, type Queries } from '../database';
import { companyFactsOf, type CompanyFacts } from '../company-facts';
import { readHeaders } from '../lock-orders';
import { byWarehouse, countMovements } from '../preview';
import { orderRows } from '../search-orders';
import { shortagesOf } from '../shortages';
import { noLotsPreviewed, withParts } from '../preview-lots';
import { readStock } from '../stock';
import { withdrawals } from '../withdrawals';
import { sourceOf, type ReleaseAnew } from './judge-release-anew';
import { judgeRefresh, type RefreshCommand, type RefreshJudgement } from './judge-refresh';
import { outcomeOf } from './refresh';
import { refreshColumns, type RefreshableOrder } from './refresh-facts';

/**
 * What a refresh of these orders, so many in a transaction, would change now: the same rules over one consistent view of the book, no locks.
 */
export async function previewRefresh(
  db: Database,
  command: RefreshCommand,
  marked: readonly MarkedOrder[],
  moment: Moment,
  chunkSize: number,
): Promise<Preview> {
  const { company, at } = moment;
  return snapshot(db, async (tx) => {
    const orders = await readHeaders(tx, company, marked, refreshColumns);
    const facts = await companyFactsOf(
      tx,
      company,
      command.postingDate === undefined ? [] : [command.postingDate],
    );
    const again: ReleaseAnew = { facts, balancesOf: (_, places) => readStock(tx, company, places) };
    const judged = await judgeRefresh(tx, moment, marked, orders, command, again, chunkSize);
    const moved = movementsOf(company, judged, facts);
    const [takenBack, posted] = [
      await countMovements(tx, moved.takenBack),
      await countMovements(tx, moved.posted),
    ];
    const released = new Map(
      judged.anew.map(({ order: { key, id } }) => [
        key,
        { takenBack: takenBack.get(id) ?? 0, posted: posted.get(id) ?? 0 },
      ]),
    );
    const rowOf = new Map((await orderRows(tx, company, [...orders.keys()])).map((row) => [row.key, row]));
    const outcomes = judged.decisions.map((decision): Outcome => {
      const { key, result, refusals, warnings } = outcomeOf(decision);
      return {
        ...{ key, result, refusals: [...refusals], warnings: [...warnings] },
        movements: released.get(key)?.posted ?? 0,
        order: rowOf.get(key) ?? null,
      };
    });
    return {
      ...{ command: command.kind, at, outcomes, load: [], ...noLotsPreviewed },
      warehouses:
        released.size === 0
          ? []
          : await byWarehouse(tx, company, sql`${moved.takenBack} union all ${moved.posted}`),
      shortages:
        judged.release && command.postingDate !== undefined
          ? (await shortagesOf(tx, company, judged.release, rowOf, command.postingDate)).shortages
          : [],
      refresh: {
        orders: judged.decisions.flatMap((decision) => refreshedOrder(decision, orders, judged, released)),
        ...(await loadOf(tx, company, orders, judged)),
      },
    };
  });
}

/** Queries of (order_id, warehouse), a row per movement that restores before and releases after this refresh concern. */
function movementsOf(company: string, { anew, releases }: RefreshJudgement, { sitesDecide }: CompanyFacts) {
  const orders = anew.map(({ order }) => order);
  return {
    takenBack: sql`
      select order_id, warehouse from movement
       where company_id = ${company} and order_id = any(${uuids(orders.map(({ id }) => id))})`,
    posted: withParts(
      sql`
      select w.order_id, w.warehouse
        from (${withdrawals(company, orders, 'automatic', sitesDecide, sourceOf(company, anew))}) w`,
      orders,
      releases.decisions,
      releases.lots,
    ),
  };
}

function refreshedOrder(
  { key, content, inbound }: RefreshDecision,
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
  { contents }: RefreshJudgement,
  released: ReadonlyMap<OrderKey, RefreshedOrder['released']>,
): RefreshedOrder[] {
  const before = contents.get(orders.get(key)?.id ?? '')?.content;
  if (!content || !before) return [];
  const asked = inbound !== null && typeof inbound !== 'string';
  return [
    {
      key,
      released: released.get(key) ?? null,
      changes: changesOf(before, content).map((change) => ({ ...change, fields: [...change.fields] })),
      inbound: asked ? { ...inbound, quantity: quantityText(inbound.quantity) } : null,
      noInbound: asked ? null : inbound,
      operationsBefore: operationsOf(before),
      operations: operationsOf(content),
    },
  ];
}

function operationsOf({ operations }: OrderContent): RefreshedOrder['operations'] {
  return operations.map(({ orderLine, operation, workCentre, machine, description, startsAt, endsAt }) => ({
    ...{ orderLine, operation, workCentre, machine, description, startsAt, endsAt },
  }));
}

/** The load of the centres that the refreshed orders take, or took until now. */
async function loadOf(
  db: Queries,
  company: string,
  orders: ReadonlyMap<OrderKey, RefreshableOrder>,
  { decisions, contents, masters, hours }: RefreshJudgement,
): Promise<Pick<RefreshPreview, 'load' | 'closedDays'>> {
  const going = decisions.filter(({ content }) => content !== null);
  const ids = going.flatMap(({ key }) => orders.get(key)?.id ?? []);
  const before = ids.flatMap((id) => contents.get(id)?.content.needs ?? []);
  const after = going.flatMap(({ content }) => content?.needs ?? []);
  const others = await bookedDays(db, company, ids, [...before, ...after]);
  const names = await namesOf(db, company);
  const load = capacityOfDays(masters, hours, { before, after, others }).map((each): CapacityOfDay => ({
    ...{ workCentre: each.workCentre, machine: each.machine, day: each.day, constrained: each.constrained },
    name: names.get(each.machine === '' ? `work centre ${each.workCentre}` : `machine ${each.machine}`) ?? '',
    capacity: quantityText(each.capacity),
    before: quantityText(each.before),
    after: quantityText(each.after),
    limit: each.limit && quantityText(each.limit),
  }));
  return { load, closedDays: closedDays(masters, hours, [...before, ...after]) };
}

/** What open orders other than these have booked on the work centres and days of these needs. */
async function bookedDays(
  db: Queries,
  company: string,
  ids: readonly string[],
  needs: readonly CapacityNeed[],
): Promise<BookedDay[]> {
  const days = needs.map(({ day }) => day).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const centres = [...new Set(needs.map(({ workCentre }) => workCentre))];
  const found = await rows(
    db,
    sql<Omit<BookedDay, 'minutes'> & { readonly minutes: string }>`
      select n.work_centre as "workCentre", n.machine, n.day, sum(n.minutes)::text as minutes
        from capacity_need n join production_order o using (company_id, order_id)
       where n.company_id = ${company} and n.work_centre = any(${texts(centres)})
         and n.day between ${first}::date and ${last}::date and o.state in ('launched', 'executive')
         and n.order_id <> all(${uuids(ids)})
       group by n.work_centre, n.machine, n.day`,
  );
  return found.map((row) => ({ ...row, minutes: quantity(row.minutes) }));
}

async function namesOf(db: Queries, company: string): Promise<ReadonlyMap<string, string>> {
  const found = await rows(
    db,
    sql<{ place: string; name: string }>`
      select 'work centre ' || work_centre as place, name from work_centre where company_id = ${company}
       union all
      select 'machine ' || machine, name from machine where company_id = ${company}`,
  );
  return new Map(found.map(({ place, name }) => [place, name]));
}
