import { choice, code, day, decimal, file, flag, integer, list, optional, text, time } from './columns';

const TIME_UNITS = ['seconds', 'minutes', 'hours', 'days'];
const STATUSES = ['new', 'certified', 'closed'];

const timeUnit = optional(choice(TIME_UNITS), 'minutes');
const duration = (about: string) => optional(decimal(about), '0');
const capacity = optional(decimal('how many work at once', 'positive'), '1');
const efficiency = optional(decimal('percent; 80 takes 1/0.8 of the time', 'positive'), '100');
const constrained = {
  constrained: optional(flag('true = is never planned above its critical load'), 'false'),
  critical_load: optional(decimal('percent of its capacity that may be booked', 'percent'), '100'),
  dampener: optional(decimal('percent by which an operation may exceed it', 'percent'), '0'),
};
const inputWarehouse = optional(
  code(
    'where picking work puts materials; the work centre’s wins over the site’s; empty = what is picked is withdrawn',
  ),
);
const version = optional(code('empty = the original'), '');
const validity = {
  valid_from: optional(day('first day; empty = always was')),
  valid_to: optional(day('last day, which still belongs to it; empty = open')),
};

export const plantFiles = {
  sites: file({
    about: 'production sites',
    columns: { site: code(), name: text(), input_warehouse: inputWarehouse },
    key: ['site'],
    references: [{ columns: ['input_warehouse'], file: 'warehouses' }],
  }),
  calendars: file({
    about: 'working calendars',
    columns: { calendar: code(), name: text() },
    key: ['calendar'],
    references: [],
  }),
  calendar_hours: file({
    about: 'the weekly working times of a calendar; the file has all of each calendar of `calendars`',
    columns: {
      calendar: code(),
      weekday: integer('1 = Monday … 7 = Sunday', 'weekday'),
      starts: time(),
      ends: time('later than `starts`; `24:00` = midnight; a night shift is two rows'),
      shift: optional(code(), ''),
    },
    key: ['calendar', 'weekday', 'starts'],
    references: [{ columns: ['calendar'], file: 'calendars' }],
  }),
  calendar_holidays: file({
    about: 'days on which a calendar does not work; the file has all of each calendar of `calendars`',
    columns: { calendar: code(), day: day(), name: optional(text(), '') },
    key: ['calendar', 'day'],
    references: [{ columns: ['calendar'], file: 'calendars' }],
  }),
  work_centres: file({
    about: 'work centres',
    columns: {
      work_centre: code(),
      name: text(),
      site: code(),
      group: optional(text('name of its group'), ''),
      unit: optional(choice(TIME_UNITS, 'in which its times are rounded'), 'minutes'),
      capacity,
      efficiency,
      calendar: optional(code('when it works; empty = always')),
      queue_time: duration('waiting before an operation'),
      queue_unit: timeUnit,
      rounding: optional(decimal('times are rounded to multiples of it, in `unit`', 'positive'), '0.00001'),
      ...constrained,
      input_warehouse: inputWarehouse,
    },
    key: ['work_centre'],
    references: [
      { columns: ['input_warehouse'], file: 'warehouses' },
      { columns: ['site'], file: 'sites' },
      { columns: ['calendar'], file: 'calendars' },
    ],
  }),
  machines: file({
    about: 'machines of the work centres',
    columns: {
      machine: code(),
      name: text(),
      work_centre: code('works by the calendar of its work centre'),
      site: code(),
      capacity,
      efficiency,
      queue_time: duration('waiting before an operation'),
      queue_unit: timeUnit,
      ...constrained,
    },
    key: ['machine'],
    references: [
      { columns: ['work_centre'], file: 'work_centres' },
      { columns: ['site'], file: 'sites' },
    ],
  }),
  warehouses: file({
    about: 'warehouses',
    columns: {
      warehouse: code(),
      name: text(),
      site: code(),
      negative_stock: flag('true = withdrawals may bring it below zero'),
      calendar: optional(code('days of handling are counted by it; empty = every day')),
      inbound_days: optional(integer('handling of what comes in'), '0'),
      outbound_days: optional(integer('handling of what goes out'), '0'),
      consumption_handling: optional(
        choice(
          ['none', 'pick_optional', 'pick_mandatory', 'inventory_pick'],
          'how materials of orders are fetched',
        ),
        'none',
      ),
      output_handling: optional(choice(['none', 'inventory_put_away'], 'how output is put away'), 'none'),
    },
    key: ['warehouse'],
    references: [
      { columns: ['site'], file: 'sites' },
      { columns: ['calendar'], file: 'calendars' },
    ],
  }),
  reasons: file({
    about: 'movement reasons; a reason belongs to one warehouse',
    columns: {
      warehouse: code(),
      reason: code('unique in its warehouse'),
      name: text(),
      direction: choice(['unload', 'load']),
      production: flag('true = may be used in production'),
    },
    key: ['warehouse', 'reason'],
    references: [{ columns: ['warehouse'], file: 'warehouses' }],
  }),
  withdrawal_defaults: file({
    about: 'where materials are withdrawn when neither line nor item says so',
    columns: {
      site: optional(code('empty = every site, asked last'), ''),
      section: choice(['raw_material', 'unfinished'], 'purchased items, or the others'),
      warehouse: code(),
      reason: code('an unload reason of that warehouse'),
    },
    key: ['site', 'section'],
    references: [
      { columns: ['site'], file: 'sites' },
      { columns: ['warehouse', 'reason'], file: 'reasons' },
    ],
  }),
  deposit_defaults: file({
    about: 'where output is deposited when neither order nor item says so',
    columns: {
      site: optional(code('empty = every site, asked last'), ''),
      section: choice(['finished', 'unfinished'], 'orders of BOM level 1, or the others'),
      warehouse: code(),
      reason: code('a load reason of that warehouse'),
    },
    key: ['site', 'section'],
    references: [
      { columns: ['site'], file: 'sites' },
      { columns: ['warehouse', 'reason'], file: 'reasons' },
    ],
  }),
  closed_periods: file({
    about: 'days on which nothing may be posted or taken back; the file has all of them',
    columns: { warehouse: optional(code('empty = every warehouse'), ''), from: day(), to: day() },
    key: ['warehouse', 'from'],
    references: [{ columns: ['warehouse'], file: 'warehouses' }],
  }),
};

