import { calendarDate } from '../../../src/domain/calendar';
import { quantity, type Quantity } from '../../../src/domain/quantity';
import {
  masterData,
  type BomLine,
  type BomVersion,
  type Duration,
  type Item,
  type Machine,
  type MasterData,
  type MasterDataLists,
  type RoutingOperation,
  type RoutingVersion,
  type TimeUnit,
  type WorkCentre,
} from '../../../src/domain/refresh/master-data';
import type { WorkingCalendar } from '../../../src/domain/working-time/working-calendar';

/** Master data as short as a test can say it; everything not said is what a plant has mostly. */

const amount = (text: string | number): Quantity => quantity(String(text));
export const lasting = (time: string | number, unit: TimeUnit = 'minutes'): Duration => ({
  time: amount(time),
  unit,
});

export const anItem = (item: string, of: Partial<Item> = {}): Item => ({
  item,
  ...{
    unit: 'PC',
    units: [],
    procurement: 'production',
    bom: null,
    routing: null,
    rounding: null,
    decimals: 0,
  },
  ...{ leadTimeDays: 0, safetyLeadDays: 0, scrap: amount(0), makeToOrder: false, variantMandatory: false },
  ...of,
});

export const aLine = (line: number, component: string, per: string, of: Partial<BomLine> = {}): BomLine => ({
  ...{ line, kind: 'item', component, variant: '', unit: 'PC', quantity: amount(per), formula: 'per_piece' },
  ...{ length: amount(0), width: amount(0), depth: amount(0), weight: amount(0), scrap: amount(0) },
  ...{ routingLink: '', leadTimeOffsetDays: 0, validFrom: null, validTo: null },
  ...of,
});

const original = { version: '', status: 'certified', validFrom: null, validTo: null } as const;

export const aBom = (bom: string, lines: readonly BomLine[], of: Partial<BomVersion> = {}): BomVersion => ({
  ...{ bom, unit: 'PC', lines },
  ...original,
  ...of,
});

export const anOperation = (operation: number, of: Partial<RoutingOperation> = {}): RoutingOperation => ({
  ...{
    operation,
    nextOperations: null,
    workCentre: 'WC1',
    machine: '',
    description: `Operation ${operation}`,
  },
  ...{ setup: lasting(0), run: lasting(0), wait: lasting(0), move: lasting(0), lotSize: amount(1) },
  ...{ scrap: amount(0), fixedScrap: amount(0), concurrentCapacities: amount(1), routingLink: '' },
  ...{ productive: true, movable: false },
  ...of,
});

export const aRouting = (
  routing: string,
  operations: readonly RoutingOperation[],
  of: Partial<RoutingVersion> = {},
): RoutingVersion => ({ routing, kind: 'serial', operations, ...original, ...of });

const capacity = {
  ...{ capacity: amount(1), efficiency: amount(100), queue: lasting(0) },
  ...{ constrained: false, criticalLoad: amount(100), dampener: amount(0) },
};

export const aCentre = (workCentre: string, of: Partial<WorkCentre> = {}): WorkCentre => ({
  ...{ workCentre, unit: 'minutes', rounding: amount('0.00001'), calendar: 'DAY', ...capacity },
  ...of,
});

export const aMachine = (machine: string, of: Partial<Machine> = {}): Machine => ({
  ...{ machine, workCentre: 'WC1', ...capacity },
  ...of,
});

/** Monday to Friday, 08 to 16. */
export const dayShift: WorkingCalendar = {
  calendar: 'DAY',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '16:00' })),
  holidays: [],
};

/** A plant with one work centre on the day shift, and whatever a test adds. */
export const masters = (of: Partial<MasterDataLists> = {}): MasterData =>
  masterData({
    ...{ items: [], boms: [], routings: [], machines: [], warehouses: [] },
    ...{ workCentres: [aCentre('WC1')], calendars: [dayShift] },
    ...of,
  });

export const on = calendarDate;
export { amount };
