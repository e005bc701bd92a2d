import type { Pool } from 'pg';
import { company, preparePlant } from './small-plant';

const tables = [
  ...[
    'company',
    'policy_change',
    'work_counter',
    'site',
    'work_centre',
    'warehouse',
    'movement_reason',
    'withdrawal_default',
    'deposit_default',
    'machine',
    'closed_period',
    'saved_search',
    'release_default',
    'download',
    'item',
    ...['calendar', 'calendar_hours', 'calendar_holiday', 'routing', 'routing_operation'],
    ...['item_unit', 'bom', 'bom_line', 'incoming_supply'],
  ],
  ...[
    'order_counter',
    'production_order',
    'order_split',
    'order_line',
    'order_material',
    'order_operation',
    'capacity_need',
  ],
  ...['declaration', 'reservation', 'output_reservation', 'cancelled_reservation', 'inbound_request'],
  ...['work', 'work_line', 'found_material'],
  ...['stock', 'record_counter', 'movement_record', 'movement', 'restored_movement'],
  ...['paper_counter', 'paper', 'paper_print'],
  ...['run', 'outcome', 'audit_event'],
];

/** Sets the whole book back to the small plant without orders and without stock, whatever a test did to it. */
export async function freshBook(pool: Pool, connectionString: string): Promise<void> {
  await emptyBook(pool);
  await preparePlant(connectionString);
}

/** Takes everything out of the book. */
export async function emptyBook(pool: Pool): Promise<void> {
  // Those that refer to others come last in the list and go first. For so few rows faster than truncating.
  await pool.query(
    [...tables]
      .reverse()
      .map((table) => `delete from ${table}`)
      .join('; '),
  );
}

const touchedByRuns = {
  ...{ production_order: 'true', order_material: 'true', declaration: 'true', order_split: 'true' },
  ...{ order_line: 'true', order_operation: 'true', capacity_need: 'true', inbound_request: 'true' },
  ...{ reservation: 'true', output_reservation: 'true', cancelled_reservation: 'true' },
  ...{ movement: 'true', movement_record: 'true', restored_movement: 'true', record_counter: 'true' },
  ...{ work: 'true', work_line: 'true', found_material: 'true' },
  audit_event: 'true',
  // A balance of zero is no balance: a release may note one for a stock nobody counted yet.
  stock: 'opening <> 0 or on_hand <> 0',
};

/** Every row that a command could have changed, as text, for comparing before and after. Runs and outcomes are left out. */
export async function bookState(pool: Pool): Promise<Record<string, string[]>> {
  const state: Record<string, string[]> = {};
  for (const [table, which] of Object.entries(touchedByRuns)) {
    const { rows } = await pool.query<{ row: string }>(
      `select t::text as row from ${table} t where ${which} order by 1`,
    );
    state[table] = rows.map(({ row }) => row);
  }
  return state;
}

export interface LineChanges {
  readonly variant?: string;
  readonly lot?: string;
  readonly warehouse?: string | null;
  readonly reason?: string | null;
  readonly quantity?: string;
}

/** Changes the line of order `number` that needs `item`. */
export async function changeLine(
  pool: Pool,
  number: number,
  item: string,
  changes: LineChanges,
): Promise<void> {
  for (const [column, value] of Object.entries(changes)) {
    await pool.query(
      `update order_material m set ${column} = $4 from production_order o
        where o.company_id = $1 and o.number = $2 and m.company_id = o.company_id and m.order_id = o.order_id and m.item = $3`,
      [company, number, item, value],
    );
  }
}

export interface CountedStock {
  readonly item: string;
  readonly warehouse: string;
  readonly quantity: string;
  readonly variant?: string;
  readonly lot?: string;
}

/** Counts stock at a place of its own: {@link setStock} knows only the item's warehouse, no variants and no lots. */
export async function countStock(pool: Pool, ...counted: CountedStock[]): Promise<void> {
  for (const { item, warehouse, quantity, variant = '', lot = '' } of counted) {
    await pool.query('insert into stock values ($1, $2, $3, $4, $5, $6, $6)', [
      ...[company, item, variant, warehouse, lot, quantity],
    ]);
  }
}