export const itemFiles = {
  items: file({
    about: 'items with their MRP parameters',
    columns: {
      item: code(),
      description: text(),
      category: optional(text(), ''),
      unit: code('base unit: stock, needs and output are counted in it'),
      procurement: choice(['purchase', 'production', 'subcontract']),
      pickup_type: choice(
        ['automatic', 'with_list', 'manual'],
        'drawn at release, by picking list, or when production is declared',
      ),
      warehouse: optional(code('where it is withdrawn')),
      reason: optional(code('an unload reason; together with `warehouse`')),
      stock_managed: optional(flag('false = withdrawals do not look at stock'), 'true'),
      lot_managed: optional(flag('true = withdrawals name a lot'), 'false'),
      blocked: optional(flag('true = blocked for production'), 'false'),
      decimals: optional(integer('decimal places of a quantity in the base unit', 'decimals'), '0'),
      rounding: optional(
        decimal('needs are rounded up to multiples of it; empty = by `decimals`', 'positive'),
      ),
      lot_picking: optional(choice(['fifo', 'expiry', 'manual'], 'which lot is proposed first'), 'fifo'),
      serial_managed: optional(flag('true = every piece has a serial number'), 'false'),
      lead_time_days: optional(integer('from start to end without a routing'), '0'),
      safety_lead_days: optional(integer('ready this many days before it is due'), '0'),
      scrap: optional(decimal('percent lost when it is made', 'percent'), '0'),
      order_minimum: optional(decimal('smallest quantity of an order'), '0'),
      order_multiple: optional(decimal('orders are multiples of it; 0 = any quantity'), '0'),
      safety_stock: optional(decimal(), '0'),
      make_to_order: optional(flag('true = made inside the order that needs it'), 'false'),
      routing: optional(code('empty = made without operations')),
      bom: optional(code('empty = made without materials')),
      deposit_warehouse: optional(code('where its output goes')),
      deposit_reason: optional(code('a load reason; together with `deposit_warehouse`')),
    },
    key: ['item'],
    references: [
      { columns: ['warehouse', 'reason'], file: 'reasons' },
      { columns: ['deposit_warehouse', 'deposit_reason'], file: 'reasons' },
      { columns: ['routing'], file: 'routings' },
      { columns: ['bom'], file: 'boms' },
    ],
  }),
  item_units: file({
    about: 'units of an item beside its base unit',
    columns: {
      item: code(),
      unit: code(),
      factor: decimal('base units in one such unit', 'positive'),
    },
    key: ['item', 'unit'],
    references: [{ columns: ['item'], file: 'items' }],
  }),
  boms: file({
    about: 'bills of materials, a row per version',
    columns: {
      bom: code(),
      version,
      name: optional(text(), ''),
      unit: code('its quantities are per one such unit made'),
      status: optional(choice(STATUSES, 'only certified ones are used'), 'certified'),
      ...validity,
    },
    key: ['bom', 'version'],
    references: [],
  }),
  bom_lines: file({
    about: 'lines of the bills; the file has all of each version of `boms`',
    columns: {
      bom: code(),
      version,
      line: integer(),
      kind: optional(choice(['item', 'phantom'], 'phantom = the lines of the bill `component`'), 'item'),
      component: code('an item, or for a phantom a bill'),
      variant: optional(code(), ''),
      unit: code('of `quantity`: the base unit or one of `item_units`; of a phantom its own unit'),
      quantity: decimal('per unit made; for `fixed` per order', 'any'),
      formula: optional(
        choice(
          ['per_piece', 'fixed', 'length', 'length_width', 'length_width_depth', 'weight'],
          'the quantity is multiplied by these measures',
        ),
        'per_piece',
      ),
      length: optional(decimal(), '0'),
      width: optional(decimal(), '0'),
      depth: optional(decimal(), '0'),
      weight: optional(decimal(), '0'),
      scrap: optional(decimal('percent', 'percent'), '0'),
      routing_link: optional(code('needed at the operation with this link'), ''),
      lead_time_offset_days: optional(integer('needed this many days before the operation', 'any'), '0'),
      ...validity,
    },
    key: ['bom', 'version', 'line'],
    references: [{ columns: ['bom', 'version'], file: 'boms' }],
  }),
  routings: file({
    about: 'routings, a row per version',
    columns: {
      routing: code(),
      version,
      name: optional(text(), ''),
      kind: optional(
        choice(['serial', 'parallel'], 'serial = operations follow one another by number'),
        'serial',
      ),
      status: optional(choice(STATUSES, 'only certified ones are used'), 'certified'),
      ...validity,
    },
    key: ['routing', 'version'],
    references: [],
  }),
  routing_operations: file({
    about: 'operations of the routings; the file has all of each version of `routings`',
    columns: {
      routing: code(),
      version,
      operation: integer(),
      next: optional(
        list('operations that follow, `|` between them; empty = the next by number, or the last'),
      ),
      work_centre: code(),
      machine: optional(code('empty = any of the work centre'), ''),
      description: optional(text(), ''),
      setup_time: duration('per order'),
      setup_unit: timeUnit,
      run_time: duration('per lot'),
      run_unit: timeUnit,
      wait_time: duration('after the work, around the clock'),
      wait_unit: timeUnit,
      move_time: duration('to the next operation'),
      move_unit: timeUnit,
      lot_size: optional(decimal('pieces made in one run time'), '1'),
      scrap: optional(decimal('percent', 'percent'), '0'),
      fixed_scrap: optional(decimal('pieces per order'), '0'),
      concurrent_capacities: optional(decimal('share the run time', 'positive'), '1'),
      send_ahead: optional(decimal('pieces after which the next operation may begin; 0 = all'), '0'),
      routing_link: optional(code(), ''),
      productive: optional(flag('true = may be declared'), 'true'),
      movable: optional(flag('true = declaring it moves stock'), 'false'),
    },
    key: ['routing', 'version', 'operation'],
    references: [
      { columns: ['routing', 'version'], file: 'routings' },
      { columns: ['work_centre'], file: 'work_centres' },
      { columns: ['machine'], file: 'machines' },
    ],
  }),
};
