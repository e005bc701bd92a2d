import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { isCalendarDate } from '../../../domain/calendar';
import { BadCursor } from '../order-book';

/**
 * What binds a cursor to its search: the kind, the company and the criteria, whatever their order. With others, a page would begin
 * somewhere in the middle of another list and look whole.
 */
export function searchMark(kind: string, company: string, query: object): string {
  const criteria = Object.entries(query)
    .filter(([, wanted]) => wanted !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify([company, criteria]));
  return `${kind}:${hash.digest('base64url').slice(0, 16)}`;
}

/** The sort values of a page's last row, as opaque text. `kind` keeps a cursor of one list out of another. */
export function cursorText(kind: string, values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([kind, ...values])).toString('base64url');
}

/** What a sort value is: a number counts in PostgreSQL's `integer`. */
type SortValue = 'day' | 'integer';

const isSortValue: Record<SortValue, (value: unknown) => boolean> = {
  day: (value) => typeof value === 'string' && isCalendarDate(value),
  integer: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
};

/** The sort values inside a cursor of this kind. Throws {@link BadCursor} for anything this book did not make. */
export function cursorValues(
  kind: string,
  sortValues: readonly SortValue[],
  cursor: string,
): (string | number)[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === sortValues.length + 1 && parsed[0] === kind) {
      const values: unknown[] = parsed.slice(1);
      // Each has just been found to be a day's text or a number.
      if (sortValues.every((is, index) => isSortValue[is](values[index])))
        return values as (string | number)[];
    }
  } catch {
    // Not JSON: the same as not ours.
  }
  throw new BadCursor(`Not a cursor of a search for ${kind}`);
}

export function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(conditions, sql` and `);
}
