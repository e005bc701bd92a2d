import { sql } from 'kysely';
import type { StockChange } from '../../../contract/stock-change';
import type { Unwind, UnwindStep } from '../../../contract/unwind';
import type { CalendarDate } from '../../../domain/calendar';
import { groupBy } from '../../../domain/group-by';
import type { OrderKey } from '../../../domain/order';
import { belowZero, type ShortagePolicy } from '../../../domain/policy';
import { quantity, quantityText } from '../../../domain/quantity';
import type { StockKey } from '../../../domain/release/stock';
import {
  unwind,
  type Posted,
  type StockChange as Change,
  type UnwindStep as Step,
} from '../../../domain/restore/unwind';
import { closedDays } from './closed-days';
import { companyFactsOf } from './company-facts';
import { rows, snapshot, type Database, type Queries } from './database';
import { declarableColumns, readDeclared } from './declaration/read-declared';
import { readHeaders } from './lock-orders';
import { closedRecords, judgeRestore } from './restore';
import { stockKey } from './stock';
import { worksOf } from './work/read-work';

/**
 * The steps that lead from an order as it is now to a restored one, by the very rules of each. Undefined where there is no such order.
 */
export function unwindOrder(db: Database, company: string, key: OrderKey): Promise<Unwind | undefined> {
  return snapshot(db, async (tx) => {
    const orders = await readHeaders(tx, company, [{ key, version: 0 }], declarableColumns);
    const order = orders.get(key);
    if (order === undefined) return undefined;
    const { id, version } = order;
    const { candidates } = await judgeRestore(tx, company, [{ key, version }], orders);
    const [candidate] = candidates;
    if (candidate === undefined) return undefined;
    const shortage = order.shortage ?? (await companyFactsOf(tx, company, [])).shortage;
    const moves = await postedFor(tx, company, id);
    const records = await closedRecords(tx, company, [id]);
    const steps = unwind({
      candidate,
      declared: await readDeclared(tx, company, order),
      works: await worksOf(tx, company, id),
      posted: await byCause(tx, company, moves, shortage),
      closedRecords: records.get(id) ?? [],
    });
    const named = new Map(moves.map((move) => [stockKey(move), move]));
    return { key, version, steps: steps.map((step) => told(step, named)) };
  });
}

interface PostedRow {
  readonly cause: number;
  readonly line: number;
  readonly direction: 'load' | 'unload';
  readonly item: string;
  readonly variant: string;
  readonly description: string;
  readonly lot: string;
  readonly lotManaged: boolean;
  readonly unit: string;
  readonly quantity: string;
  readonly warehouse: string;
  readonly warehouseName: string;
  readonly reason: string;
  readonly day: CalendarDate;
  readonly onHand: string;
  readonly negativeStock: boolean;
}

/** Every movement of the order with what its stock holds now. */
function postedFor(db: Queries, company: string, orderId: string): Promise<PostedRow[]> {
  return rows(
    db,
    sql<PostedRow>`
      select m.cause, m.line, m.direction, m.item, m.variant, i.description, m.lot, i.lot_managed as "lotManaged", i.unit,
             trim_scale(m.quantity)::text as quantity, m.warehouse, w.name as "warehouseName", m.reason, r.posted_on as day,
             trim_scale(s.on_hand)::text as "onHand", w.negative_stock as "negativeStock"
        from movement m
        join movement_record r using (company_id, order_id, cause, warehouse, reason)
        join item i on i.company_id = m.company_id and i.item = m.item
        join warehouse w on w.company_id = m.company_id and w.warehouse = m.warehouse
        join stock s on s.company_id = m.company_id and s.item = m.item and s.variant = m.variant
                    and s.warehouse = m.warehouse and s.lot = m.lot
       where m.company_id = ${company} and m.order_id = ${orderId}::uuid
       order by m.cause, m.line, m.part`,
  );
}

async function byCause(
  db: Queries,
  company: string,
  found: readonly PostedRow[],
  shortage: ShortagePolicy,
): Promise<Map<number, Posted>> {
  const closed = await closedDays(db, company, found);
  const ofCauses = groupBy(found, ({ cause }) => cause);
  return new Map(
    [...ofCauses].map(([cause, moves]) => [
      cause,
      {
        moves: moves.map(({ negativeStock, onHand, ...move }): Posted['moves'][number] => ({
          ...move,
          quantity: quantity(move.quantity),
          stock: stockKey(move),
          onHand: quantity(onHand),
          mayGoNegative: belowZero(shortage, negativeStock, move.lotManaged) === 'allowed',
        })),
        closed: closed.filter(({ warehouse, day }) =>
          moves.some((move) => move.warehouse === warehouse && move.day === day),
        ),
      },
    ]),
  );
}

type Names = Pick<PostedRow, 'description' | 'warehouseName'>;

function told(
  { action, refusals, warnings, changes }: Step,
  named: ReadonlyMap<StockKey, Names>,
): UnwindStep {
  const all = {
    refusals: [...refusals],
    warnings: [...warnings],
    changes: changes.map((change) => changeTold(change, named)),
  };
  switch (action.step) {
    case 'rollBack':
    case 'delete':
      return { step: action.step, declaration: action.number, ...all };
    case 'reverse':
      return { step: action.step, work: action.work, line: action.line, ...all };
    case 'cancel':
      return { step: action.step, work: action.work, ...all };
    case 'restore':
      return { step: action.step, ...all };
  }
}

function changeTold(
  { of: { item, variant, lot, unit, warehouse, stock }, change, before, after }: Change,
  named: ReadonlyMap<StockKey, Names>,
): StockChange {
  const { description = '', warehouseName = '' } = named.get(stock) ?? {};
  return {
    ...{ item, variant, description, lot, unit, warehouse, warehouseName },
    change: quantityText(change),
    before: quantityText(before),
    after: quantityText(after),
  };
}
