import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import {
  addDays,
  calendarDate,
  daysBetween,
  type CalendarDate,
  type Instant,
} from '../../../domain/calendar';
import type { PlantFile } from '../import-format';
import { readPlantDescription, readPlantFile, type PlantDescription, type PlantRow } from '../plant-folder';
import { createDatabase, execute, rows, transaction, type Tx } from './database';

export interface LoadedPlant {
  readonly name: string;
  readonly orders: number;
  readonly launched: number;
}

const BATCH = 5000;
const LOADER = 'import';

/**
 * Loads the weeks around the cut-off of a plant folder into an empty order book, all or nothing. Every date moves by as many
 * days as lie between the plant's cut-off and `todayIn` its zone. Stock on hand is as the folder says: the opening stock is what
 * it was before the folder's movements.
 *
 * @returns undefined, with nothing written, when the book holds a company already
 */
export async function loadPlant(
  connectionString: string,
  folder: string,
  todayIn: (timeZone: string) => CalendarDate,
  at: Instant,
): Promise<LoadedPlant | undefined> {
  const plant = await readPlantDescription(folder);
  const db = createDatabase(connectionString);
  try {
    return await transaction(db, async (tx) => {
      await execute(tx, sql`lock table company in share row exclusive mode`);
      const [present] = await rows(tx, sql<{ company_id: string }>`select company_id from company limit 1`);
      return present ? undefined : await new PlantLoad(tx, folder, plant, todayIn(plant.timeZone), at).load();
    });
  } finally {
    await db.destroy();
  }
}

/** Column values of one table row, as text; null is NULL. */
type Values = readonly (string | null)[];

class PlantLoad {
  readonly #moved: number;
  readonly #orderIds = new Map<string, string>();
  /** Moved days by their source text: the folder has few days and many rows. */
  readonly #days = new Map<string, CalendarDate>();
  #launched = 0;

  constructor(
    private readonly tx: Tx,
    private readonly folder: string,
    private readonly plant: PlantDescription,
    today: CalendarDate,
    private readonly at: Instant,
  ) {
    this.#moved = daysBetween(plant.cutOff, today);
  }

  async load(): Promise<LoadedPlant> {
    await this.#company();
    await this.#masterData();
    await this.#orders();
    await this.#ofOrders();
    await this.#countLines();
    await this.#stock();
    for (const table of ['production_order', 'order_material', 'movement', 'stock', 'item']) {
      await execute(this.tx, sql`analyze ${sql.table(table)}`);
    }
    return { name: this.plant.name, orders: this.#orderIds.size, launched: this.#launched };
  }

  async #company(): Promise<void> {
    const { company, name, timeZone } = this.plant;
    await execute(
      this.tx,
      sql`
        insert into company (company_id, name, time_zone, shortage_policy, reservation_policy, moved_days)
        values (${company}, ${name}, ${timeZone}, 'refuse', 'none', ${this.#moved}::int)`,
    );
  }

