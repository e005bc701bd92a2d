import { sql, type RawBuilder } from 'kysely';

/** The columns of rows that are written, with their types. */
export type Columns = Readonly<Record<string, string>>;

/** Rows as one JSON parameter, under the types of the columns they are for. */
export function recordset(name: string, columns: Columns, rowsOf: readonly object[]): RawBuilder<unknown> {
  const typed = Object.entries(columns).map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`);
  return sql`json_to_recordset(${JSON.stringify(rowsOf)}::json) as ${sql.ref(name)}(${sql.join(typed)})`;
}

/** Inserts rows into the columns they name. */
export function insertion(
  table: string,
  company: string,
  columns: Columns,
  rowsOf: readonly object[],
): RawBuilder<unknown> {
  const names = sql.join(Object.keys(columns).map((column) => sql.ref(column)));
  return sql`
    insert into ${sql.table(table)} (company_id, ${names})
    select ${company}, ${names} from ${recordset('r', columns, rowsOf)}`;
}
