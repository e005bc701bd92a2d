import type { Formats } from './formats';
import type { TextKey } from './text';

const QUANTITIES = new Set([
  'need',
  'available',
  'short',
  'reserved',
  'expired',
  'onHand',
  'quantity',
  'wanted',
  'produced',
  'whole',
  'rest',
]);
const DAYS = new Set(['date', 'from', 'to']);
const STATES = [
  'state.launched',
  'state.executive',
  'state.fulfilled',
  'state.historical',
  'workState.open',
  'workState.in_process',
  'workState.closed',
  'workState.cancelled',
] as const satisfies readonly TextKey[];

const SENTENCE_END = /\. (?=\p{Lu})/gu;

/** Fills one text of the catalogue. */
type Say = (key: TextKey, params: Readonly<Record<string, string>>) => string;

/** A refusal as the contract has it: its code, what fills its text, and whether it may be forced. */
interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly forceable?: boolean | undefined;
}

/**
 * Why a rule says no, as a sentence for the planner: quantities, days, moments and states of the wire in the planner's own form
 * and words; and whether it may be forced.
 */
export function refusalText({ code, params, forceable }: Reason, say: Say, formats: Formats): string {
  // Every code has its text.
  const text = say(`refusal.${code}` as TextKey, filling(params, say, formats));
  return forceable ? say('refusal.canBeForced', { text }) : text;
}

/**
 * Several reasons, a sentence or more each, in their sequence. What to do is said once, by the last of those that end with the same
 * sentences: an order that lacks five materials would say five times to wait for them.
 */
export function refusalTexts(reasons: readonly Reason[], say: Say, formats: Formats): string[] {
  const texts = reasons.map((reason) => refusalText(reason, say, formats));
  return texts.map((text, place) => {
    const next = texts[place + 1];
    if (next === undefined || reasons[place]?.code !== reasons[place + 1]?.code) return text;
    const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => index + 1);
    const said = ends.find((end) => next.endsWith(text.slice(end)));
    return text.slice(0, said);
  });
}

/** What a rule asks for, as a sentence: what holds of an order that it lets go. */
export function ruleText(code: string, say: Say): string {
  // Every rule has its text.
  return say(`rule.${code}` as TextKey, {});
}

/** A line of what a rule looked at. */
export function ruleDataText(
  code: string,
  data: Readonly<Record<string, string>>,
  say: Say,
  formats: Formats,
): string {
  // Every rule has a text for what it looks at.
  return say(`explain.${code}` as TextKey, filling(data, say, formats));
}

/** Params as the planner reads them. */
function filling(
  params: Readonly<Record<string, string>>,
  say: Say,
  formats: Formats,
): Record<string, string> {
  const shown = Object.entries(params).map(([name, value]) => [name, shownParam(name, value, say, formats)]);
  const filled = Object.fromEntries(shown) as Record<string, string>;
  return { ...filled, item: shownItem(filled, say) };
}

/** The item, with the variant and the lot whose stock is meant. */
function shownItem(
  { item = '', variant = '', lot = '' }: Readonly<Record<string, string>>,
  say: Say,
): string {
  if (variant !== '' && lot !== '') return say('refusal.item.variantAndLot', { item, variant, lot });
  if (variant !== '') return say('refusal.item.variant', { item, variant });
  return lot === '' ? item : say('refusal.item.lot', { item, lot });
}

function shownParam(name: string, value: string, say: Say, formats: Formats): string {
  if (QUANTITIES.has(name)) return formats.quantity(value);
  if (DAYS.has(name)) return formats.day(value);
  if (name === 'at') return formats.moment(value);
  const state = STATES.find((key) => key === `${name}.${value}`);
  return state === undefined ? value : say(state, {}).toLowerCase();
}
