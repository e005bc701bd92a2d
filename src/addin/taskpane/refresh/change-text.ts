import type { OrderContentChange } from '../../../contract/refresh';
import type { Formats } from '../../../language/formats';
import type { Translate } from '../../texts';

type FieldChange = OrderContentChange['fields'][number];

const none = '–';
const moments = new Set(['startsAt', 'endsAt', 'usageAt']);
const days = new Set(['dueOn', 'usageOn']);
const flags = new Set(['fixed', 'productive', 'movable']);
const units = new Set(['setupUnit', 'runUnit', 'waitUnit', 'moveUnit']);
/** Names, not numbers, even where they look like some. */
const texts = new Set([
  ...['unit', 'bom', 'bomVersion', 'routing', 'routingVersion', 'lot', 'warehouse', 'reason', 'workCentre'],
  ...['machine', 'description', 'routingLink', 'nextOperations', 'operation'],
]);

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
  if (moments.has(field)) return formats.moment(text);
  if (days.has(field)) return formats.day(text);
  if (flags.has(field)) return t(text === 'true' ? 'change.yes' : 'change.no');
  if (units.has(field)) return t(`change.unit.${text}`);
  return texts.has(field) ? text : formats.quantity(text);
}
