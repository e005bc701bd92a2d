import type { OrderContentChange } from '../../../contract/refresh';
import type { Formats } from '../../../language/formats';
import { fieldKind } from '../../sync/field-kinds';
import type { Translate } from '../../texts';

type FieldChange = OrderContentChange['fields'][number];

const none = '–';

/** `Material 20 SP-SCM1009: added`: what a refresh does, and to what. */
export function changeTitle({ part, kind, number, name }: OrderContentChange, t: Translate): string {
  const what = [t(`change.part.${part}`), number, name].filter((each) => each !== null && each !== '');
  return `${what.join(' ')}: ${t(`change.kind.${kind}`)}`;
}

/** `Quantity: 10 → 12` in the planner's forms; moments by the clock that the formats have. */
export function fieldText({ field, before, after }: FieldChange, t: Translate, formats: Formats): string {
  const value = (text: string | null) =>
    text === null || text === '' ? none : valueText(field, text, t, formats);
  return t('pane.refresh.changed.field', {
    ...{ field: t(`change.field.${field}`), before: value(before), after: value(after) },
  });
}

function valueText(field: string, text: string, t: Translate, formats: Formats): string {
  switch (fieldKind(field)) {
    case 'moment':
      return formats.moment(text);
    case 'day':
      return formats.day(text);
    case 'flag':
      return t(text === 'true' ? 'change.yes' : 'change.no');
    case 'unit':
      return t(`change.unit.${text}`);
    case 'quantity':
      return formats.quantity(text);
    case 'text':
      return text;
  }
}
