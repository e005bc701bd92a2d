import * as z from 'zod/mini';
import { OutcomeResult, RunCommand } from './runs';
import { Moment, OrderKeyText } from './values';

/** A row of a run's log: what became of one order, for whoever asks later. */
export const RunLogRow = z.object({
  /** Number of the run. */
  run: z.int(),
  command: RunCommand,
  order: OrderKeyText,
  /** What the order makes; empty when there is no such order any more. */
  item: z.string(),
  description: z.string(),
  result: OutcomeResult,
  /** The rules that said no, or warned. */
  codes: z.array(z.string()),
  /** The same as sentences in the caller's language. */
  reasons: z.array(z.string()),
  /** How many movements were posted or taken back. */
  movements: z.int(),
  by: z.string(),
  at: Moment,
});
export type RunLogRow = z.infer<typeof RunLogRow>;
