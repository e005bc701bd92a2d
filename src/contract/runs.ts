import * as z from 'zod/mini';
import { isCalendarDate, type CalendarDate } from '../domain/calendar';
import { missingWithLines } from '../domain/refresh/options';
import { supplyKinds } from '../domain/shortage/shortage';
import { commands } from '../domain/transitions';
import { ChosenLots, isEachLineOnce, LotsOfLine, LotsOfStock } from './lots';
import { Movement } from './movements';
import { OrderRow } from './orders';
import { AnyPaperKinds, PaperKinds } from './papers';
import { refreshFields, RefreshOptions, RefreshPreview, Wanted, wantsSomething } from './refresh';
import {
  Cursor,
  Day,
  Limit,
  listOf,
  Moment,
  OrderKeyText,
  OrderState,
  QuantityText,
  Reason,
  Refusal,
  Slice,
} from './values';

export const mostOrdersOfARun = 50_000;

/** One command over many orders; with `dryRun` nothing is written and the answer is a {@link Preview}. */
const RunBody = z.object({
  command: z.enum(commands),
  /** In the order scarce stock is to be given out when `sequence` is `asGiven`. A key given twice acts once. */
  orders: z
    .array(
      z.object({
        key: OrderKeyText,
        version: z.int().check(z.gte(0), z.lte(2_147_483_647)),
        /** Of this order, where it is to be otherwise than of the others; `references` likewise. */
        split: z.optional(z.boolean()),
        references: z.optional(z.boolean()),
        /** Day of its movements, and its papers, empty for none. Sub-orders that go along with it take both over. */
        postingDate: z.optional(Day),
        papers: z.optional(AnyPaperKinds),
        ...Wanted.shape,
      }),
    )
    .check(z.minLength(1), z.maxLength(mostOrdersOfARun)),
  /** `byStart`: a release goes by start date, then key; a restore gives nothing out and keeps the order given. */
  sequence: z._default(z.enum(['byStart', 'asGiven']), 'byStart'),
  /** Day of the movements of a release, also of one within a refresh. Default: today in the plant. */
  postingDate: z.optional(Day),
  /** Releases in spite of the refusals that are `forceable`; needs the right to. */
  force: z.optional(z.object({ reason: Reason })),
  /** Releases as many as stock allows, in sequence: an order that does not fit is `skipped`, and nothing goes below zero. Not with `force`. */
  asStockAllows: z._default(z.boolean(), false),
  /**
   * Whether a release may split orders, where the company splits what stock does not cover: a part goes, the rest becomes an order of its
   * own. Default: it may.
   */
  split: z.optional(z.boolean()),
  /** The lots that a release draws from, by order and line; where nothing is chosen, those of the preview. */
  lots: z.optional(z.array(ChosenLots).check(z.maxLength(mostOrdersOfARun))),
  /**
   * Whether the sub-orders of what is released go with it: launched orders below it, never above, each judged by itself and with an outcome
   * of its own. With `asGiven` they follow their order. Default: they do not.
   */
  references: z.optional(z.boolean()),
  /** Papers that are to be printed of what is released; an order that cannot have one goes all the same, with a warning (REL-16). */
  papers: z.optional(PaperKinds),
  /** How a refresh calculates. */
  ...RefreshOptions.shape,
  /** Why the orders are put on hold, or why the hold is lifted. A hold needs it. */
  reason: z.optional(Reason),
  dryRun: z._default(z.boolean(), false),
});
type RunBody = z.infer<typeof RunBody>;

/** Whether orders may be released: a refresh that restores executive orders releases them again. */
const releases = ({ command, executive }: Pick<RunBody, 'command' | 'executive'>) =>
  command === 'release' || (command === 'refresh' && executive === 'restoreAndRelease');

