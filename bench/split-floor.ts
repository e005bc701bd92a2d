import type { Pool } from 'pg';
import type { Besides, MoreRows } from './floor';
import { company } from './plant';

/** A lot that nothing else gives. */
const LOT = 1_000_000;
const restId = `md5('rest' || o.order_id)::uuid`;

/** Seven of ten pieces stay, three become orders of their own with all lines, as a release in part writes them. */
const divide: MoreRows = async (client, chunk, run) => {
  await client.query(
    `insert into production_order (
            company_id, order_id, year, number, lot, item, variant, quantity, quantity_produced, unit, start_on, end_on, due_on,
            work_centre, customer, site, job_order, material_lines, operation_lines, state, changed_at, changed_by)
     select company_id, ${restId}, year, number, ${LOT}, item, variant, 3, 0, unit, start_on, end_on, due_on, work_centre, customer,
            site, job_order, material_lines, operation_lines, 'launched', now(), 'floor'
       from production_order o where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk],
  );
  await client.query(
    `insert into order_material (company_id, order_id, line, item, variant, lot, unit, quantity_per, fixed, quantity, usage_on)
     select company_id, ${restId}, line, item, variant, lot, unit, quantity_per, fixed, quantity * 0.3, usage_on
       from order_material o where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk],
  );
  await client.query(
    `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
     select company_id, ${restId}, operation, work_centre, description, start_on, end_on, productive, movable
       from order_operation o where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk],
  );
  await client.query(
    `insert into order_split (company_id, rest_id, order_id, quantity, rest, before, content_hash, rest_hash, run_id, split_at, split_by)
     select company_id, ${restId}, order_id, quantity, 3,
            jsonb_build_object('materials', (
              select jsonb_agg(jsonb_build_object('line', m.line, 'quantity', m.quantity, 'usage_on', m.usage_on)) from order_material m
               where m.company_id = o.company_id and m.order_id = o.order_id), 'operations', (
              select jsonb_agg(jsonb_build_object('operation', p.operation, 'start_on', p.start_on)) from order_operation p
               where p.company_id = o.company_id and p.order_id = o.order_id)),
            md5(''), md5(''), $3::uuid, now(), 'floor'
       from production_order o where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk, run],
  );
  await client.query(
    `insert into audit_event select $1, ${restId}, $3::uuid, 'split', 'launched', 'launched', 1, now(), 'floor'
       from unnest($2::uuid[]) o(order_id)`,
    [company, chunk, run],
  );
  await client.query(
    `update order_material set quantity = quantity * 0.7 where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk],
  );
  await client.query(
    `update production_order set quantity = 7 where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk],
  );
};

/** What the floor writes where all orders go in part. */
export const inPart: Besides = { release: divide };

/** Makes orders that the floor has divided and restored whole again. */
export async function makeWhole(pool: Pool, orders: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const [table, id] of [
      ...[['order_split', 'rest_id'] as const, ['audit_event', 'order_id'] as const],
      ...[['order_operation', 'order_id'] as const, ['order_material', 'order_id'] as const],
      ['production_order', 'order_id'] as const,
    ])
      await client.query(
        `delete from ${table} where company_id = $1 and ${id} in (
           select ${restId} from unnest($2::uuid[]) o(order_id))`,
        [company, orders],
      );
    await client.query(
      `update order_material set quantity = quantity_per * 10 where company_id = $1 and order_id = any($2::uuid[])`,
      [company, orders],
    );
    await client.query(
      `update production_order set quantity = 10 where company_id = $1 and order_id = any($2::uuid[])`,
      [company, orders],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}
