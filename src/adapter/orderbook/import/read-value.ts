import { addDays, isCalendarDate, type CalendarDate } from '../../../domain/calendar';
import type { ImportErrorCode } from '../../../contract/imports';
import type { Bounds, Column } from './columns';

/** How the values of a plant's files are written, and moved. */
export interface Writing {
  readonly decimal: '.' | ',';
  /** Days added to every day. */
  readonly movedDays: number;
}

/** What keeps a value out; `params` fill the text of the code. */
export interface BadValue {
  readonly code: ImportErrorCode;
  readonly params: Readonly<Record<string, string>>;
}

/** The value as the book writes it (null where the column is empty and has no fallback), or why it cannot be read. */
export type ReadValue = (raw: string) => string | null | BadValue;

const bad = (code: ImportErrorCode, params: BadValue['params'] = {}): BadValue => ({ code, params });

const CODE = /^[^\p{Cc}]{1,60}$/u;
/** Tabs and line breaks may stand in a text; a database holds no NUL, and the other control characters are nobody's text. */
const TEXT = /^[^\p{Cc}]*(?:[\t\r\n][^\p{Cc}]*)*$/u;
const MOST_TEXT = 500;
const INTEGER = /^-?\d{1,9}$/;
const DECIMAL = /^[+-]?\d{1,19}(?:\.\d{1,9})?$/;
const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const LIST = /^\d{1,9}(?:\|\d{1,9})*$/;

const ranges: Readonly<Record<Bounds, readonly [least: number, most: number]>> = {
  any: [-Infinity, Infinity],
  positive: [0, Infinity],
  notNegative: [0, Infinity],
  percent: [0, 100],
  weekday: [1, 7],
  year: [1000, 9999],
  decimals: [0, 9],
};

/** Makes the reader of a column. Readers of one import share `writing`. */
export function readerOf(column: Column, writing: Writing): ReadValue {
  const read = readers[column.type](column, writing);
  return (raw) => {
    if (raw !== '') return read(raw);
    return column.required ? bad('missing') : column.fallback;
  };
}

type Make = (column: Column, writing: Writing) => (raw: string) => string | BadValue;

const readers: Readonly<Record<Column['type'], Make>> = {
  code: () => (raw) => (CODE.test(raw) ? raw : bad('notCode')),
  text: () => (raw) => (raw.length <= MOST_TEXT && TEXT.test(raw) ? raw : bad('notText')),
  integer: (column) => (raw) =>
    INTEGER.test(raw) ? within(column.bounds, String(Number(raw))) : bad('notInteger'),
  decimal: (column, { decimal }) => {
    const other = decimal === '.' ? ',' : '.';
    return (raw) => {
      const plain = decimal === ',' ? raw.replace(',', '.') : raw;
      if (raw.includes(other) || !DECIMAL.test(plain)) return bad('notDecimal', { separator: decimal });
      return within(column.bounds, canonical(plain));
    };
  },
  day: (_, { movedDays }) => {
    // Many rows, few days.
    const moved = new Map<string, CalendarDate>();
    return (raw) => {
      const known = moved.get(raw);
      if (known !== undefined) return known;
      if (!isCalendarDate(raw)) return bad('notDay');
      const day = addDays(raw, movedDays);
      // What stands for "for ever", 9999-12-31, has nowhere to move to.
      const kept = isCalendarDate(day) ? day : raw;
      moved.set(raw, kept);
      return kept;
    };
  },
  time: () => (raw) => (TIME.test(raw) ? raw : bad('notTime')),
  boolean: () => (raw) => (raw === 'true' || raw === 'false' ? raw : bad('notBoolean')),
  choice: ({ choices }) => {
    const known = new Set(choices);
    return (raw) => (known.has(raw) ? raw : bad('notOneOf', { values: choices.join(', ') }));
  },
  list: () => (raw) => (LIST.test(raw) ? raw : bad('notList')),
};

/** Plain decimal text without sign of plus, leading and trailing zeros: one number, one text. */
function canonical(plain: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(plain) ?? [];
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  return sign === '-' && digits !== '0' ? `-${digits}` : digits;
}

function within(bounds: Bounds, value: string): string | BadValue {
  if (bounds === 'any') return value;
  const [least, most] = ranges[bounds];
  // Comparing with whole numbers of few digits needs no exact decimal.
  const number = Number(value);
  if (number >= least && number <= most && (bounds !== 'positive' || number > 0)) return value;
  return bad('outOfRange', { range: bounds });
}
