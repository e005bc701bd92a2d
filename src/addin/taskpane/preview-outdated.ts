import { markedFor } from './store/marked';
import type { PaneState } from './store/state';

/**
 * Whether a run would take other orders by now than the preview judged: the planner marked or unmarked rows since, by hand or by a
 * formula. Orders that the planner leaves out are not missing from it. The preview of a forced release is about its own orders, whatever else is marked.
 */
export function isPreviewOutdated({ preview, view, marks, includeHidden, leftOut }: PaneState): boolean {
  if (preview === null || preview.forced !== null) return false;
  const { going } = markedFor(view, marks, includeHidden, leftOut);
  const judged = new Set(preview.outcomes.flatMap(({ key }) => (leftOut.includes(key) ? [] : [key])));
  return going.length !== judged.size || going.some(({ key }) => !judged.has(key));
}
