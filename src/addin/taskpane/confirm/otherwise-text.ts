import type { CalendarDate } from '../../../domain/calendar';
import type { Translate } from '../../texts';
import type { Otherwise } from '../store/release-choices';

/** What holds for one order and not for the others, in words, in the order in which it is chosen; empty where nothing is. */
export function otherwiseText(
  { references, split, day, papers }: Otherwise,
  t: Translate,
  dayText: (day: CalendarDate) => string,
): string {
  const said = [
    references !== undefined && t(`pane.confirm.references.${references ? 'one' : 'not'}`),
    split !== undefined && t(`pane.confirm.split.${split ? 'one' : 'not'}`),
    day !== undefined && t('pane.confirm.posting.one', { day: dayText(day) }),
    papers?.length === 0 && t('pane.confirm.papers.none'),
    ...(papers ?? []).map((kind) => t(`paper.${kind}`)),
  ];
  return said.filter((text) => text !== false).join(' · ');
}
