/**
 * The codes of every rule. A code is a promise: it keeps its meaning, and its text in `language` under `refusal.<code>`
 * says why and what to do next. Source of the REL, RES and CHG rules: Fluentis, production orders release;
 * of the REF rules: Business Central, refresh production orders.
 */
export const refusalCodes = [
  'ORD-01',
  'REL-01',
  'REL-03',
  'REL-05',
  'REL-06',
  'REL-07',
  'REL-08',
  'REL-09',
  'REL-10',
  'REL-11',
  'REL-16',
  'REL-17',
  'REL-15',
  'RES-01',
  'RES-02',
  'RES-03',
  'RES-05',
  'RES-04',
  'RES-07',
  'RES-06',
  'RES-08',
  'HLD-01',
  'HLD-02',
  'HLD-03',
  'HLD-04',
  'CHG-01',
  'DEC-01',
  'DEC-02',
  'DEC-03',
  'DEC-04',
  'DEC-05',
  'DEC-06',
  'DEC-07',
  'DEC-08',
  'DEC-09',
  'DEC-10',
  'DEC-11',
  'DEC-12',
  'DEC-13',
  'DEC-14',
  'DEC-15',
  'DEC-16',
  'DEC-17',
  'REF-01',
  'REF-02',
  'REF-03',
  'REF-04',
  'REF-05',
  'REF-06',
  'REF-07',
  'REF-08',
  'REF-09',
  'REF-10',
  'REF-11',
  'REF-12',
  'REF-13',
  'REF-14',
  'REF-15',
  'REF-16',
  'REF-17',
  'REF-18',
  'REF-19',
  'RSV-01',
  'RSV-02',
  'RSV-03',
  'RSV-04',
  'SPL-01',
  'SPL-02',
  'SPL-03',
  'SPL-04',
  'SPL-05',
  'SPL-06',
  'SPL-07',
  'SPL-08',
  'SPL-09',
  'PRT-01',
  'POL-01',
  'WRK-01',
  'WRK-02',
  'WRK-03',
  'WRK-04',
  'WRK-05',
  'WRK-06',
  'WRK-07',
  'WRK-08',
  'WRK-09',
  'WRK-10',
  'WRK-11',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/**
 * Why a rule says no, or warns. `params` fill the text: quantities and dates as their wire text, states as state names;
 * whoever shows the text gives them the reader's form. A param `context` names a case of the rule with a text of its own:
 * `refusal.<code>_<context>`.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string>>;
  /** Whoever has the right to may force it, giving a reason. Left out where nobody may. */
  readonly forceable?: true;
  /** The way out there is: the same refresh, with executive orders restored before and released after it. */
  readonly next?: 'restoreAndRelease';
}

export function refusal(code: RefusalCode, params: Readonly<Record<string, string>> = {}): Refusal {
  return { code, params };
}

/** The same, for a case of the rule that may be forced. */
export function forceable(why: Refusal): Refusal {
  return { ...why, forceable: true };
}

/** What is left of a refusal that was forced: a warning, in the words of what was done. */
export function forced({ code, params }: Refusal): Refusal {
  const { context } = params;
  return { code, params: { ...params, context: context === undefined ? 'forced' : `${context}_forced` } };
}
