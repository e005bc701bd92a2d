import { sql } from 'kysely';
import type { MarkedOrder } from '../../../../domain/order';
import { quantity, quantityText, zero } from '../../../../domain/quantity';
import { decideReservation, type ReservationCandidate } from '../../../../domain/reservation/decide';
import type { Reservation } from '../../../../domain/reservation/reservation';
import type { Command, Moment } from '../../order-book';
import { BookChanged, execute, rows, type Queries, type Tx } from '../database';
import { lockOrders, type OrderColumns, type StoredOrder } from '../lock-orders';
import { recordset } from '../refresh/recordset';
import { reservedOf } from '../reservations';
import { lockStockOf, placeTable, readStock, stockKey } from '../stock';
import type { ChunkEffect } from '../trail';
import { ofOrder } from './read-reservations';

type ReserveCommand = Extract<Command, { kind: 'reserve' }>;

interface OutputColumns {
  /** Still to come, as plain decimal text. */
  readonly toCome: string;
}
const outputColumns: OrderColumns<OutputColumns> = sql`(o.quantity - o.quantity_produced)::text as "toCome"`;

/**
 * Takes one step with reservations of one order: locks the order and, to reserve, the stocks it is about; lets the domain judge. A release
 * that waits for those stocks reads what is reserved after them, so nothing is promised to two.
 */
export async function reserve(
  tx: Tx,
  [marked]: readonly MarkedOrder[],
  { step }: ReserveCommand,
  run: string,
  moment: Moment,
): Promise<ChunkEffect> {
  if (!marked) throw new RangeError('A step with reservations needs its order');
  const { company } = moment;
  const order = (await lockOrders(tx, company, [marked], outputColumns)).get(marked.key);
  const candidate = order
    ? await candidateOf(tx, company, marked, order, step.step === 'reserve')
    : { ...nothingKnown, marked };
  const { refusals, changed } = decideReservation(candidate, step);
  if (order && changed.length > 0) await move(tx, order, changed, run, moment);
  const [done, event] = results[step.step];
  const result = refusals.length === 0 ? done : 'refused';
  return {
    outcomes: [{ key: marked.key, result, refusals, warnings: [], movements: 0 }],
    changed: {
      orders: order && refusals.length === 0 ? [order] : [],
      ...{ event, to: null, newVersion: false },
    },
  };
}

const results = {
  cancel: ['unreserved', 'cancel reservations'],
  reserve: ['reserved', 'reserve'],
} as const;

const nothingKnown = {
  ...{ order: null, reservations: [], freeOutput: zero, freeStock: [], needs: [] },
} as const;

async function candidateOf(
  tx: Tx,
  company: string,
  marked: MarkedOrder,
  order: StoredOrder & OutputColumns,
  reserves: boolean,
): Promise<ReservationCandidate> {
  const reservations = (await ofOrder(tx, company, order.id)).map((each): Reservation => ({
    ...each,
    quantity: quantity(each.quantity),
    active: each.cancelledAt === null,
  }));
  const known = { ...nothingKnown, marked, order, reservations };
  if (!reserves) return known;
  const standing = reservations.filter(({ active }) => active);
  const sum = (of: readonly Reservation[]) => of.reduce((total, each) => total.plus(each.quantity), zero);
  const promised = sum(standing.filter(({ of }) => of === 'output'));
  const components = standing.filter(({ of }) => of === 'component');
  const needs = (await neededBy(tx, company, order.id)).map(({ item, variant, quantity: need }) => ({
    ...{ item, variant },
    quantity: quantity(need).minus(
      sum(components.filter((each) => each.item === item && each.variant === variant)),
    ),
  }));
  const wanted = reservations.filter(({ of, active }) => of === 'component' && !active);
  const freeStock = await lockedFree(tx, company, wanted);
  return { ...known, freeOutput: quantity(order.toCome).minus(promised), freeStock, needs };
}

/** What the order takes from stock, by item and variant. */
function neededBy(db: Queries, company: string, id: string) {
  return rows(
    db,
    sql<{ item: string; variant: string; quantity: string }>`
      select item, variant, sum(quantity - supplied)::text as quantity from order_material
       where company_id = ${company} and order_id = ${id}::uuid
       group by item, variant`,
  );
}

/** Locks these stocks and gives what is free of each. */
async function lockedFree(tx: Tx, company: string, places: readonly Reservation[]) {
  if (places.length === 0) return [];
  const distinct = [...new Map(places.map((place) => [stockKey(place), place])).values()];
  await lockStockOf(tx, company, sql`(select * from ${placeTable(distinct)})`);
  const balances = await readStock(tx, company, distinct);
  const reserved = await reservedOf(tx, company, distinct);
  return distinct.map((place) => {
    const { item, variant, warehouse, lot } = place;
    const onHand = quantity(balances.get(stockKey(place))?.onHand ?? '0');
    return {
      ...{ item, variant, warehouse, lot },
      quantity: onHand.minus(reserved.get(stockKey(place)) ?? '0'),
    };
  });
}

const columns = {
  ...{ kind: 'text', document: 'text', line: 'integer', item: 'text', variant: 'text', warehouse: 'text' },
  ...{ lot: 'text', quantity: 'numeric' },
};

/**
 * Moves reservations from those that stand to the cancelled ones, or back. Throws {@link BookChanged} when one of them is not where it was
 * read: an import, which has all reservations, knows no locks of orders.
 */
async function move(
  tx: Tx,
  order: StoredOrder,
  changed: readonly Reservation[],
  run: string,
  { company, at, actor }: Moment,
): Promise<void> {
  const moved = changed.map(({ of, document, line, item, variant, warehouse, lot, quantity: held }) => ({
    ...{ kind: of, document, line, item, variant, warehouse, lot, quantity: quantityText(held) },
  }));
  const reserves = changed.every(({ active }) => active);
  const gone = reserves
    ? await remove(tx, company, 'cancelled_reservation', moved)
    : (await remove(tx, company, 'reservation', moved)) +
      (await remove(tx, company, 'output_reservation', moved));
  if (gone !== moved.length) throw new BookChanged('Reservations changed while they were judged');
  const from = sql`from ${recordset('r', columns, moved)}`;
  if (reserves)
    await execute(
      tx,
      sql`
        with outputs as (
          insert into output_reservation (company_id, document, line, order_id, quantity)
          select ${company}, document, line, ${order.id}::uuid, quantity ${from} where kind = 'output')
        insert into reservation (company_id, document, line, item, variant, warehouse, lot, quantity, order_id)
        select ${company}, document, line, item, variant, warehouse, lot, quantity, ${order.id}::uuid ${from}
         where kind = 'component'`,
    );
  else
    await execute(
      tx,
      sql`
        insert into cancelled_reservation (company_id, kind, document, line, order_id, item, variant, warehouse, lot, quantity,
                                           run_id, cancelled_at, cancelled_by)
        select ${company}, kind, document, line, ${order.id}::uuid, item, variant, warehouse, lot, quantity, ${run}::uuid,
               ${at}::timestamptz, ${actor} ${from}`,
    );
}

const kinds = {
  reservation: 'component',
  output_reservation: 'output',
  cancelled_reservation: null,
} as const;

function remove(tx: Tx, company: string, table: keyof typeof kinds, named: readonly object[]) {
  const kind = kinds[table] === null ? sql`b.kind` : sql.lit(kinds[table]);
  return execute(
    tx,
    sql`
      delete from ${sql.table(table)} b using ${recordset('r', columns, named)}
       where b.company_id = ${company} and b.document = r.document and b.line = r.line and r.kind = ${kind}`,
  );
}
