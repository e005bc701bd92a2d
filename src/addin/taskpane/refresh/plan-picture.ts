import type { PlannedOperation, RefreshedOrder, RefreshPreview } from '../../../contract/refresh';
import { DAY, isoDay, type PlantClock } from '../../plant-clock';

/** A bar of a plan, as shares of its width: 0 is the first moment shown, 1 the last. */
export interface Bar {
  readonly from: number;
  readonly to: number;
}

/** What takes time: an order as a whole or one of its operations, before and after; null where it has no times. */
export interface PlanRow {
  readonly key: string;
  readonly label: string;
  /** What the label does not say. */
  readonly detail: string;
  readonly before: Span | null;
  readonly after: Span | null;
}

/** From when to when, as wire text. */
export interface Span {
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface Plan {
  readonly rows: readonly (PlanRow & {
    readonly bars: { readonly before: Bar | null; readonly after: Bar | null };
  })[];
  /** The days to be named below it, with where they begin. */
  readonly ticks: readonly { readonly day: string; readonly at: number }[];
  /** Days on which nobody works. */
  readonly closed: readonly Bar[];
}

/** More names than these touch each other in the narrowest pane. */
const MOST_TICKS = 5;
/** Days between two names: so that they stand where a planner counts, on the same weekday at the latest. */
const STEPS = [1, 2, 7, 14, 28, 56, 112, 364];

/** The orders of a preview, one a row. */
export function orderRows(orders: readonly RefreshedOrder[]): PlanRow[] {
  return orders.map(({ key, operationsBefore, operations }) => ({
    ...{ key, label: key, detail: '' },
    before: spanOf(operationsBefore),
    after: spanOf(operations),
  }));
}

/** The operations of one order; one that is only on one side has a bar there alone. */
export function operationRows({ operationsBefore, operations }: RefreshedOrder): PlanRow[] {
  const before = new Map(operationsBefore.map((each) => [idOf(each), each]));
  const after = new Map(operations.map((each) => [idOf(each), each]));
  const all = [...new Map([...before, ...after]).values()].sort(
    (a, b) => a.orderLine - b.orderLine || a.operation - b.operation,
  );
  const severalLines = new Set(all.map(({ orderLine }) => orderLine)).size > 1;
  return all.map((shown) => {
    const [was, is] = [before.get(idOf(shown)), after.get(idOf(shown))];
    const { orderLine, operation, workCentre, machine, description } = shown;
    return {
      key: idOf(shown),
      label: `${operation} ${description}`.trim(),
      detail: [severalLines ? `${orderLine}` : '', workCentre, machine]
        .filter((part) => part !== '')
        .join(' · '),
      before: was ? spanOf([was]) : null,
      after: is ? spanOf([is]) : null,
    };
  });
}

/** Places bars on the plant's days, from the first day that has one to the last. Null where nothing has times. */
export function planOf(
  rows: readonly PlanRow[],
  closedDays: RefreshPreview['closedDays'],
  clock: PlantClock,
): Plan | null {
  const placed = rows.map((row) => ({
    row,
    before: momentsOf(row.before, clock),
    after: momentsOf(row.after, clock),
  }));
  const moments = placed.flatMap(({ before, after }) => [...(before ?? []), ...(after ?? [])]);
  if (moments.length === 0) return null;
  // Many orders have more operations than a call takes arguments.
  const first = Math.floor(moments.reduce((least, at) => Math.min(least, at)) / DAY);
  const last = Math.max(first + 1, Math.ceil(moments.reduce((most, at) => Math.max(most, at)) / DAY));
  const share = (at: number) => (at - first * DAY) / ((last - first) * DAY);
  const barOf = (moments: readonly [number, number] | null) =>
    moments && { from: share(moments[0]), to: share(moments[1]) };
  return {
    rows: placed.map(({ row, before, after }) => ({
      ...row,
      bars: { before: barOf(before), after: barOf(after) },
    })),
    ticks: ticksOf(first, last).map((day) => ({ day: isoDay(day), at: share(day * DAY) })),
    closed: closedDays.flatMap((text) => {
      const day = Date.parse(text) / DAY;
      return day < first || day >= last ? [] : [{ from: share(day * DAY), to: share((day + 1) * DAY) }];
    }),
  };
}

/** How many rows start earlier or later than they did, or as they did; those that are new or gone do not count. */
export function shiftsOf(rows: readonly PlanRow[]): Record<'earlier' | 'later' | 'unmoved', number> {
  const shifted = rows.flatMap(({ before, after }) =>
    before === null || after === null ? [] : [Date.parse(after.startsAt) - Date.parse(before.startsAt)],
  );
  return {
    earlier: shifted.filter((by) => by < 0).length,
    later: shifted.filter((by) => by > 0).length,
    unmoved: shifted.filter((by) => by === 0).length,
  };
}

function spanOf(operations: readonly Pick<PlannedOperation, 'startsAt' | 'endsAt'>[]): Span | null {
  const spans = operations.flatMap(({ startsAt, endsAt }) =>
    startsAt === null || endsAt === null ? [] : [{ startsAt, endsAt }],
  );
  if (spans.length === 0) return null;
  // Texts of moments in UTC sort as the moments do.
  return spans.reduce((whole, { startsAt, endsAt }) => ({
    startsAt: startsAt < whole.startsAt ? startsAt : whole.startsAt,
    endsAt: endsAt > whole.endsAt ? endsAt : whole.endsAt,
  }));
}

function momentsOf(span: Span | null, clock: PlantClock): readonly [number, number] | null {
  return span && [clock(span.startsAt), clock(span.endsAt)];
}

function ticksOf(first: number, last: number): number[] {
  const days = last - first;
  const step = STEPS.find((each) => days / each <= MOST_TICKS) ?? Math.ceil(days / MOST_TICKS);
  return Array.from({ length: Math.ceil(days / step) }, (_, place) => first + place * step);
}

const idOf = ({ orderLine, operation }: PlannedOperation) => `${orderLine} ${operation}`;
