import { join } from 'node:path';
import { columnOf, type PlantFile } from '../../src/adapter/orderbook/import-format';
import { calendarDate, type CalendarDate } from '../../src/domain/calendar';
import { quantity, type Quantity } from '../../src/domain/quantity';
import {
  bomFormulas,
  masterData,
  type Capacity,
  type Duration,
  type Item,
  type MasterData,
  type MasterStatus,
  type TimeUnit,
} from '../../src/domain/refresh/master-data';
import { readPlant } from './read-plant';

type Row = Readonly<Record<string, string>>;

/** Reads a plant folder as an import would: what is empty holds the fallback of the format. */
function reader(file: PlantFile, row: Row) {
  const text = (column: string) => row[column] || (columnOf(file, column).fallback ?? '');
  const known = (column: string) => text(column) || null;
  const day = (column: string): CalendarDate | null => (text(column) ? calendarDate(text(column)) : null);
  const amount = (column: string): Quantity => quantity(text(column) || '0');
  // The format allows no other values.
  const duration = (name: string): Duration => ({
    time: amount(`${name}_time`),
    unit: text(`${name}_unit`) as TimeUnit,
  });
  return {
    text,
    known,
    day,
    amount,
    duration,
    flag: (column: string) => text(column) === 'true',
    number: (column: string) => Number(text(column)),
  };
}
type Read = ReturnType<typeof reader>;

const capacityOf = ({ amount, duration, flag }: Read): Capacity => ({
  capacity: amount('capacity'),
  efficiency: amount('efficiency'),
  queue: duration('queue'),
  constrained: flag('constrained'),
  criticalLoad: amount('critical_load'),
  dampener: amount('dampener'),
});
const versionOf = ({ text, day }: Read) => ({
  version: text('version'),
  status: text('status') as MasterStatus,
  validFrom: day('valid_from'),
  validTo: day('valid_to'),
});

export const contoso = readPlant(join(__dirname, '../../data/contoso-coffee'));

export function contosoMasters(): MasterData {
  const of = (file: PlantFile) => (contoso[file] as readonly Row[]).map((row) => reader(file, row));
  return masterData({
    items: of('items').map(({ text, known, number, amount, flag }) => ({
      item: text('item'),
      unit: text('unit'),
      units: contoso.item_units
        .filter(({ item }) => item === text('item'))
        .map(({ unit, factor }) => ({ unit, factor: quantity(factor) })),
      procurement: text('procurement') as Item['procurement'],
      bom: known('bom'),
      routing: known('routing'),
      rounding: known('rounding') === null ? null : amount('rounding'),
      decimals: number('decimals'),
      leadTimeDays: number('lead_time_days'),
      safetyLeadDays: number('safety_lead_days'),
      scrap: amount('scrap'),
      makeToOrder: flag('make_to_order'),
      variantMandatory: false,
    })),
    boms: of('boms').map((bom) => ({
      ...{ bom: bom.text('bom'), unit: bom.text('unit'), ...versionOf(bom) },
      lines: of('bom_lines')
        .filter(({ text }) => text('bom') === bom.text('bom') && text('version') === bom.text('version'))
        .map(({ text, number, amount, day }) => ({
          ...{
            line: number('line'),
            kind: text('kind') === 'phantom' ? 'phantom' : 'item',
            component: text('component'),
          },
          ...{ variant: text('variant'), unit: text('unit'), quantity: amount('quantity') },
          formula: bomFormulas.find((each) => each === text('formula')) ?? 'per_piece',
          ...{
            length: amount('length'),
            width: amount('width'),
            depth: amount('depth'),
            weight: amount('weight'),
          },
          ...{
            scrap: amount('scrap'),
            routingLink: text('routing_link'),
            leadTimeOffsetDays: number('lead_time_offset_days'),
          },
          ...{ validFrom: day('valid_from'), validTo: day('valid_to') },
        })),
    })),
    routings: of('routings').map((routing) => ({
      ...{
        routing: routing.text('routing'),
        kind: routing.text('kind') === 'parallel' ? 'parallel' : 'serial',
      },
      ...versionOf(routing),
      operations: of('routing_operations')
        .filter(
          ({ text }) =>
            text('routing') === routing.text('routing') && text('version') === routing.text('version'),
        )
        .map(({ text, known, number, amount, flag, duration }) => ({
          operation: number('operation'),
          nextOperations: known('next')?.split('|').map(Number) ?? null,
          ...{ workCentre: text('work_centre'), machine: text('machine'), description: text('description') },
          ...{
            setup: duration('setup'),
            run: duration('run'),
            wait: duration('wait'),
            move: duration('move'),
          },
          ...{ lotSize: amount('lot_size'), scrap: amount('scrap'), fixedScrap: amount('fixed_scrap') },
          ...{ concurrentCapacities: amount('concurrent_capacities'), routingLink: text('routing_link') },
          ...{ productive: flag('productive'), movable: flag('movable') },
        })),
    })),
    workCentres: of('work_centres').map((each) => ({
      ...{
        workCentre: each.text('work_centre'),
        unit: each.text('unit') as TimeUnit,
        rounding: each.amount('rounding'),
      },
      ...{ calendar: each.known('calendar'), ...capacityOf(each) },
    })),
    machines: of('machines').map((each) => ({
      ...{ machine: each.text('machine'), workCentre: each.text('work_centre'), ...capacityOf(each) },
    })),
    warehouses: of('warehouses').map(({ text, known, number }) => ({
      ...{ warehouse: text('warehouse'), calendar: known('calendar'), inboundDays: number('inbound_days') },
      outputHandling: text('output_handling') === 'none' ? 'none' : 'inventory_put_away',
    })),
    calendars: of('calendars').map(({ text }) => ({
      calendar: text('calendar'),
      hours: contoso.calendar_hours
        .filter(({ calendar }) => calendar === text('calendar'))
        .map(({ weekday, starts, ends }) => ({ weekday: Number(weekday), starts, ends })),
      holidays: contoso.calendar_holidays
        .filter(({ calendar }) => calendar === text('calendar'))
        .map(({ day }) => calendarDate(day)),
    })),
  });
}
