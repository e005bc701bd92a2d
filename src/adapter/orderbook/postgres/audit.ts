import { sql } from 'kysely';
import type { OrderState } from '../../../domain/order';
import type { Moment } from '../order-book';
import { execute, integers, texts, uuids, type Tx } from './database';
import type { StoredOrder } from './lock-orders';

/** Records, per order, who did what to it in which run, and what it became. `orders` are as they were locked. */
export async function writeAudit(
  tx: Tx,
  orders: readonly StoredOrder[],
  event: string,
  to: OrderState,
  run: string,
  moment: Moment,
  versionChange: 0 | 1 = 1,
): Promise<void> {
  if (orders.length === 0) return;
  await execute(
    tx,
    sql`
      insert into audit_event (company_id, order_id, run_id, event, from_state, to_state, version, at, actor)
      select ${moment.company}, e.order_id, ${run}::uuid, ${event}, e.from_state, ${to}, e.version,
             ${moment.at}::timestamptz, ${moment.actor}
        from unnest(${uuids(orders.map(({ id }) => id))}, ${texts(orders.map(({ state }) => state))},
                    ${integers(orders.map(({ version }) => version + versionChange))})
             as e(order_id, from_state, version)`,
  );
}
