import { sql, type RawBuilder } from 'kysely';
import type { Work as WorkOfContract, WorkOfOrder } from '../../../../contract/work';
import type { OrderKey } from '../../../../domain/order';
import { quantity } from '../../../../domain/quantity';
import type { Work, WorkLine } from '../../../../domain/work/work';
import type { Page, Slice } from '../../order-book';
import { rows, type Queries } from '../database';
import { cursorText, cursorValues, searchMark } from '../keyset';
import { orderKeyOf, readHeaders } from '../lock-orders';
import { nextOfLines } from './next-of-lines';

type Row = Omit<WorkOfContract, 'lines'> & { readonly lines: readonly LineRow[] };
type LineRow = WorkOfContract['lines'][number] & { readonly cause: number | null };

/** Work `w` of orders `o` with its lines; quantities are plain decimal text. */
function workWith(company: string, where: RawBuilder<unknown>) {
  return sql<Row>`
    select w.number, ${orderKeyOf} as order, w.state, run.number as "runNumber", w.made_at as "madeAt", w.made_by as "madeBy",
           w.changed_at as "changedAt", w.changed_by as "changedBy", l.lines
      from work w
      join production_order o on o.company_id = w.company_id and o.order_id = w.order_id
      left join run on run.company_id = w.company_id and run.run_id = w.run_id
     cross join lateral (
           select json_agg(json_build_object(
                    'line', l.line, 'material', l.material, 'item', l.item, 'variant', l.variant, 'description', i.description,
                    'lot', l.lot, 'unit', i.unit, 'pickFrom', l.pick_from, 'pickFromName', coalesce(f.name, ''),
                    'putTo', l.put_to, 'putToName', coalesce(t.name, ''), 'quantity', trim_scale(l.quantity)::text,
                    'state', l.state, 'picked', trim_scale(l.picked)::text, 'pickedAt', l.picked_at, 'pickedBy', l.picked_by,
                    'cause', l.cause) order by l.line) as lines
             from work_line l
             join item i on i.company_id = l.company_id and i.item = l.item
             left join warehouse f on f.company_id = l.company_id and f.warehouse = l.pick_from
             left join warehouse t on t.company_id = l.company_id and t.warehouse = l.put_to
            where l.company_id = w.company_id and l.work = w.number) l
     where w.company_id = ${company} and ${where}
     order by w.number`;
}

/** All work of a locked order, as the rules look at it. */
export async function worksOf(db: Queries, company: string, orderId: string): Promise<Work[]> {
  const found = await rows(db, workWith(company, sql`w.order_id = ${orderId}::uuid`));
  return found.map(({ lines, ...work }) => ({
    ...work,
    lines: lines.map((line): WorkLine => ({
      ...line,
      quantity: quantity(line.quantity),
      picked: line.picked === null ? null : quantity(line.picked),
    })),
  }));
}

/** The work of an order, the newest last, with what its lines would move next; none where there is no such order. */
export async function workOfOrder(
  db: Queries,
  company: string,
  key: OrderKey,
): Promise<readonly WorkOfOrder[]> {
  const order = (await readHeaders(db, company, [{ key, version: 0 }])).get(key);
  if (!order) return [];
  const works = await rows(db, workWith(company, sql`w.order_id = ${order.id}::uuid`));
  if (works.length === 0) return [];
  const next = await nextOfLines(db, company, order);
  return works.map(shown).map((work) => ({
    ...work,
    lines: work.lines.map((line) => ({ ...line, ...next(work.number, line) })),
  }));
}

/** One page of the work in hand, open or in process, by number; of what one run made, where it is named. */
export async function workInHand(
  db: Queries,
  company: string,
  page: Page & { readonly run?: string | undefined },
): Promise<Slice<WorkOfContract>> {
  const { run } = page;
  const mark = searchMark('work', company, { run });
  const ofRun = run === undefined ? sql`true` : sql`w.run_id = ${run}::uuid`;
  const inHand = sql`w.state in ('open', 'in_process') and ${ofRun}`;
  const [after = 0] = page.cursor === undefined ? [] : cursorValues(mark, ['integer'], page.cursor);
  const where = sql`${inHand} and w.number > ${after}::int`;
  const found = await rows(db, sql<Row>`${workWith(company, where)} limit ${page.limit + 1}`);
  const items = found.slice(0, page.limit).map(shown);
  const last = items.at(-1);
  const next = found.length > page.limit && last ? cursorText(mark, [last.number]) : null;
  if (page.cursor !== undefined || next === null)
    return { items, next, total: page.cursor === undefined ? items.length : null };
  const [counted] = await rows(
    db,
    sql<{
      total: number;
    }>`select count(*)::int as total from work w where w.company_id = ${company} and ${inHand}`,
  );
  return { items, next, total: counted?.total ?? 0 };
}

function shown({ lines, ...work }: Row): WorkOfContract {
  return {
    ...work,
    lines: lines.map(({ cause: _cause, pickedAt, ...line }) => ({ ...line, pickedAt: inUtc(pickedAt) })),
  };
}

/** Within JSON the server writes moments in its own form. */
const inUtc = (at: LineRow['pickedAt']): LineRow['pickedAt'] =>
  // A moment of the book as ISO text is one.
  at === null ? null : (new Date(at).toISOString() as LineRow['pickedAt']);
