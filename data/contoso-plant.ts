import {
  CONSUMPTION,
  decimalsOf,
  handlingOf,
  isForProduction,
  MAIN,
  OUTPUT,
  pickupType,
  SITE,
} from './contoso-rules';
import { readRows, text, type SourceRow } from './source-rows';
import type { PlantRows } from './plant-files';

/** Everything the source says of the plant, in the import format. Errors: a value the rules do not know. */
export function masterData(folder: string): PlantRows {
  return { ...plantRows(folder), ...centreRows(folder), ...itemRows(folder), ...methodRows(folder) };
}

function plantRows(folder: string): PlantRows {
  const locations = readRows(folder, 'locations.csv').map((row) => ({
    warehouse: text(row, 'location_code'),
    name: text(row, 'name'),
    inTransit: text(row, 'use_as_in_transit') === 'true',
    handling: handlingOf(text(row, 'prod_consumption_whse_handling')),
  }));
  return {
    sites: [{ site: SITE, name: 'Contoso Coffee' }],
    calendars: readRows(folder, 'shop_calendars.csv').map((row) => ({
      calendar: text(row, 'shop_calendar_code'),
      name: text(row, 'description'),
    })),
    calendar_hours: readRows(folder, 'shop_calendar_working_days.csv').map((row) => ({
      calendar: text(row, 'shop_calendar_code'),
      weekday: text(row, 'weekday_iso'),
      starts: text(row, 'starting_time').slice(0, 5),
      ends: text(row, 'ending_time').slice(0, 5),
      shift: text(row, 'work_shift_code'),
    })),
    warehouses: locations.map(({ warehouse, name, handling }) => ({
      warehouse,
      name,
      site: SITE,
      negative_stock: false,
      consumption_handling: handling,
    })),
    reasons: locations.flatMap((location) => {
      const production = isForProduction(location);
      const { warehouse } = location;
      return [
        { warehouse, reason: CONSUMPTION, name: 'Consumption', direction: 'unload', production },
        { warehouse, reason: OUTPUT, name: 'Output', direction: 'load', production },
      ];
    }),
    withdrawal_defaults: ['raw_material', 'unfinished'].map((section) => ({
      section,
      warehouse: MAIN,
      reason: CONSUMPTION,
    })),
    deposit_defaults: ['finished', 'unfinished'].map((section) => ({
      section,
      warehouse: MAIN,
      reason: OUTPUT,
    })),
    stock: readRows(folder, 'item_journal_lines.csv').map((row) => ({
      item: text(row, 'item_no'),
      warehouse: text(row, 'location_code'),
      quantity: text(row, 'quantity'),
      received_on: text(row, 'posting_date_demo'),
    })),
  };
}

const timeUnit = (row: SourceRow, column: string): string => text(row, column).toLowerCase();

function centreRows(folder: string): PlantRows {
  const groups = new Map(
    readRows(folder, 'work_centre_groups.csv').map((row) => [text(row, 'code'), text(row, 'name')]),
  );
  const limits = new Map(
    readRows(folder, 'capacity_constrained_resources.csv').map((row) => [
      `${text(row, 'capacity_type')} ${text(row, 'capacity_no')}`,
      {
        constrained: true,
        critical_load: text(row, 'critical_load_pct'),
        dampener: text(row, 'dampener_pct'),
      },
    ]),
  );
  const centres = readRows(folder, 'work_centres.csv');
  const unitOf = new Map(
    centres.map((row) => [text(row, 'work_centre_no'), timeUnit(row, 'unit_of_measure')]),
  );
  return {
    work_centres: centres.map((row) => ({
      work_centre: text(row, 'work_centre_no'),
      name: text(row, 'name'),
      site: SITE,
      group: groups.get(text(row, 'work_centre_group_code')) ?? '',
      unit: timeUnit(row, 'unit_of_measure'),
      capacity: text(row, 'capacity'),
      efficiency: text(row, 'efficiency_pct'),
      calendar: text(row, 'shop_calendar_code'),
      queue_time: text(row, 'queue_time'),
      queue_unit: timeUnit(row, 'unit_of_measure'),
      rounding: text(row, 'calendar_rounding_precision'),
      ...limits.get(`Work Center ${text(row, 'work_centre_no')}`),
    })),
    machines: readRows(folder, 'machine_centres.csv').map((row) => ({
      machine: text(row, 'machine_centre_no'),
      name: text(row, 'name'),
      work_centre: text(row, 'work_centre_no'),
      site: SITE,
      capacity: text(row, 'capacity'),
      efficiency: text(row, 'efficiency_pct'),
      queue_time: text(row, 'queue_time'),
      queue_unit: unitOf.get(text(row, 'work_centre_no')) ?? '',
      ...limits.get(`Machine Center ${text(row, 'machine_centre_no')}`),
    })),
  };
}

