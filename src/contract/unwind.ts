import * as z from 'zod/mini';
import { OrderKeyText, QuantityText, Refusal } from './values';

/** What a step changes in one stock, if the steps before it are taken. */
export const UnwindChange = z.object({
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  lot: z.string(),
  unit: z.string(),
  warehouse: z.string(),
  warehouseName: z.string(),
  /** Positive raises the stock. */
  change: QuantityText,
  before: QuantityText,
  after: QuantityText,
});
export type UnwindChange = z.infer<typeof UnwindChange>;

const Step = {
  /** Why it would be refused once the steps before it are taken; empty: it would be taken. */
  refusals: z.array(Refusal),
  warnings: z.array(Refusal),
  changes: z.array(UnwindChange),
};

/** `rollBack` and `delete` are steps with a declaration, `reverse` and `cancel` with picking work. */
export const UnwindStep = z.discriminatedUnion('step', [
  z.object({ step: z.literal('rollBack'), declaration: z.int(), ...Step }),
  z.object({ step: z.literal('delete'), declaration: z.int(), ...Step }),
  z.object({ step: z.literal('reverse'), work: z.int(), line: z.int(), ...Step }),
  z.object({ step: z.literal('cancel'), work: z.int(), ...Step }),
  z.object({ step: z.literal('restore'), ...Step }),
]);
export type UnwindStep = z.infer<typeof UnwindStep>;

/** The way back of an order to launched: its steps in the order they must go, the restore last. */
export const Unwind = z.object({
  key: OrderKeyText,
  /** Of the order as it was looked at. */
  version: z.int(),
  steps: z.array(UnwindStep),
});
export type Unwind = z.infer<typeof Unwind>;
