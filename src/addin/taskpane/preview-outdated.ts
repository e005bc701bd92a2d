import { markedFor } from './store/marked';
import type { PaneState, ShownPreview } from './store/state';

/**
 * Whether a run would take other orders by now than the preview judged, or draw them from other lots: the planner marked or unmarked rows
 * since, by hand or by a formula, or typed into the sheet of lots. Orders that the planner leaves out are not missing from it. The preview of a forced release is about its own orders, whatever else is marked.
 */
export function isPreviewOutdated(state: PaneState): boolean {
  const { preview, view, marks, includeHidden, leftOut } = state;
  if (preview === null || preview.forced !== null) return false;
  const { going } = markedFor(view, marks, includeHidden, leftOut);
  const judged = new Set(preview.outcomes.flatMap(({ key }) => (leftOut.includes(key) ? [] : [key])));
  return (
    going.length !== judged.size || going.some(({ key }) => !judged.has(key)) || hasOtherLots(state, judged)
  );
}

/** Whether the sheet chooses other lots for these orders than the preview was asked with, or says some that nobody can read. */
function hasOtherLots({ preview, lotsInSheet }: PaneState, judged: ReadonlySet<string>): boolean {
  if (lotsInSheet === null) return false;
  const { chosen, unreadable } = lotsInSheet;
  const textOf = (lots: NonNullable<ShownPreview['chosenLots']>) =>
    lots
      .filter(({ order }) => judged.has(order))
      .map((line) => JSON.stringify(line))
      .sort()
      .join();
  return (
    unreadable.some(({ order }) => judged.has(order)) ||
    textOf([...chosen]) !== textOf(preview?.chosenLots ?? [])
  );
}
