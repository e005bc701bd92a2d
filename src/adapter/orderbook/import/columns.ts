/**
 * What the value of a column looks like. `code` and `text` are text without control characters, codes of at most 60 characters;
 * `integer` has at most 9 digits; `decimal` at most 19 before and 9 after the separator; `day` is `YYYY-MM-DD`; `time` is
 * `HH:MM` up to `24:00`; `list` is integers with `|` between them.
 */
export type ColumnType =
  'code' | 'text' | 'integer' | 'decimal' | 'day' | 'time' | 'boolean' | 'choice' | 'list';

/** Which numbers a column takes; `any` where it takes them all. */
export type Bounds = 'any' | 'positive' | 'notNegative' | 'percent' | 'weekday' | 'year' | 'decimals';

export interface Column {
  readonly type: ColumnType;
  /** Required columns must be in the header and filled in every row. */
  readonly required: boolean;
  /** What an optional column holds that is empty or not in the header; null: nothing. */
  readonly fallback: string | null;
  readonly bounds: Bounds;
  /** What a `choice` may be. */
  readonly choices: readonly string[];
  /** What it means, for docs/import.md. */
  readonly about: string;
}

const column = (type: ColumnType, about: string, more: Partial<Column> = {}): Column => ({
  type,
  required: true,
  fallback: null,
  bounds: 'any',
  choices: [],
  about,
  ...more,
});

export const code = (about = '') => column('code', about);
export const text = (about = '') => column('text', about);
export const integer = (about = '', bounds: Bounds = 'notNegative') => column('integer', about, { bounds });
export const decimal = (about = '', bounds: Bounds = 'notNegative') => column('decimal', about, { bounds });
export const day = (about = '') => column('day', about);
export const time = (about = '') => column('time', about);
export const flag = (about = '') => column('boolean', about);
export const choice = (choices: readonly string[], about = '') => column('choice', about, { choices });
export const list = (about = '') => column('list', about);

/** May be left out of the header or left empty; it then holds `fallback`. */
export const optional = (of: Column, fallback: string | null = null): Column => ({
  ...of,
  required: false,
  fallback,
});

/** What a row says of another one: the values of `columns` are the key of a row of `file`, in these files or in the book. */
export interface Reference {
  readonly columns: readonly string[];
  readonly file: string;
}

export interface FileFormat {
  /** What a row is, for docs/import.md. */
  readonly about: string;
  /** In the order in which they are documented and written. */
  readonly columns: Readonly<Record<string, Column>>;
  /** Unique within the file. */
  readonly key: readonly string[];
  /** Rows that refer to nothing because all their columns are empty are left alone. */
  readonly references: readonly Reference[];
  /** Grows with the number of orders: it is written compressed. */
  readonly large?: boolean;
}

/** Keeps the names of the columns as types while checking the rest. */
export const file = <const F extends FileFormat>(format: F): F => format;