  async #masterData(): Promise<void> {
    await this.#copy('sites', 'site', 'site, name', (r) => [r.site, r.name]);
    await this.#copy('work_centres', 'work_centre', 'work_centre, name, site', (r) => [
      r.work_centre,
      r.name,
      r.site,
    ]);
    await this.#copy('warehouses', 'warehouse', 'warehouse, name, site, negative_stock::boolean', (r) => [
      ...[r.warehouse, r.name, r.site, r.negative_stock],
    ]);
    await this.#copy(
      'reasons',
      'movement_reason',
      'warehouse, reason, name, direction, production::boolean',
      (r) => [...[r.warehouse, r.reason, r.name, r.direction, r.production]],
    );
    await this.#copy('withdrawal_defaults', 'withdrawal_default', 'site, section, warehouse, reason', (r) => [
      ...[r.site, r.section, r.warehouse, r.reason],
    ]);
    await this.#copy('deposit_defaults', 'deposit_default', 'site, section, warehouse, reason', (r) => [
      ...[r.site, r.section, r.warehouse, r.reason],
    ]);
    await this.#copy(
      'items',
      'item',
      'item, description, category, unit, procurement, pickup_type, warehouse, reason, stock_managed::boolean, ' +
        'lot_managed::boolean, blocked::boolean, decimals::smallint, deposit_warehouse, deposit_reason',
      (r) => [
        ...[r.item, r.description, r.category, r.unit, r.procurement, r.pickup_type],
        ...[r.warehouse || null, r.reason || null, r.stock_managed, r.lot_managed, r.blocked, r.decimals],
        ...[r.deposit_warehouse || null, r.deposit_reason || null],
      ],
    );
  }

  async #orders(): Promise<void> {
    const { daysBefore, daysAfter } = this.plant.firstLoad;
    const first = addDays(this.plant.cutOff, -daysBefore);
    const last = addDays(this.plant.cutOff, daysAfter);
    await this.#copy(
      'orders',
      'production_order',
      'order_id::uuid, year::integer, number::integer, lot::integer, item, variant, quantity::numeric, ' +
        'quantity_produced::numeric, unit, start_on::date, end_on::date, due_on::date, work_centre, customer, site, ' +
        'job_order, state, origin, cause::integer, released_at::timestamptz, released_by, changed_at::timestamptz, changed_by',
      (r) => {
        if (r.start < first || r.start > last) return undefined;
        const id = uuidv7();
        this.#orderIds.set(orderOf(r), id);
        if (r.state === 'launched') this.#launched++;
        const start = this.#day(r.start);
        return [
          ...[id, r.year || (start?.slice(0, 4) ?? null), r.number, r.lot, r.item, r.variant, r.quantity],
          ...[
            r.quantity_produced,
            r.unit,
            start,
            this.#day(r.end),
            this.#day(r.due),
            r.work_centre,
            r.customer,
            r.site,
          ],
          ...[
            r.job_order,
            r.state,
            r.origin || null,
            r.origin === 'release' ? '1' : '0',
            this.#morning(r.released_on),
          ],
          ...[r.released_on ? LOADER : null, this.at, LOADER],
        ];
      },
    );
  }

  async #ofOrders(): Promise<void> {
    await this.#copy(
      'order_materials',
      'order_material',
      'order_id::uuid, line::integer, item, variant, lot, unit, quantity_per::numeric, fixed::boolean, quantity::numeric, ' +
        'warehouse, reason, operation::integer, usage_on::date',
      (r) =>
        this.#ofOrder(r, () => [
          ...[r.line, r.item, r.variant, r.item_lot, r.unit, r.quantity_per, r.fixed, r.quantity],
          ...[r.warehouse || null, r.reason || null, r.operation || null, this.#day(r.usage_date)],
        ]),
    );
    await this.#copy(
      'order_operations',
      'order_operation',
      'order_id::uuid, operation::integer, work_centre, description, start_on::date, end_on::date, productive::boolean, ' +
        'movable::boolean',
      (r) =>
        this.#ofOrder(r, () => [
          ...[
            r.operation,
            r.work_centre,
            r.description,
            this.#day(r.start),
            this.#day(r.end),
            r.productive,
            r.movable,
          ],
        ]),
    );
    await this.#copy(
      'declarations',
      'declaration',
      'order_id::uuid, number::integer, operation::integer, quantity::numeric, scrap::numeric, closing::boolean, ' +
        'opened_at::timestamptz, opened_by, registered_at::timestamptz, registered_by',
      (r) =>
        this.#ofOrder(r, () => [
          ...[
            r.declaration,
            r.operation || null,
            r.quantity,
            r.scrap,
            r.closing,
            this.#morning(r.opened_on),
            LOADER,
          ],
          ...[this.#morning(r.registered_on), r.registered_on ? LOADER : null],
        ]),
    );
    await this.#movements();
  }

  /** Records are numbered per warehouse and day in the folder's order; an order has one record per warehouse and reason. */
  async #movements(): Promise<void> {
    const counters = new Map<string, number>();
    const records = new Map<string, Values>();
    await this.#copy(
      'movements',
      'movement',
      'order_id::uuid, cause::integer, line::integer, part::smallint, item, variant, warehouse, lot, reason, direction, ' +
        'quantity::numeric',
      (r) =>
        this.#ofOrder(r, (id) => {
          const record = `${id} ${r.warehouse} ${r.reason}`;
          const day = this.#day(r.posted_on);
          if (!records.has(record)) {
            const counter = `${r.warehouse} ${day}`;
            const number = (counters.get(counter) ?? 0) + 1;
            counters.set(counter, number);
            const posted = this.#morning(r.posted_on);
            records.set(record, [id, '1', r.warehouse, r.reason, day, String(number), posted, LOADER]);
          }
          return [
            '1',
            r.line,
            r.part,
            r.item,
            r.variant,
            r.warehouse,
            r.item_lot,
            r.reason,
            'unload',
            r.quantity,
          ];
        }),
    );
    await this.#insert(
      'movement_record',
      'order_id::uuid, cause::integer, warehouse, reason, posted_on::date, record::integer, posted_at::timestamptz, posted_by',
      [...records.values()],
    );
    await this.#insert(
      'record_counter',
      'warehouse, posted_on::date, last_record::integer',
      [...counters].map(([counter, number]) => [...counter.split(' '), String(number)]),
    );
  }

  /** Orders carry how many lines they have. */
  async #countLines(): Promise<void> {
    await execute(
      this.tx,
      sql`
        update production_order o
           set material_lines = (select count(*) from order_material m
                                  where m.company_id = o.company_id and m.order_id = o.order_id),
               operation_lines = (select count(*) from order_operation p
                                   where p.company_id = o.company_id and p.order_id = o.order_id)
         where o.company_id = ${this.plant.company}`,
    );
  }

  async #stock(): Promise<void> {
    await this.#copy(
      'stock',
      'stock',
      'item, variant, warehouse, lot, opening::numeric, on_hand::numeric',
      (r) => [r.item, r.variant, r.warehouse, r.lot, r.quantity, r.quantity],
    );
    await execute(
      this.tx,
      sql`
        insert into stock as s (company_id, item, variant, warehouse, lot, opening, on_hand)
        select company_id, item, variant, warehouse, lot, sum(quantity), 0 from movement
         where company_id = ${this.plant.company} group by company_id, item, variant, warehouse, lot
            on conflict (company_id, item, variant, warehouse, lot) do update set opening = s.opening + excluded.opening`,
    );
  }

  /** The row's values behind the id of its order; undefined when that order is not loaded. */
  #ofOrder(
    row: { year: string; number: string; lot: string },
    values: (id: string) => Values,
  ): Values | undefined {
    const id = this.#orderIds.get(orderOf(row));
    return id === undefined ? undefined : [id, ...values(id)];
  }

  /** A day of the folder's calendar, moved; null where the folder has none. */
  #day(text: string): CalendarDate | null {
    if (text === '') return null;
    const known = this.#days.get(text);
    if (known) return known;
    const day = addDays(calendarDate(text), this.#moved);
    this.#days.set(text, day);
    return day;
  }

  /** The moment such a day begins in the plant: all the folder knows of the time. */
  #morning(text: string): string | null {
    const day = this.#day(text);
    return day === null ? null : `${day} 00:00:00 ${this.plant.timeZone}`;
  }

  /** Loads what `valuesOf` makes of a file's rows; rows it gives undefined for are left out. */
  async #copy<F extends PlantFile>(
    file: F,
    table: string,
    columns: string,
    valuesOf: (row: PlantRow<F>) => Values | undefined,
  ): Promise<void> {
    let batch: Values[] = [];
    for await (const row of readPlantFile(this.folder, file)) {
      const values = valuesOf(row);
      if (values === undefined) continue;
      if (batch.push(values) < BATCH) continue;
      await this.#insert(table, columns, batch);
      batch = [];
    }
    await this.#insert(table, columns, batch);
  }

  /** `columns` lists the table's columns in order, each with a cast where it is not text. */
  async #insert(table: string, columns: string, batch: readonly Values[]): Promise<void> {
    if (batch.length === 0) return;
    const names = columns.split(', ').map((column) => column.split('::')[0] ?? '');
    const arrays = names.map((_, index) => sql`${batch.map((values) => values[index] ?? null)}::text[]`);
    await execute(
      this.tx,
      sql`
        insert into ${sql.table(table)} (company_id, ${sql.join(names.map((name) => sql.ref(name)))})
        select ${this.plant.company}, ${sql.raw(columns)}
          from unnest(${sql.join(arrays)}) as given(${sql.join(names.map((name) => sql.ref(name)))})`,
    );
  }
}

/** The key of an order within the folder. */
const orderOf = (row: { year: string; number: string; lot: string }) =>
  `${row.year}/${row.number}/${row.lot}`;