/** What goes with one command only is refused with the others: taken for done it would mislead. */
export const RunRequest = RunBody.check(
  z.refine(({ command, force }: RunBody) => command === 'release' || force === undefined, {
    path: ['force'],
    error: 'releaseOnly',
  }),
  z.refine(({ command, asStockAllows }: RunBody) => command === 'release' || !asStockAllows, {
    path: ['asStockAllows'],
    error: 'releaseOnly',
  }),
  z.refine(({ force, asStockAllows }: RunBody) => force === undefined || !asStockAllows, {
    path: ['asStockAllows'],
    error: 'withoutForce',
  }),
  z.refine(({ command, split }: RunBody) => command === 'release' || split === undefined, {
    path: ['split'],
    error: 'releaseOnly',
  }),
  z.refine(({ command, references }: RunBody) => command === 'release' || references === undefined, {
    path: ['references'],
    error: 'releaseOnly',
  }),
  z.refine(
    ({ command, orders }: RunBody) =>
      command === 'release' ||
      orders.every(({ split, references, postingDate, papers }) =>
        [split, references, postingDate, papers].every((said) => said === undefined),
      ),
    { path: ['orders'], error: 'releaseOnly' },
  ),
  z.refine(({ command, lots }: RunBody) => command === 'release' || lots === undefined, {
    path: ['lots'],
    error: 'releaseOnly',
  }),
  z.refine(({ lots }: RunBody) => isEachLineOnce(lots ?? []), { path: ['lots'], error: 'lineOnce' }),
  z.refine(
    ({ lots = [], orders, references }: RunBody) => {
      const takesReferences = references === true || orders.some((order) => order.references === true);
      const keys = new Set(lots.length === 0 ? [] : orders.map(({ key }) => key));
      // Which orders go along with others, only the book knows.
      return takesReferences || lots.every(({ order }) => keys.has(order));
    },
    { path: ['lots'], error: 'otherOrder' },
  ),
  z.refine(({ command, papers }: RunBody) => command === 'release' || papers === undefined, {
    path: ['papers'],
    error: 'releaseOnly',
  }),
  z.refine((body: RunBody) => releases(body) || body.postingDate === undefined, {
    path: ['postingDate'],
    error: 'releaseOnly',
  }),
  z.refine(({ command, reason }: RunBody) => command !== 'hold' || reason !== undefined, {
    path: ['reason'],
    error: 'missing',
  }),
  z.refine(
    ({ command, reason }: RunBody) => command === 'hold' || command === 'lift' || reason === undefined,
    {
      path: ['reason'],
      error: 'holdOnly',
    },
  ),
  ...refreshFields.map((field) =>
    z.refine<RunBody>((body) => body.command === 'refresh' || body[field] === undefined, {
      path: [field],
      error: 'refreshOnly',
    }),
  ),
  z.refine(({ command, orders }: RunBody) => command === 'refresh' || !orders.some(wantsSomething), {
    path: ['orders'],
    error: 'refreshOnly',
  }),
  z.refine(({ calculate }: RunBody) => !calculate || missingWithLines(calculate).length === 0, {
    path: ['calculate', 'lines'],
    error: 'withLines',
  }),
);
export type RunRequest = z.input<typeof RunRequest>;

export const OutcomeResult = z.enum([
  'released',
  'restored',
  'merged',
  'declared',
  'held',
  'lifted',
  'created',
  'changed',
  'reserved',
  'unreserved',
  'printed',
  'worked',
  'refreshed',
  'skipped',
  'refused',
  'failed',
]);
export type OutcomeResult = z.infer<typeof OutcomeResult>;

/** What became of one order; in a preview, what would become of it. */
export const Outcome = z.object({
  key: OrderKeyText,
  result: OutcomeResult,
  refusals: z.array(Refusal),
  warnings: z.array(Refusal),
  /** How many movements were posted or taken back. */
  movements: z.int(),
  /** These very movements, as they are now; only where they were asked for. */
  movementList: z.optional(z.array(Movement)),
  /**
   * Only in the preview of a release, of an order that stock keeps: the first day on which stock and what is on its way cover all its
   * materials, those of the orders before it taken off; null where they never do.
   */
  feasibleOn: z.optional(z.nullable(Day)),
  /** The order as it is now; null when there is no such order. */
  order: z.nullable(OrderRow),
  /** Only in the preview of a release, of a sub-order: the marked order that takes it along. */
  goesWith: z.optional(OrderKeyText),
  /** The other order that came or went with it, as it is now: the rest of what was released in part, the other half of what was merged. */
  other: z.optional(OrderRow),
});
export type Outcome = z.infer<typeof Outcome>;

