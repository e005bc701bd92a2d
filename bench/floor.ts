import type { Pool, PoolClient } from 'pg';
import { uuidv7 } from 'uuidv7';
import { company, firstLot } from './plant';

/** Orders of a transaction, as many as the product takes. */
const CHUNK = 1000;

/** Rows that a release or a restore of these orders writes besides. */
export type MoreRows = (client: PoolClient, chunk: readonly string[], run: string) => Promise<void>;
const noMore: MoreRows = () => Promise.resolve();

/** What is written besides, before a release and after a restore. */
export interface Besides {
  readonly release?: MoreRows;
  readonly restore?: MoreRows;
}

/**
 * The least a database can do for a release and a restore: bare statements that write the very rows the product writes, with the
 * same commits, and decide nothing. Nobody is locked, every line is taken for resolved, no balance is looked at; ids, causes
 * and versions are known beforehand. What is summed is summed from the movements themselves.
 */
export class Floor {
  #cause: number;

  private constructor(
    private readonly pool: Pool,
    private readonly orders: readonly string[],
    cause: number,
    private readonly besides: Besides,
  ) {
    this.#cause = cause;
  }

  static async prepare(pool: Pool, orders: readonly string[], besides: Besides = {}): Promise<Floor> {
    const { rows } = await pool.query<{ cause: number }>(
      'select max(cause) as cause from production_order where company_id = $1 and order_id = any($2::uuid[])',
      [company, orders],
    );
    return new Floor(pool, orders, rows[0]?.cause ?? 0, besides);
  }

  async release(postedOn: string): Promise<void> {
    this.#cause++;
    await this.#run('release', 'executive', async (client, chunk, run, from) => {
      await (this.besides.release ?? noMore)(client, chunk, run);
      await writeRelease(client, chunk, { postedOn, cause: this.#cause, run, from });
    });
  }

  async restore(): Promise<void> {
    await this.#run('restore', 'launched', async (client, chunk, run) => {
      await writeRestore(client, chunk, run);
      await (this.besides.restore ?? noMore)(client, chunk, run);
    });
  }

  async #run(
    command: string,
    state: string,
    write: (client: PoolClient, chunk: readonly string[], run: string, from: number) => Promise<void>,
  ): Promise<void> {
    const run = uuidv7();
    await this.pool.query(
      `with next as (update company set last_run = last_run + 1 where company_id = $1 returning last_run)
       insert into run (company_id, run_id, number, actor, request_key, body_hash, command, order_keys, versions, state, holder,
                        lease_until, opened_at)
       select $1, $2::uuid, last_run, 'floor', $2::uuid::text, '', '{}', $3, $4, 'open', '', now(), now() from next`,
      [company, run, this.orders, this.orders.map(() => 1)],
    );
    const client = await this.pool.connect();
    try {
      for (const [index, chunk] of chunksOf(this.orders).entries()) {
        await client.query('begin');
        await write(client, chunk, run, index * CHUNK);
        await writeTrail(client, command, state, chunk, run, index * CHUNK);
        await client.query('commit');
      }
    } finally {
      client.release();
    }
  }
}

