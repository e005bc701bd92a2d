import type { RowOf } from '../src/adapter/orderbook/import-format';
import { calendarDate, type CalendarDate } from '../src/domain/calendar';
import { quantity, quantityText } from '../src/domain/quantity';
import { type Made, methodsOf, type Methods, type Need, type Step } from './contoso-methods';
import {
  CONSUMPTION,
  CUT_OFF,
  MAIN,
  OFFICE_CALENDAR,
  SITE,
  type State,
  stateAtCutOff,
} from './contoso-rules';
import { type Days, type Schedule, scheduleOf } from './contoso-schedule';
import type { PlantRows } from './plant-files';

const SEED = 20250606;
const ORDERS = 120;
const FIRST_NUMBER = 101001;
const FIRST_DAY = calendarDate('2025-05-19');
const LAST_DAY = calendarDate('2025-07-04');

/** What a planner reads in the sheet beside every generated order. */
export const GENERATED_CUSTOMER = 'Generated demo order';
export const GENERATED_JOB_ORDER = 'GENERATED';

interface Special {
  readonly item: string;
  readonly variant?: string;
}
const atPlaces = (places: readonly number[], special: Special) =>
  places.map((place) => [place, special] as const);
/** Orders of items that show something: by their place among all orders. The others are drawn by lot. */
const SPECIAL: ReadonlyMap<number, Special> = new Map([
  // Neither bill nor routing: cannot be released until somebody completes it.
  ...atPlaces([58], { item: 'SP-SCM1008' }),
  ...atPlaces([54, 66, 81, 96, 110], { item: 'SP-SCM1006', variant: 'BLACK' }),
  ...atPlaces([56, 70, 84, 99, 113], { item: 'SP-SCM1011' }),
]);
/** Should have been released long ago. */
const LATE: ReadonlySet<number> = new Set([31, 40, 46]);
const ON_HOLD: ReadonlyMap<number, string> = new Map([
  [62, 'Generated: waits for a drawing'],
  [77, 'Generated: customer may cancel'],
]);

interface Planned {
  readonly number: number;
  readonly made: Made;
  readonly variant: string;
  readonly pieces: number;
  readonly start: CalendarDate;
  readonly end: CalendarDate;
  readonly due: CalendarDate;
  readonly state: State;
  readonly steps: readonly (Step & Days)[];
  readonly needs: readonly Need[];
  /** What a release draws. */
  readonly drawn: readonly { readonly need: Need; readonly line: number }[];
  readonly mandatory: boolean;
  readonly holdReason: string;
  /** How far the floor is, for executive orders. */
  readonly reported: 'nothing' | 'begun' | 'half';
}

type OrderFile = 'orders' | 'order_materials' | 'order_operations' | 'movements' | 'declarations';
type OrderRows = { readonly [F in OrderFile]: readonly RowOf<F>[] };

/** Orders generated from the plant's own bills, routings and calendars: the same master data give the same orders. */
export function generatedOrders(plant: PlantRows): OrderRows {
  const methods = methodsOf(plant);
  const schedule = scheduleOf(plant);
  const random = randomFrom(SEED);
  const days = schedule.workingDays(OFFICE_CALENDAR, FIRST_DAY, LAST_DAY);
  const orders = Array.from({ length: ORDERS }, (_, place) => {
    const start = days[Math.floor((place * days.length) / ORDERS)] ?? LAST_DAY;
    return planned(place, start, random, methods, schedule);
  });
  return {
    orders: orders.map(orderRow),
    order_materials: orders.flatMap(materialRows),
    order_operations: orders.flatMap(operationRows),
    movements: orders.flatMap(movementRows),
    declarations: orders.flatMap(declarationRows),
  };
}

function planned(
  place: number,
  start: CalendarDate,
  random: () => number,
  methods: Methods,
  schedule: Schedule,
): Planned {
  // Each order draws equally often, so that a change to one leaves the others as they are.
  const [which, many, floor] = [random(), random(), random()];
  const { item, variant = '' } = SPECIAL.get(place) ?? { item: itemBy(which) };
  const made = methods.item(item);
  const pieces = item === 'SP-BOM2000' ? 5 + Math.floor(many * 21) : 2 + Math.floor(many * 11);
  const plain = methods.steps(made.routing);
  const days = schedule.daysOf(plain, pieces, start);
  const steps = plain.map((step, at) => ({ ...step, ...(days[at] ?? { start, end: start }) }));
  const end = steps.at(-1)?.end ?? start;
  const needs = methods.needs(made.bom, quantity(String(pieces)));
  const numbered = needs.map((need, at) => ({ need, line: lineAt(at) }));
  const drawn = numbered.filter(({ need }) => methods.item(need.item).automatic);
  return {
    number: FIRST_NUMBER + place,
    made,
    variant,
    pieces,
    start,
    end,
    due: schedule.nextWorkingDay(OFFICE_CALENDAR, end),
    state: stateAtCutOff({ start, end }, LATE.has(place)),
    steps,
    needs,
    drawn,
    mandatory: place % 17 === 0,
    holdReason: ON_HOLD.get(place) ?? '',
    reported: floor < 1 / 3 ? 'nothing' : floor < 2 / 3 ? 'begun' : 'half',
  };
}

