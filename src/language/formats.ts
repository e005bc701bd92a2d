import { type Language, languageOf } from './text';

/** Values as this planner writes them. All inputs are wire text; what cannot be read is shown as it came. */
export interface Formats {
  /** `2026-11-20` → `20 Nov 2026` */
  readonly day: (iso: string) => string;
  /** `2026-11-20` → `20 Nov`, where the year is clear */
  readonly shortDay: (iso: string) => string;
  /** Point in time → day and time of the planner's clock, or of the zone that was named. */
  readonly moment: (iso: string) => string;
  /** Milliseconds since 1970 → `10:42` */
  readonly time: (at: number) => string;
  /** `1234.5` → `1,234.5` */
  readonly quantity: (text: string) => string;
  /** `2907` → `2,907` */
  readonly count: (value: number) => string;
}

// Italian would group from five digits on, cells with `#,##0` do from four on.
const COUNT = { useGrouping: 'always' } as const satisfies Intl.NumberFormatOptions;

// Exact decimals: Intl takes decimal text, which a float would have cut.
const QUANTITY = { ...COUNT, maximumFractionDigits: 9 } as const satisfies Intl.NumberFormatOptions;

/**
 * `locale` is the planner's own region where its language is the one shown, e.g. `en-GB` beside `en`; `timeZone` a zone whose clock is
 * meant instead of the planner's.
 */
export function formatsFor(language: Language, locale: string, timeZone?: string): Formats {
  const tag = locale.toLowerCase().split('-')[0] === language ? locale : language;
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const shortDay = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(tag, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'short' });
  const quantity = new Intl.NumberFormat(tag, QUANTITY);
  const count = new Intl.NumberFormat(tag, COUNT);
  return {
    day: (iso) => dated(iso, (at) => day.format(at)),
    shortDay: (iso) => dated(iso, (at) => shortDay.format(at)),
    moment: (iso) => dated(iso, (at) => moment.format(at)),
    time: (at) => time.format(at),
    quantity: (text) => (isDecimal(text) ? quantity.format(text) : text),
    count: (value) => count.format(value),
  };
}

/**
 * The `number` of i18next's placeholders: counts as `Formats.count` writes them. `localeOf` is asked when a text of a language is first
 * filled, for a sheet has thousands of them.
 */
export function countInText(
  localeOf: (language: Language) => string,
): (value: number, tag?: string) => string {
  const known = new Map<string | undefined, Formats>();
  return (value, tag) => {
    const language = languageOf(tag === undefined ? [] : [tag]);
    const formats = known.get(tag) ?? formatsFor(language, localeOf(language));
    known.set(tag, formats);
    return formats.count(value);
  };
}

function dated(iso: string, show: (at: Date) => string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : show(at);
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}
