import type { CalendarDate } from '../calendar';
import { groupBy } from '../group-by';
import { one, type Quantity } from '../quantity';
import type { WorkingCalendar } from '../working-time/working-calendar';

/**
 * The master data that a refresh reads, under the names of the order book's columns. Percentages are percent: 5 is 5 %. Codes that a
 * fact refers to are among the facts, except where a type says otherwise: whoever gathers them follows the references.
 */
export const timeUnits = ['seconds', 'minutes', 'hours', 'days'] as const;
export type TimeUnit = (typeof timeUnits)[number];

export interface Duration {
  readonly time: Quantity;
  readonly unit: TimeUnit;
}

export interface Item {
  readonly item: string;
  /** Base unit: stock and needs are counted in it. */
  readonly unit: string;
  /** The other units, each with the base units in one of it. */
  readonly units: readonly { readonly unit: string; readonly factor: Quantity }[];
  readonly procurement: 'purchase' | 'production' | 'subcontract';
  readonly bom: string | null;
  readonly routing: string | null;
  /** Needs are rounded up to multiples of it, in the base unit; null: to `decimals`. */
  readonly rounding: Quantity | null;
  readonly decimals: number;
  /** From start to end of an order without a routing. */
  readonly leadTimeDays: number;
  /** An order ends this many days before it is due. */
  readonly safetyLeadDays: number;
  /** Percent lost when it is made. */
  readonly scrap: Quantity;
  /** Made inside the order that needs it, when that order's item is made to order, too. */
  readonly makeToOrder: boolean;
  /** An order has to say which variant. */
  readonly variantMandatory: boolean;
}

export type MasterStatus = 'new' | 'certified' | 'closed';

/** What a version of a bill or a routing is valid for; null: open. Both days belong to it. */
export interface Validity {
  readonly validFrom: CalendarDate | null;
  readonly validTo: CalendarDate | null;
}

export interface Version extends Validity {
  /** '' is the original. */
  readonly version: string;
  readonly status: MasterStatus;
}

export const bomFormulas = [
  'per_piece',
  'fixed',
  'length',
  'length_width',
  'length_width_depth',
  'weight',
] as const;
export type BomFormula = (typeof bomFormulas)[number];

export interface BomLine extends Validity {
  readonly line: number;
  /** A phantom stands for the lines of the bill it names. */
  readonly kind: 'item' | 'phantom';
  readonly component: string;
  readonly variant: string;
  readonly unit: string;
  readonly quantity: Quantity;
  readonly formula: BomFormula;
  readonly length: Quantity;
  readonly width: Quantity;
  readonly depth: Quantity;
  readonly weight: Quantity;
  readonly scrap: Quantity;
  /** '' for none. */
  readonly routingLink: string;
  readonly leadTimeOffsetDays: number;
}

export interface BomVersion extends Version {
  readonly bom: string;
  /** Its quantities are per one such unit made. */
  readonly unit: string;
  readonly lines: readonly BomLine[];
}

export interface RoutingOperation {
  readonly operation: number;
  /** Null: the next by number, or none after the last. */
  readonly nextOperations: readonly number[] | null;
  readonly workCentre: string;
  /** '' for any of the work centre. */
  readonly machine: string;
  readonly description: string;
  /** Per order. */
  readonly setup: Duration;
  /** Per lot. */
  readonly run: Duration;
  /** After the work, around the clock. */
  readonly wait: Duration;
  /** To the next operation. */
  readonly move: Duration;
  /** Pieces made in one run time; 0 means 1. */
  readonly lotSize: Quantity;
  readonly scrap: Quantity;
  /** Pieces per order. */
  readonly fixedScrap: Quantity;
  /** How many of the centre's capacities share the run time; 0 means all. */
  readonly concurrentCapacities: Quantity;
  readonly routingLink: string;
  readonly productive: boolean;
  readonly movable: boolean;
}

export interface RoutingVersion extends Version {
  readonly routing: string;
  readonly kind: 'serial' | 'parallel';
  readonly operations: readonly RoutingOperation[];
}

/** What work centres and machines have in common. */
export interface Capacity {
  /** How many work at once. */
  readonly capacity: Quantity;
  /** Percent; 80 takes 1/0.8 of the time. */
  readonly efficiency: Quantity;
  readonly queue: Duration;
  /** Never planned above its critical load; the dampener is how far one operation may exceed it. Percent of its capacity. */
  readonly constrained: boolean;
  readonly criticalLoad: Quantity;
  readonly dampener: Quantity;
}

export interface WorkCentre extends Capacity {
  readonly workCentre: string;
  /** Its times are rounded to multiples of `rounding` in `unit`. */
  readonly unit: TimeUnit;
  readonly rounding: Quantity;
  /** Null: always works. */
  readonly calendar: string | null;
}

/** A machine works by the calendar of its work centre. */
export interface Machine extends Capacity {
  readonly machine: string;
  readonly workCentre: string;
}

export interface Warehouse {
  readonly warehouse: string;
  /** Days of handling are counted by it; null: every day. */
  readonly calendar: string | null;
  readonly inboundDays: number;
  readonly outputHandling: 'none' | 'inventory_put_away';
}

/** The facts as they are read; the sequence within a list means nothing. */
export interface MasterDataLists {
  readonly items: readonly Item[];
  readonly boms: readonly BomVersion[];
  readonly routings: readonly RoutingVersion[];
  readonly workCentres: readonly WorkCentre[];
  readonly machines: readonly Machine[];
  readonly warehouses: readonly Warehouse[];
  readonly calendars: readonly WorkingCalendar[];
}

/** The same, found by code. */
export interface MasterData {
  readonly items: ReadonlyMap<string, Item>;
  readonly boms: ReadonlyMap<string, readonly BomVersion[]>;
  readonly routings: ReadonlyMap<string, readonly RoutingVersion[]>;
  readonly workCentres: ReadonlyMap<string, WorkCentre>;
  readonly machines: ReadonlyMap<string, Machine>;
  readonly warehouses: ReadonlyMap<string, Warehouse>;
  readonly calendars: ReadonlyMap<string, WorkingCalendar>;
}

/** Puts the lists in order by code, and the lines of bills and routings by number. */
export function masterData(lists: MasterDataLists): MasterData {
  const boms = lists.boms.map((bom) => ({
    ...bom,
    lines: bom.lines.toSorted((a, b) => a.line - b.line),
  }));
  const routings = lists.routings.map((routing) => ({
    ...routing,
    operations: routing.operations.toSorted((a, b) => a.operation - b.operation),
  }));
  return {
    items: new Map(lists.items.map((each) => [each.item, each])),
    boms: groupBy(boms, ({ bom }) => bom),
    routings: groupBy(routings, ({ routing }) => routing),
    workCentres: new Map(lists.workCentres.map((each) => [each.workCentre, each])),
    machines: new Map(lists.machines.map((each) => [each.machine, each])),
    warehouses: new Map(lists.warehouses.map((each) => [each.warehouse, each])),
    calendars: new Map(lists.calendars.map((each) => [each.calendar, each])),
  };
}

/** Base units in one `unit` of the item, or undefined where the item has no such unit. */
export function unitFactor(item: Item, unit: string): Quantity | undefined {
  if (unit === item.unit) return one;
  return item.units.find((each) => each.unit === unit)?.factor;
}
