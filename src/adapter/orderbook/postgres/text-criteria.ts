import { sql, type RawBuilder } from 'kysely';
import { texts } from './database';

/** A text as every search compares it: the capitals that the `…_upper` columns of the book hold too. */
export function upper(text: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`(upper(${text} collate "und-x-icu") collate "C")`;
}

/**
 * Whether a text in capitals – an `…_upper` column or {@link upper} – fits a criterion: `%` and `_` as the planner wrote them;
 * without either, the text begins with the criterion. Source: Fluentis, search filters.
 */
export function fits(capitals: RawBuilder<unknown>, criterion: string): RawBuilder<boolean> {
  const pattern = /[%_]/.test(criterion) ? criterion : `${criterion}%`;
  // Without an escape character a backslash is a character like any other.
  return sql<boolean>`${capitals} like ${upper(sql`${pattern}::text`)} escape ''`;
}

/**
 * Whether `column` holds one of these codes, whatever their case. The codes of `table`, which lists them, are looked up first: few
 * are folded instead of one for every row that is searched.
 */
export function isOneOf(
  company: string,
  column: RawBuilder<unknown>,
  table: 'work_centre' | 'site' | 'machine' | 'warehouse',
  codes: readonly string[],
): RawBuilder<boolean> {
  const code = sql.ref(table);
  return sql<boolean>`${column} = any(array(
    select unnest(${texts(codes)}) union all
    select ${code} from ${sql.table(table)} where company_id = ${company}
       and ${upper(code)} in (select ${upper(sql`asked`)} from unnest(${texts(codes)}) as asked)))`;
}