export const RunState = z.enum(['open', 'done', 'cancelled']);
export const RunCommand = z.enum([
  ...commands,
  'create',
  'change',
  'reserve',
  'print',
  'work',
  'declare',
  'import',
]);

export const RunSummary = z.object({
  id: z.uuid(),
  /** Counts from 1 within the company: what people say. */
  number: z.int(),
  command: RunCommand,
  state: RunState,
  actor: z.string(),
  openedAt: Moment,
  closedAt: z.nullable(Moment),
  /** Day of the movements of a release; those of single orders may have another one. */
  postingDate: z.nullable(Day),
  /** Of a release the papers it asked for, of a print those it made; left out or null where there are none. */
  papers: z.nullish(PaperKinds),
  /** Whether a release asked for other papers of single orders, or a print made others. */
  ownPapers: z.optional(z.boolean()),
  /** Number of the run that this one undoes. */
  undoes: z.nullable(z.int()),
  /** Orders of the run, and how many of them have their outcome: what follows comes to `done`. */
  total: z.int(),
  done: z.int(),
  succeeded: z.int(),
  refused: z.int(),
  /** Passed over: stock did not allow them where only as many went as it does, or there was nothing to do for them. */
  skipped: z.int(),
  failed: z.int(),
  movements: z.int(),
  /**
   * How many of its orders an undo would restore now: released by it, executive by it still, and not changed since. Always 0 for
   * other commands.
   */
  undoable: z.int(),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const OutcomePage = Slice(Outcome);
export type OutcomePage = z.infer<typeof OutcomePage>;
export const OutcomeSearch = z.object({
  result: z.optional(listOf(OutcomeResult)),
  /** `movements`: each outcome comes with the movements that this run posted or took back for it. */
  include: z.optional(listOf(z.enum(['movements']))),
  limit: z._default(Limit, 1000),
  cursor: z.optional(Cursor),
});

/** A day of the plant, or `today`. */
const DayOrToday = z.string().check(
  z.refine((text) => text === 'today' || isCalendarDate(text), { error: 'dayOrToday' }),
  z.meta({ description: 'A day of the plant, or `today`', examples: ['today', '2026-11-20'] }),
) as unknown as z.ZodMiniType<CalendarDate | 'today', string>;

/** Criteria combine with AND; those left out do not restrict. */
export const RunSearch = z.object({
  /** Opened on these days of the plant, both included. */
  from: z.optional(DayOrToday),
  to: z.optional(DayOrToday),
  /** Opened by whoever asks. */
  mine: z.optional(z.literal('true')),
  actor: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
  state: z.optional(listOf(RunState)),
  command: z.optional(listOf(RunCommand)),
  /** Runs that changed this order, and those that refused it, passed it over or failed with it. */
  order: z.optional(OrderKeyText),
  limit: z._default(Limit, 50),
  cursor: z.optional(Cursor),
});

export const RunPage = Slice(RunSummary);
export type RunPage = z.infer<typeof RunPage>;

/** Restores the orders a run released; with `dryRun` nothing is written and the answer is a {@link Preview}. */
export const UndoRequest = z.object({ dryRun: z._default(z.boolean(), false) });
export type UndoRequest = z.input<typeof UndoRequest>;

/** The first page of outcomes comes along; while the run is open there are none yet. */
export const RunReply = z.object({
  run: RunSummary,
  /** True when this request had been carried out before and its stored outcomes are returned. */
  replayed: z.boolean(),
  outcomes: OutcomePage,
});
export type RunReply = z.infer<typeof RunReply>;

/** What is on its way into a stock. */
export const Supply = z.object({
  /** `order`: an open order that makes it; the others are documents of other systems. */
  kind: z.enum(supplyKinds),
  /** Number of the document; of an order its key. */
  document: z.string(),
  quantity: QuantityText,
  /** When it is due; of an order, when it ends. It may be late. */
  on: Day,
  /** Of an order. */
  state: z.nullable(OrderState),
});
export type Supply = z.infer<typeof Supply>;

/** What a stock lacks for one order when its turn comes. */
export const ShortageOfOrder = z.object({
  key: OrderKeyText,
  need: QuantityText,
  /** Never below zero. */
  available: QuantityText,
  short: QuantityText,
  /** The open order of the same job order that makes it, the first to end; null where there is none. */
  subOrder: z.nullable(Supply),
  /** The first day on which this stock covers it; null where what is on its way never does. */
  feasibleOn: z.nullable(Day),
});

export const Shortage = z.object({
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  warehouse: z.string(),
  lot: z.string(),
  unit: z.string(),
  /** Of all marked orders together, against what the stock holds. */
  need: QuantityText,
  /** Never below zero. */
  available: QuantityText,
  /** What has to come in before all of them can go: more than the need where others were promised more than there is. */
  missing: QuantityText,
  /** What is on its way, the earliest first: five at most. */
  supplies: z.array(Supply),
  /** How many more there are. */
  moreSupplies: z.int(),
  /** The first open order to end that makes it; null where there is none. */
  maker: z.nullable(Supply),
  /** The orders it leaves short, in sequence. */
  orders: z.array(ShortageOfOrder),
});
export type Shortage = z.infer<typeof Shortage>;

export const WarehouseTotal = z.object({ warehouse: z.string(), name: z.string(), movements: z.int() });
export type WarehouseTotal = z.infer<typeof WarehouseTotal>;

/** So much of a material that would be fetched for an order. */
export const PlannedLine = z.object({
  order: OrderKeyText,
  /** Line of the order's material. */
  material: z.int(),
  item: z.string(),
  variant: z.string(),
  lot: z.string(),
  unit: z.string(),
  quantity: QuantityText,
  pickFrom: z.string(),
  /** The production input location; null where there is none. */
  putTo: z.nullable(z.string()),
});

/** The picking work that a release would make. */
export const PlannedWork = z.object({
  /** How many orders something would be fetched for. */
  orders: z.int(),
  /** Those it would be fetched from, that with most lines first. */
  warehouses: z.array(z.object({ warehouse: z.string(), name: z.string(), lines: z.int() })),
  /** The first hundred, in the order of the orders. */
  lines: z.array(PlannedLine),
  /** How many more there are. */
  moreLines: z.int(),
});
export type PlannedWork = z.infer<typeof PlannedWork>;

export const LoadOfDay = z.object({
  workCentre: z.string(),
  name: z.string(),
  day: Day,
  /**
   * Operations in hand on this day, counted from the first day of each to its last, but for no more than 366 days: of orders that
   * would be released,
   */
  going: z.int(),
  /** and of launched orders that would stay so. */
  refused: z.int(),
});
export type LoadOfDay = z.infer<typeof LoadOfDay>;

/** What a run would do, judged by the very rules of the run itself. Nothing is written. */
export const Preview = z.object({
  command: z.enum(commands),
  at: Moment,
  outcomes: z.array(Outcome),
  /** Movements that would be posted or taken back, by warehouse. */
  warehouses: z.array(WarehouseTotal),
  /** Stocks that leave at least one order short, most missing first. */
  shortages: z.array(Shortage),
  /** What each line would be drawn from that is managed by lot and names none; only of a release. */
  lots: z.array(LotsOfLine),
  /** The lots of everything these lines need. */
  lotStocks: z.array(LotsOfStock),
  /** What a release would give work centres to do, by work centre, then day; empty for other commands. */
  load: z.array(LoadOfDay),
  /** Only of a release in a company that works by picking work. */
  picking: z.optional(PlannedWork),
  /** What exactly a refresh would change; only of a refresh. */
  refresh: z.optional(RefreshPreview),
});
export type Preview = z.infer<typeof Preview>;
