import type { Formats } from '../../language/formats';
import type { Translate } from '../texts';
import { type Further, type FurtherCriterion, isDays, kindOf } from './store/further-criteria';

/** What a criterion is called, as its column is where there is one. */
export const furtherNames = {
  due: 'column.due',
  end: 'column.end',
  usage: 'pane.find.usage',
  customer: 'column.customer',
  project: 'column.project',
  salesOrder: 'column.salesOrder',
  jobOrder: 'column.jobOrder',
  jobOrderType: 'column.jobOrderType',
  category: 'pane.find.category',
  variant: 'column.variant',
  bomLevel: 'column.bomLevel',
  site: 'column.site',
  machine: 'pane.find.machine',
  onHold: 'pane.find.onHold',
  printed: 'pane.find.printed',
  mandatory: 'column.mandatory',
  released: 'pane.find.released',
  releasedBy: 'column.releasedBy',
  runNumber: 'column.run',
} as const satisfies Record<FurtherCriterion, string>;

/** A criterion that is set, in a few words. */
export function furtherText(
  criterion: FurtherCriterion,
  further: Further,
  t: Translate,
  formats: Formats,
): string {
  return `${t(furtherNames[criterion])}: ${valueText(criterion, further, t, formats)}`;
}

function valueText(criterion: FurtherCriterion, further: Further, t: Translate, formats: Formats): string {
  if (isDays(criterion)) {
    const day = (field: `${typeof criterion}From` | `${typeof criterion}To`) => {
      const text = further[field] ?? '';
      return text === '' ? '…' : formats.day(text);
    };
    return `${day(`${criterion}From`)} – ${day(`${criterion}To`)}`;
  }
  const text = further[criterion] ?? '';
  return kindOf(criterion) === 'flag' ? t(`pane.find.flag.${text === 'true' ? 'true' : 'false'}`) : text;
}