/** The items whose master data are complete; AutoDrip most often, because its release moves stock. */
const itemBy = (lot: number): string => (lot < 0.4 ? 'SP-SCM1004' : lot < 0.75 ? 'SP-SCM1009' : 'SP-BOM2000');

/** Numbers from 0 up to, not including, 1. Source: mulberry32, public domain. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Business Central numbers component lines so. */
const lineAt = (at: number): number => (at + 1) * 10_000;

/** The year is left to the reader: it is the year of the start date, also after the dates have been moved. */
const keyOf = ({ number }: Planned) => ({ number, lot: 0 });

/** Begun orders came there by a release if that made movements, else directly. */
function orderRow(order: Planned): RowOf<'orders'> {
  const { made, pieces, state } = order;
  const begun = state !== 'launched';
  const released = begun && order.drawn.length > 0;
  return {
    ...keyOf(order),
    item: made.item,
    variant: order.variant,
    quantity: pieces,
    unit: made.unit,
    start: order.start,
    end: order.end,
    due: order.due,
    work_centre: order.steps[0]?.workCentre ?? '',
    customer: GENERATED_CUSTOMER,
    site: SITE,
    job_order: GENERATED_JOB_ORDER,
    bom_level: made.item === 'SP-BOM2000' ? 2 : 1,
    mandatory: order.mandatory,
    hold_reason: order.holdReason,
    printed_on: begun ? order.start : '',
    state,
    origin: begun ? (released ? 'release' : 'direct') : '',
    released_on: released ? order.start : '',
    quantity_produced: state === 'fulfilled' ? pieces : 0,
  };
}

/** Warehouse and reason stay empty: the defaults decide at release. */
function materialRows(order: Planned): RowOf<'order_materials'>[] {
  return order.needs.map((need, at) => {
    const linked = order.steps.find(
      ({ routingLink }) => need.routingLink !== '' && routingLink === need.routingLink,
    );
    return {
      ...keyOf(order),
      line: lineAt(at),
      item: need.item,
      unit: need.unit,
      quantity_per: quantityText(need.per),
      fixed: need.fixed,
      quantity: quantityText(need.total),
      operation: linked?.operation ?? '',
      usage_date: linked?.start ?? order.start,
    };
  });
}

function operationRows(order: Planned): RowOf<'order_operations'>[] {
  return order.steps.map((step) => ({
    ...keyOf(order),
    operation: step.operation,
    work_centre: step.workCentre,
    machine: step.machine,
    description: step.description,
    start: step.start,
    end: step.end,
    productive: step.productive,
    movable: step.movable,
  }));
}

function movementRows(order: Planned): RowOf<'movements'>[] {
  if (order.state === 'launched') return [];
  return order.drawn.map(({ need, line }) => ({
    ...keyOf(order),
    line,
    part: 1,
    item: need.item,
    warehouse: MAIN,
    reason: CONSUMPTION,
    quantity: quantityText(need.total),
    unit: need.unit,
    posted_on: order.start,
  }));
}

/** What the floor has reported by the cut-off. */
function declarationRows(order: Planned): RowOf<'declarations'>[] {
  const [first] = order.steps;
  const last = order.steps.at(-1);
  if (order.state === 'fulfilled') {
    const closing = { quantity: order.pieces, closing: true };
    const when = { opened_on: last?.start ?? order.start, registered_on: order.end };
    return [{ ...keyOf(order), declaration: 1, operation: last?.operation ?? '', ...closing, ...when }];
  }
  // What starts today is not begun this morning.
  const begun = order.state === 'executive' && order.start < CUT_OFF && order.reported !== 'nothing';
  if (!begun || first === undefined) return [];
  const half = order.reported === 'half';
  return [
    {
      ...keyOf(order),
      declaration: 1,
      operation: first.operation,
      quantity: half ? Math.floor(order.pieces / 2) : 0,
      closing: false,
      opened_on: order.start,
      registered_on: half ? order.start : '',
    },
  ];
}
