import type { ExplainedRule, Explanation } from '../../contract/explanation';

/** The rules of one thing that may be done with an order, under its title. */
interface ExplainedPart {
  readonly title: 'pane.tab.release' | 'pane.tab.restore' | 'pane.merge' | 'pane.picking';
  readonly rules: readonly ExplainedRule[];
}

/** What can be done next with an order comes first; what is said of the rest is what applies to it. */
export function explainedParts({ state, release, restore, merge, work }: Explanation): ExplainedPart[] {
  const applying = release.filter(({ verdict }) => verdict !== 'notApplicable');
  const isSplit = merge.some(({ code, verdict }) => code === 'SPL-05' && verdict === 'pass');
  const picks = state === 'executive' ? work : [];
  const parts: ExplainedPart[] = [
    ...(state === 'launched' ? [] : [{ title: 'pane.tab.restore', rules: restore } as const]),
    { title: 'pane.tab.release', rules: state === 'launched' ? release : applying },
    { title: 'pane.merge', rules: isSplit ? merge : [] },
    { title: 'pane.picking', rules: picks },
  ];
  return parts.filter(({ rules }) => rules.length > 0);
}
