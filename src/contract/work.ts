import * as z from 'zod/mini';
import { pickingPolicies, presets, reservationPolicies, shortagePolicies } from '../domain/policy';
import { workLineStates, workStates } from '../domain/work/work';
import { LotText } from './lots';
import { StockChange } from './stock-change';
import { Code, Cursor, Day, Limit, Moment, OrderKeyText, QuantityText, Slice } from './values';

/** So much of one lot of a material, picked from the storage and put to the input location in one step. */
export const WorkLine = z.object({
  /** Counts from 1 within the work. */
  line: z.int(),
  /** Line of the order's material. */
  material: z.int(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  lot: z.string(),
  unit: z.string(),
  pickFrom: z.string(),
  pickFromName: z.string(),
  /** The production input location; null where there is none: what is picked is withdrawn. */
  putTo: z.nullable(z.string()),
  putToName: z.string(),
  quantity: QuantityText,
  state: z.enum(workLineStates),
  /** What was found of it; null unless the line is confirmed. */
  picked: z.nullable(QuantityText),
  pickedAt: z.nullable(Moment),
  pickedBy: z.nullable(z.string()),
});
export type WorkLine = z.infer<typeof WorkLine>;

/** What the warehouse fetches for one order. */
export const Work = z.object({
  /** Counts from 1 within the company. */
  number: z.int(),
  order: OrderKeyText,
  state: z.enum(workStates),
  /** Of the run that made it. */
  runNumber: z.nullable(z.int()),
  madeAt: Moment,
  madeBy: z.string(),
  changedAt: Moment,
  changedBy: z.string(),
  lines: z.array(WorkLine),
});
export type Work = z.infer<typeof Work>;

/** A lot that a line may be confirmed with in place of the one it says. */
export const PickableLot = z.object({
  lot: z.string(),
  /** Its last good day; an expired one is refused. */
  expiresOn: z.nullable(Day),
  /** On hand in the storage. */
  onHand: QuantityText,
  /** Of that, promised to no other order; never below zero. */
  free: QuantityText,
  /** What lies of it at the input location; null where there is none. */
  atInput: z.nullable(QuantityText),
});
export type PickableLot = z.infer<typeof PickableLot>;

/** A line with what can be done with it next. */
export const WorkLineInHand = z.extend(WorkLine, {
  /** What confirming it as it says, or reversing it, would change in the stock by now; empty where neither can be done. */
  changes: z.array(StockChange),
  /** In the order they are proposed; empty unless the line is open and takes any lot of its item. */
  lots: z.array(PickableLot),
});
export type WorkLineInHand = z.infer<typeof WorkLineInHand>;
export const WorkOfOrder = z.extend(Work, { lines: z.array(WorkLineInHand) });
export type WorkOfOrder = z.infer<typeof WorkOfOrder>;
export const WorkList = z.object({ items: z.array(WorkOfOrder) });

/** Work in hand: open or in process; `run`: only what that run made. */
export const WorkSearch = z.strictObject({
  run: z.optional(z.uuid()),
  limit: z._default(Limit, 200),
  cursor: z.optional(Cursor),
});
export const WorkPage = Slice(Work);
export type WorkPage = z.infer<typeof WorkPage>;

const AboveZero = QuantityText.check(
  z.refine((text) => !text.startsWith('-') && /[1-9]/.test(text), { error: 'quantity' }),
);

/** More lots than anybody picks for one line. */
const mostLotsPicked = 20;
const PickedLot = z.object({ lot: LotText, quantity: AboveZero });

/** `quantity` left out: all that the line says. `lots` in place of it: from which lots it was picked; left out: from the one the line says. */
export const ConfirmLine = z
  .strictObject({
    quantity: z.optional(AboveZero),
    lots: z.optional(z.array(PickedLot).check(z.minLength(1), z.maxLength(mostLotsPicked))),
    postingDate: z.optional(Day),
  })
  .check(
    z.refine(({ quantity, lots }) => quantity === undefined || lots === undefined, {
      path: ['quantity'],
      error: 'orLots',
    }),
  );
export type ConfirmLine = z.input<typeof ConfirmLine>;

export const ConfirmAll = z.strictObject({ postingDate: z.optional(Day) });
export type ConfirmAll = z.input<typeof ConfirmAll>;

/** `quantity` left out: for the whole order; else for so much of what it makes, in `unit`: the order's, or another one that its item knows. */
export const MakeWork = z.strictObject({ quantity: z.optional(AboveZero), unit: z.optional(Code) }).check(
  z.refine(({ quantity, unit }) => unit === undefined || quantity !== undefined, {
    path: ['quantity'],
    error: 'ofUnit',
  }),
);
export type MakeWork = z.input<typeof MakeWork>;

const Policies = {
  shortage: z.enum(shortagePolicies),
  reservation: z.enum(reservationPolicies),
  picking: z.enum(pickingPolicies),
};

/** What holds for releases from now on; orders that are released keep the policies they were released under. */
export const CompanyPolicy = z.object({
  ...Policies,
  /** The system whose ways these are; null for ways of one's own. */
  preset: z.nullable(z.enum(presets)),
  /** How often they were changed. Whoever changes them says which version they read. */
  version: z.int(),
  /** Null as long as nobody changed what the plant was imported with. */
  changedAt: z.nullable(Moment),
  changedBy: z.nullable(z.string()),
});
export type CompanyPolicy = z.infer<typeof CompanyPolicy>;

const version = z.int().check(z.gte(0), z.lte(999_999_999));

/** The ways of a system, or each policy by itself; `version` is that of the policies as they were read. */
export const SetPolicy = z.union([
  z.strictObject({ version, preset: z.enum(presets) }),
  z.strictObject({ version, ...Policies }),
]);
export type SetPolicy = z.input<typeof SetPolicy>;