/** The rows of a release of these orders under a `cause` that none of them has had, records numbered from `from` on. */
export async function writeRelease(
  client: PoolClient,
  chunk: readonly string[],
  { postedOn, cause, run, from }: { postedOn: string; cause: number; run: string; from: number },
): Promise<void> {
  await client.query(
    `insert into movement
     select $1, m.order_id, $2, m.line, 1, m.item, '', i.warehouse, case when i.lot_managed then '${firstLot}' else '' end, i.reason, 'unload', m.quantity
       from order_material m join item i using (company_id, item)
      where m.company_id = $1 and m.order_id = any($3::uuid[]) and i.pickup_type = 'automatic'`,
    [company, cause, chunk],
  );
  await client.query(
    `insert into movement_record
     select $1, order_id, cause, warehouse, reason, $2::date,
            $3::int + row_number() over (partition by warehouse order by order_id), $4::uuid, now(), 'floor'
       from (select distinct order_id, cause, warehouse, reason from movement
              where company_id = $1 and order_id = any($5::uuid[])) m`,
    [company, postedOn, from, run, chunk],
  );
  await client.query(
    `insert into record_counter as c select $1, warehouse, $2::date, max(record) from movement_record
      where company_id = $1 and order_id = any($3::uuid[]) group by warehouse
         on conflict (company_id, warehouse, posted_on) do update set last_record = excluded.last_record`,
    [company, postedOn, chunk],
  );
  await changeStock(client, chunk, -1);
  await client.query(
    `update production_order set state = 'executive', origin = 'release', cause = cause + 1, version = version + 1,
            shortage_policy = 'refuse', reservation_policy = 'none', released_at = now(), released_by = 'floor',
            released_run = $3, changed_at = now(), changed_by = 'floor'
      where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk, run],
  );
}

/** The rows of a restore of these orders. */
export async function writeRestore(client: PoolClient, chunk: readonly string[], run: string): Promise<void> {
  await changeStock(client, chunk, 1);
  await client.query(
    `insert into restored_movement
     select company_id, order_id, cause, line, part, item, variant, warehouse, lot, direction, quantity, posted_on, record,
            reason, run_id, posted_at, posted_by, $3::uuid, now(), 'floor'
       from movement join movement_record using (company_id, order_id, cause, warehouse, reason)
      where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk, run],
  );
  for (const table of ['movement_record', 'movement'])
    await client.query(`delete from ${table} where company_id = $1 and order_id = any($2::uuid[])`, [
      company,
      chunk,
    ]);
  await client.query(
    `update production_order set state = 'launched', origin = null, version = version + 1, shortage_policy = null,
            reservation_policy = null, released_at = null, released_by = null, released_run = null,
            changed_at = now(), changed_by = 'floor'
      where company_id = $1 and order_id = any($2::uuid[])`,
    [company, chunk],
  );
}

async function changeStock(client: PoolClient, chunk: readonly string[], sign: 1 | -1): Promise<void> {
  await client.query(
    `with sums as materialized (
       select item, variant, warehouse, lot, sum(quantity) as quantity from movement
        where company_id = $1 and order_id = any($2::uuid[]) group by item, variant, warehouse, lot)
     update stock s set on_hand = s.on_hand + $3 * p.quantity from sums p
      where s.company_id = $1 and s.item = p.item and s.variant = p.variant and s.warehouse = p.warehouse and s.lot = p.lot`,
    [company, chunk, sign],
  );
}

async function writeTrail(
  client: PoolClient,
  command: string,
  state: string,
  chunk: readonly string[],
  run: string,
  from: number,
): Promise<void> {
  await client.query(
    `insert into audit_event select $1, o, $2, $3, 'launched', $4, 2, now(), 'floor' from unnest($5::uuid[]) o`,
    [company, run, command, state, chunk],
  );
  await client.query(
    `insert into outcome select $1, $2, $3 + n, '2026/' || n || '/0', $4, 5, null, null, now() from generate_series(1, $5::int) n`,
    [company, run, from, command === 'release' ? 'released' : 'restored', chunk.length],
  );
  await client.query(
    `update run set done = done + $3, succeeded = succeeded + $3, movements = movements + 5 * $3, lease_until = now(),
            state = case when done + $3 = cardinality(order_keys) then 'done' else 'open' end, closed_at = now()
      where company_id = $1 and run_id = $2`,
    [company, run, chunk.length],
  );
}

function chunksOf(orders: readonly string[]): (readonly string[])[] {
  const chunks = [];
  for (let from = 0; from < orders.length; from += CHUNK) chunks.push(orders.slice(from, from + CHUNK));
  return chunks;
}
