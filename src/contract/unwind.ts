import * as z from 'zod/mini';
import { StockChange } from './stock-change';
import { OrderKeyText, Refusal } from './values';

const Step = {
  /** Why it would be refused once the steps before it are taken; empty: it would be taken. */
  refusals: z.array(Refusal),
  warnings: z.array(Refusal),
  changes: z.array(StockChange),
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
