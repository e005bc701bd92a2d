import * as z from 'zod/mini';
import { orderStates } from '../../domain/order';
import { actions, transitions } from '../../domain/transitions';
import { CreateOrders } from '../../contract/create-orders';
import { OrderQuery } from '../../contract/orders';
import { Day } from '../../contract/values';
import { RunRequest } from '../../contract/runs';

const KnownColumn = z.object({ id: z.union([z.number(), z.string()]), header: z.string() });

/**
 * Where a table of ours is and which of its columns is which: ids outlive renaming, headers outlive a lost id. `others` are the planner's
 * columns; earlier versions did not save them.
 */
const TableLink = z.object({
  table: z.string(),
  columns: z.record(z.string(), KnownColumn),
  others: z.optional(z.array(KnownColumn)),
});
export type TableLink = z.infer<typeof TableLink>;

const Saved = z.object({
  company: z.string(),
  view: z.optional(z.enum(actions)),
  // Earlier versions had a view for each state and saved that.
  state: z.optional(z.enum(orderStates)),
  query: OrderQuery,
  run: z.optional(z.object({ id: z.string(), number: z.int() })),
  today: z.optional(Day),
  found: z.int(),
  written: z.optional(z.int()),
  at: z.number(),
});
const Loaded = z.pipe(
  Saved,
  z.transform(({ view, state, ...loaded }: z.output<typeof Saved>) => ({
    ...loaded,
    view: view ?? (state === transitions.restore.from ? ('restore' as const) : ('release' as const)),
  })),
);

const Create = z.object({ command: z.literal('create'), ...CreateOrders.shape });
const Undo = z.object({ command: z.literal('restore'), undoes: z.string(), count: z.int() });

const Pending = z.object({
  key: z.string(),
  user: z.string(),
  // Earlier versions did not save where a run was sent.
  company: z._default(z.nullable(z.string()), null),
  address: z._default(z.nullable(z.string()), null),
  request: z.union([RunRequest, Undo, Create]),
});

/** What the planner filters by, by the header of its column. Only Excel knows what is in criteria; we give them back as they are. */
const Filters = z.record(z.string(), z.record(z.string(), z.unknown()));

/** A value the workbook remembers for us, in plain text: no secrets. */
export interface Setting<T extends z.ZodMiniType> {
  readonly name: string;
  readonly schema: T;
}

export const ordersLink = { name: 'launchbook.orders', schema: TableLink } as const;
export const movementsLink = { name: 'launchbook.movements', schema: TableLink } as const;
export const changesLink = { name: 'launchbook.refreshPreview', schema: TableLink } as const;
export const requestsLink = { name: 'launchbook.warehouseRequests', schema: TableLink } as const;
export const shortagesLink = { name: 'launchbook.shortages', schema: TableLink } as const;
export const lotsLink = { name: 'launchbook.lots', schema: TableLink } as const;
/** Where the chart of shortages was drawn, and what that sheet was called then. */
export const shortageChartSheet = {
  name: 'launchbook.shortageChart',
  schema: z.object({ sheet: z.string(), name: z.string() }),
} as const;
export const contentLink = { name: 'launchbook.content', schema: TableLink } as const;
/** Where the withdrawal list was written, and what that sheet was called then. */
export const withdrawalSheet = {
  name: 'launchbook.withdrawals',
  schema: z.object({ sheet: z.string(), name: z.string() }),
} as const;
export const workbookCompany = { name: 'launchbook.company', schema: z.string() } as const;
export const loadedSearch = { name: 'launchbook.loaded', schema: Loaded } as const;
/** Filters of a table that are taken off while it is written. */
export const filtersTakenOff = (table: string) => ({ name: `launchbook.filters.${table}`, schema: Filters });
export const pendingRun = { name: 'launchbook.pendingRun', schema: Pending } as const;

/** What the workbook remembers; null when it does not, or in a form we do not know, as another version may have left it. */
export async function readSetting<T extends z.ZodMiniType>(
  context: Excel.RequestContext,
  { name, schema }: Setting<T>,
): Promise<z.infer<T> | null> {
  const setting = context.workbook.settings.getItemOrNullObject(name);
  setting.load('value');
  await context.sync();
  if (setting.isNullObject) return null;
  const checked = schema.safeParse(setting.value);
  return checked.success ? checked.data : null;
}

/** Queued; written with the next sync. */
export function queueSetting<T extends z.ZodMiniType>(
  context: Excel.RequestContext,
  { name }: Setting<T>,
  value: z.input<T>,
): void {
  context.workbook.settings.add(name, value);
}

export async function clearSetting(
  context: Excel.RequestContext,
  { name }: Setting<z.ZodMiniType>,
): Promise<void> {
  const setting = context.workbook.settings.getItemOrNullObject(name);
  setting.load('key');
  await context.sync();
  if (!setting.isNullObject) setting.delete();
  await context.sync();
}
