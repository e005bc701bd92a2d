import * as z from 'zod/mini';
import { AnyPaperKinds } from './papers';

/** How the orders of a release go where its user says nothing of them; what each means is said at the fields of the run request. */
export const ReleaseDefaults = z.strictObject({
  references: z.boolean(),
  split: z.boolean(),
  /** One named twice counts once. */
  papers: AnyPaperKinds,
});
export type ReleaseDefaults = z.infer<typeof ReleaseDefaults>;

/** Of whoever saved none. */
export const usualDefaults: ReleaseDefaults = { references: false, split: true, papers: [] };
