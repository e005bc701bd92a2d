import type { MovementQuery } from '../../../contract/movements';
import type { Warehouse } from '../../../contract/plant';
import type { RunSummary } from '../../../contract/runs';
import type { CalendarDate } from '../../../domain/calendar';
import { addDays } from '../../../domain/calendar';
import type { ItemSubtotal } from '../subtotal-by-item';

/** The fields of a search for movements as they are filled in; empty text does not restrict. */
export interface MovementCriteria {
  readonly order: string;
  readonly item: string;
  readonly from: string;
  readonly to: string;
  readonly warehouse: readonly string[];
  /** Digits only, as `record`. */
  readonly run: string;
  readonly lot: string;
  readonly reason: string;
  readonly direction: '' | 'unload' | 'load';
  readonly status: '' | 'posted' | 'restored';
  readonly record: string;
  readonly postedBy: string;
}

/** The criteria that are not always in view, in the order they are asked for. */
export const furtherCriteria = [
  'run',
  'lot',
  'reason',
  'direction',
  'status',
  'record',
  'postedBy',
] as const satisfies readonly (keyof MovementCriteria)[];
export type FurtherCriterion = (typeof furtherCriteria)[number];

/** What the last search for movements found. */
export interface FoundMovements {
  readonly query: MovementQuery;
  readonly count: number;
  /** How many of them were taken back since. */
  readonly restored: number;
  readonly subtotals: readonly ItemSubtotal[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Rows of the planner's that stayed although the search did not find them. */
  readonly kept: number;
  readonly filtersLost: readonly string[];
  readonly columnsLeftOut: readonly string[];
}

export interface MovementsState {
  readonly criteria: MovementCriteria;
  /** Null until a search was made. */
  readonly found: FoundMovements | null;
  /** The item whose movements alone were put in view; null where none was. */
  readonly item: string | null;
  /** Null until they were read. */
  readonly warehouses: readonly Warehouse[] | null;
}

export const noMovementCriteria: MovementCriteria = {
  order: '',
  item: '',
  from: '',
  to: '',
  warehouse: [],
  run: '',
  lot: '',
  reason: '',
  direction: '',
  status: '',
  record: '',
  postedBy: '',
};

export const noMovements: MovementsState = {
  criteria: noMovementCriteria,
  found: null,
  item: null,
  warehouses: null,
};

/** The query of what is filled in; what cannot be read is left to the order book to refuse. */
export function movementQueryOf(criteria: MovementCriteria): MovementQuery {
  const { order, item, from, to, warehouse, run, lot, reason, direction, status, record, postedBy } =
    criteria;
  const reasons = reason.split(/[\s,;]+/).filter((code) => code !== '');
  return {
    ...given('orderNumber', order),
    ...given('item', item),
    // The order book checks days itself; the branded type only says that a day is meant.
    ...given('from', from as CalendarDate),
    ...given('to', to as CalendarDate),
    ...(warehouse.length > 0 && { warehouse: [...warehouse] }),
    ...(run !== '' && { runNumber: Number(run) }),
    ...given('lot', lot),
    ...(reasons.length > 0 && { reason: reasons }),
    ...(direction !== '' && { direction }),
    ...(status !== '' && { status }),
    ...(record !== '' && { record: Number(record) }),
    ...given('postedBy', postedBy),
  };
}

function given<Name extends string, Text extends string>(name: Name, text: Text): { [name in Name]?: Text } {
  const trimmed = text.trim();
  // One name, its own text; trimming leaves a day what it is.
  return (trimmed === '' ? {} : { [name]: trimmed }) as { [name in Name]?: Text };
}

/** Whether a run may have withdrawn what a storeman has to take from the shelves. */
export function hasWithdrawals({ command, movements, state }: RunSummary): boolean {
  return command === 'release' && state !== 'open' && movements > 0;
}

type Days = Pick<MovementCriteria, 'from' | 'to'>;

/** Days a planner asks for most, counted back from the plant's own. */
export function pastDays(
  today: CalendarDate | null,
): { name: 'today' | 'last7Days' | 'anyDay'; days: Days }[] {
  const any = { name: 'anyDay', days: { from: '', to: '' } } as const;
  if (today === null) return [any];
  return [
    { name: 'today', days: { from: today, to: today } },
    { name: 'last7Days', days: { from: addDays(today, -6), to: today } },
    any,
  ];
}
