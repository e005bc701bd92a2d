import type { Refusal } from '../domain/refusals';
import { orderStates } from '../domain/order';
import type { Formats } from './formats';
import type { Translate } from './texts';

const QUANTITIES = new Set(['need', 'available', 'short', 'reserved', 'quantity', 'produced']);
const DAYS = new Set(['date', 'from', 'to']);

/**
 * Why a rule says no, as a sentence for the planner: quantities, days, moments and states of the wire in the planner's own form
 * and words; and whether it may be forced.
 */
export function refusalText({ code, params, forceable }: Refusal, t: Translate, formats: Formats): string {
  const shown = Object.entries(params).map(([name, value]) => [name, shownParam(name, value, t, formats)]);
  const text = t(`refusal.${code}`, Object.fromEntries(shown) as Record<string, string>);
  return forceable ? t('refusal.canBeForced', { text }) : text;
}

function shownParam(name: string, value: string, t: Translate, formats: Formats): string {
  if (QUANTITIES.has(name)) return formats.quantity(value);
  if (DAYS.has(name)) return formats.day(value);
  if (name === 'at') return formats.moment(value);
  if (name === 'state' && orderStates.some((state) => state === value))
    return t(`state.${value}`).toLowerCase();
  return value;
}
