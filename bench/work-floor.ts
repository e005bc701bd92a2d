import type { Besides, MoreRows } from './floor';
import { company } from './plant';

/** Picking work for every order, with a line for every material by list, as a release writes it. */
const makeWork: MoreRows = async (client, chunk, run) => {
  await client.query(
    `with counter as (
       insert into work_counter as c values ($1, cardinality($2::uuid[]))
           on conflict (company_id) do update set last_work = c.last_work + excluded.last_work returning last_work)
     insert into work
     select $1, last_work - cardinality($2::uuid[]) + place, order_id, 'open', $3::uuid, now(), 'floor', now(), 'floor'
       from counter, unnest($2::uuid[]) with ordinality as o(order_id, place)`,
    [company, chunk, run],
  );
  await client.query(
    `insert into work_line (company_id, work, line, order_id, material, item, variant, lot, pick_from, pick_reason, put_to,
                            put_reason, quantity, promised, state)
     select $1, w.number, row_number() over (partition by w.number order by m.line), w.order_id, m.line, m.item, '', '',
            i.warehouse, i.reason, 'LINE', 'PUT', m.quantity, m.quantity, 'open'
       from work w join order_material m using (company_id, order_id) join item i using (company_id, item)
      where w.company_id = $1 and w.run_id = $3::uuid and w.order_id = any($2::uuid[]) and i.pickup_type = 'with_list'`,
    [company, chunk, run],
  );
};

const cancelWork: MoreRows = async (client, chunk) => {
  for (const table of ['work', 'work_line'])
    await client.query(
      `update ${table} set state = 'cancelled' where company_id = $1 and order_id = any($2::uuid[]) and state = 'open'`,
      [company, chunk],
    );
};

/** What the floor writes where releases make picking work. */
export const withWork: Besides = { release: makeWork, restore: cancelWork };