function itemRows(folder: string): PlantRows {
  const tracking = new Map(
    readRows(folder, 'item_tracking_codes.csv').map((row) => [
      text(row, 'code'),
      { lot: text(row, 'lot_specific'), serial: text(row, 'serial_specific') },
    ]),
  );
  return {
    items: readRows(folder, 'items.csv').map((row) => {
      const tracked = tracking.get(text(row, 'item_tracking_code'));
      return {
        item: text(row, 'item_no'),
        description: text(row, 'description'),
        category: text(row, 'item_category_code'),
        unit: text(row, 'base_unit_of_measure'),
        procurement: text(row, 'replenishment_system') === 'Prod. Order' ? 'production' : 'purchase',
        pickup_type: pickupType(text(row, 'flushing_method')),
        stock_managed: text(row, 'item_type') === 'Inventory',
        lot_managed: tracked?.lot ?? 'false',
        serial_managed: tracked?.serial ?? 'false',
        decimals: decimalsOf(text(row, 'rounding_precision')),
        rounding: text(row, 'rounding_precision'),
        routing: text(row, 'routing_no'),
        bom: text(row, 'production_bom_no'),
      };
    }),
    item_units: readRows(folder, 'item_units_of_measure.csv')
      .filter((row) => text(row, 'role') === 'alternate')
      .map((row) => ({
        item: text(row, 'item_no'),
        unit: text(row, 'unit_of_measure'),
        factor: text(row, 'qty_per_unit_of_measure'),
      })),
  };
}

/** Bills and routings. */
function methodRows(folder: string): PlantRows {
  const centreOfMachine = new Map(
    readRows(folder, 'machine_centres.csv').map((row) => [
      text(row, 'machine_centre_no'),
      text(row, 'work_centre_no'),
    ]),
  );
  return {
    boms: readRows(folder, 'production_bom_headers.csv').map((row) => ({
      bom: text(row, 'production_bom_no'),
      version: text(row, 'version_code'),
      name: text(row, 'description'),
      unit: text(row, 'unit_of_measure'),
      status: text(row, 'status').toLowerCase(),
    })),
    bom_lines: readRows(folder, 'production_bom_lines.csv').map((row) => ({
      bom: text(row, 'production_bom_no'),
      version: text(row, 'version_code'),
      line: text(row, 'line_no'),
      kind: text(row, 'type') === 'Item' ? 'item' : 'phantom',
      component: text(row, 'component_no'),
      unit: text(row, 'unit_of_measure'),
      quantity: text(row, 'quantity_per'),
      formula: text(row, 'calculation_formula') === 'Fixed Quantity' ? 'fixed' : 'per_piece',
      scrap: text(row, 'scrap_pct'),
      routing_link: text(row, 'routing_link_code'),
    })),
    routings: readRows(folder, 'routing_headers.csv').map((row) => ({
      routing: text(row, 'routing_no'),
      version: text(row, 'version_code'),
      name: text(row, 'description'),
      kind: text(row, 'type').toLowerCase(),
      status: text(row, 'status').toLowerCase(),
    })),
    routing_operations: readRows(folder, 'routing_lines.csv').map((row) => {
      const centre = text(row, 'centre_no');
      const machine = text(row, 'type') === 'Machine Center' ? centre : '';
      return {
        routing: text(row, 'routing_no'),
        version: text(row, 'version_code'),
        operation: Number(text(row, 'operation_no')),
        next: text(row, 'next_operation_no'),
        work_centre: centreOfMachine.get(machine) ?? centre,
        machine,
        description: text(row, 'description'),
        setup_time: text(row, 'setup_time'),
        setup_unit: timeUnit(row, 'setup_time_unit'),
        run_time: text(row, 'run_time'),
        run_unit: timeUnit(row, 'run_time_unit'),
        wait_time: text(row, 'wait_time'),
        wait_unit: timeUnit(row, 'wait_time_unit'),
        move_time: text(row, 'move_time'),
        move_unit: timeUnit(row, 'move_time_unit'),
        // The source divides run times by 1 where its lot size is 0.
        lot_size: text(row, 'lot_size') === '0' ? '1' : text(row, 'lot_size'),
        scrap: text(row, 'scrap_factor_pct'),
        fixed_scrap: text(row, 'fixed_scrap_quantity'),
        concurrent_capacities: text(row, 'concurrent_capacities'),
        send_ahead: text(row, 'send_ahead_quantity'),
        routing_link: text(row, 'routing_link_code'),
        // A fork without name and time is nothing anybody could report.
        productive: Number(text(row, 'setup_time')) + Number(text(row, 'run_time')) > 0,
        movable: text(row, 'next_operation_no') === '',
      };
    }),
  };
}
