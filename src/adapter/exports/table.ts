import type { TextKey } from '../../language/text';
import type { Text } from '../texts';

/**
 * A value of an exported table: text, a day, a point in time as the plant's clock showed it (`2026-11-20T17:18:00`), an exact decimal, a
 * whole number, or nothing.
 */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'time'; readonly time: string }
  | { readonly kind: 'decimal'; readonly decimal: string }
  | { readonly kind: 'whole'; readonly number: number }
  | null;

/** What values need to know of the caller and the plant. */
export interface Surroundings {
  readonly text: Text;
  /** The plant's clock at a point in time. */
  readonly localTime: (at: string) => string;
}

export interface Column<Row> {
  readonly header: TextKey;
  /** Characters. */
  readonly width: number;
  readonly value: (row: Row, surroundings: Surroundings) => Value;
}

/** What a table file is made of. */
export interface Table<Row> {
  readonly name: TextKey;
  readonly columns: readonly Column<Row>[];
}

/** An export under way: rows batch by batch, as the book gives them. */
export interface Export<Row> extends Surroundings {
  readonly table: Table<Row>;
  readonly rows: AsyncIterable<readonly Row[]>;
}

export const text = (value: string): Value => ({ kind: 'text', text: value });
export const day = (value: string | null): Value => (value === null ? null : { kind: 'day', day: value });
export const decimal = (value: string): Value => ({ kind: 'decimal', decimal: value });
export const whole = (value: number | null): Value =>
  value === null ? null : { kind: 'whole', number: value };
export const optionalText = (value: string | null): Value => (value === null ? null : text(value));

/** A column that shows one field of a row. */
export function column<Row>(
  header: TextKey,
  width: number,
  value: (row: Row, surroundings: Surroundings) => Value,
): Column<Row> {
  return { header, width, value };
}

/** A point in time by the plant's clock. */
export function time<Row>(header: TextKey, read: (row: Row) => string | null): Column<Row> {
  return column(header, 19, (row, { localTime }) => {
    const at = read(row);
    return at === null ? null : { kind: 'time', time: localTime(at) };
  });
}
