/**
 * The codes of every rule. A code is a promise: it keeps its meaning, and its text in `language` under `refusal.<code>`
 * says why and what to do next. Source of the REL, RES and CHG rules: Fluentis, production orders release.
 */
export const refusalCodes = [
  'ORD-01',
  'REL-01',
  'REL-03',
  'REL-08',
  'REL-10',
  'RES-01',
  'RES-02',
  'RES-03',
  'RES-07',
  'RES-08',
  'CHG-01',
  'DEC-01',
  'DEC-02',
  'DEC-04',
  'DEC-05',
  'DEC-06',
  'DEC-07',
  'DEC-08',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/**
 * Why a rule says no, or warns. `params` fill the text: quantities and dates as their wire text, states as state names;
 * whoever shows the text gives them the reader's form.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

export function refusal(code: RefusalCode, params: Readonly<Record<string, string>> = {}): Refusal {
  return { code, params };
}
