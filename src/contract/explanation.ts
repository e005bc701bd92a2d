import * as z from 'zod/mini';
import { refusalCodes } from '../domain/refusals';
import { verdicts } from '../domain/rule';
import { Day, OrderKeyText, OrderState, Refusal } from './values';

/** How a rule stands for an order. */
export const ExplainedRule = z.object({
  code: z.enum(refusalCodes),
  /** `warned`: it keeps nobody from anything. */
  verdict: z.enum(verdicts),
  /** What it looked at, a line each; a param `context` names a case. */
  data: z.array(z.record(z.string(), z.string())),
  /** What it says no to, or warns of. */
  refusals: z.array(Refusal),
});
export type ExplainedRule = z.infer<typeof ExplainedRule>;

/** The rules of release, restore, merge and picking work for one order, looked at by itself. */
export const Explanation = z.object({
  key: OrderKeyText,
  version: z.int(),
  state: OrderState,
  /** Of the release and the picks that are explained. */
  postingDate: Day,
  release: z.array(ExplainedRule),
  restore: z.array(ExplainedRule),
  merge: z.array(ExplainedRule),
  /** Of confirming what is open in its picking work, and of making work for what is left; none where nothing is picked by work. */
  work: z.array(ExplainedRule),
});
export type Explanation = z.infer<typeof Explanation>;

export const ExplanationQuery = z.strictObject({
  /** Of the release. Default: today in the plant. */
  postingDate: z.optional(Day),
});
