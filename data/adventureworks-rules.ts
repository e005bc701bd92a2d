import type { SourceBomLine, SourceOperation, SourceOrder, SourceProduct } from './adventureworks-source';

/**
 * The latest Friday that leaves more than 10,000 orders to be released, just before the monthly peak of
 * 2014-03-04 (218 starts). Source calendar.
 */
export const CUT_OFF = '2014-02-28';

export const SITE = 'AW';
export const ISSUE = 'ISS';
export const RECEIPT = 'RCP';
const PIECE = 'EA';
const SHEET_METAL_RACKS = 2;

export type State = 'launched' | 'executive' | 'fulfilled';
export type PickupType = 'automatic' | 'with_list' | 'manual';
export type Section = 'raw_material' | 'unfinished';

/** Stock of one product: quantity by location. */
export type StockByLocation = ReadonlyMap<number, number>;

/** What stands on the floor at the end of the cut-off day: begun on or before it and not yet ended. */
export function stateAtCutOff(order: SourceOrder): State {
  if (order.start > CUT_OFF) return 'launched';
  return order.end > CUT_OFF ? 'executive' : 'fulfilled';
}

/**
 * The end a planner knew: the scheduled end of the last operation, which the source sets to the due date. Orders
 * without routing have no schedule; each of them ended 10 days after its start, so that is their lead time.
 * The actual end is never used: for open orders it is the future.
 */
export function plannedEnd(order: SourceOrder, operations: readonly SourceOperation[]): string {
  return operations.at(-1)?.scheduledEnd ?? addDays(order.start, 10);
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Two digits, so that warehouses sort as text and a sheet must treat the code as text. */
export const locationCode = (location: number): string => String(location).padStart(2, '0');

/** Work locations have numbers from 10 and an availability in hours; the numbers below are stores. */
export const isStore = (location: number): boolean => location < 10;

/**
 * Where an item is withdrawn: the store that holds most of it; if no store holds it, the work location that does;
 * on a tie the lower number. Undefined if the item lies nowhere: the withdrawal defaults decide then.
 */
export function homeLocation(stock: StockByLocation): number | undefined {
  const stores = [...stock].filter(([location]) => isStore(location));
  const candidates = stores.length > 0 ? stores : [...stock];
  return candidates.sort(([a, stockAtA], [b, stockAtB]) => stockAtB - stockAtA || a - b)[0]?.[0];
}

export interface MaterialFacts {
  readonly usedInBom: boolean;
  readonly unit: string;
  readonly subcategory: string;
  readonly stock: StockByLocation;
}

/** Who draws the material, and when. Each line is one rule, the first that fits decides. */
export function pickupType(material: MaterialFacts): PickupType {
  // No bill of materials uses it: nothing may draw it unasked.
  if (!material.usedInBom) return 'manual';
  // Paint and grip tape are measured, not counted: the used quantity is known when the work is declared.
  if (material.unit !== PIECE) return 'manual';
  // It never went through a stock location: it is handed over for the order.
  if (material.stock.size === 0) return 'with_list';
  // Frames differ by model, colour and size and lie at several work locations: each is fetched for its order.
  if (material.subcategory.endsWith('Frames')) return 'with_list';
  // Counted components with a catalogue group: forks, wheels, cranksets, brakes, pedals, tyres ...
  if (material.subcategory !== '') return 'automatic';
  // Raw material cut at the start of the order.
  if (material.stock.has(SHEET_METAL_RACKS)) return 'automatic';
  // Loose parts (balls, nuts, spokes, tubes of a frame): picked in small quantities by list.
  return 'with_list';
}

/** The part of the withdrawal parameters an item belongs to. Source: Fluentis, production parameters. */
export const sectionOf = (product: SourceProduct): Section => (product.made ? 'unfinished' : 'raw_material');

/** The catalogue group; parts without one are told apart by how they are procured. */
export const categoryOf = (product: SourceProduct): string =>
  product.subcategory || (product.made ? 'Made parts' : 'Purchased parts');

/** The lines of a bill that are valid on a day; both ends of the validity belong to it. */
export const validOn = (lines: readonly SourceBomLine[], day: string): readonly SourceBomLine[] =>
  lines.filter((line) => line.from <= day && (line.to === '' || day <= line.to));

/**
 * The operation that needs a component: the first one whose work location holds the component, else the first of
 * the order. Undefined for an order without routing.
 */
export function operationUsing(
  stock: StockByLocation,
  operations: readonly SourceOperation[],
): SourceOperation | undefined {
  return operations.find((operation) => stock.has(operation.location)) ?? operations[0];
}

/**
 * An executive order whose first operation had begun by the cut-off has an opening declaration. Nothing more is
 * known: no operation of such an order had ended, and the source gives all operations of an order one start date,
 * so only the first can have begun.
 */
export const hasBegun = (operations: readonly SourceOperation[]): boolean => {
  const first = operations[0];
  return first !== undefined && first.actualStart <= CUT_OFF;
};

/** The closing of a fulfilled order cannot be opened after the order ended, although 4,369 operations say so. */
export function closingOpenedOn(order: SourceOrder, operations: readonly SourceOperation[]): string {
  const begun = operations.at(-1)?.actualStart ?? order.start;
  return begun < order.end ? begun : order.end;
}
