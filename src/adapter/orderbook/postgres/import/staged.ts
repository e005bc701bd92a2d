import { sql, type RawBuilder } from 'kysely';
import type { Column } from '../../import/columns';
import { columnOf, columnsOf, formatOf, type PlantFile } from '../../import-format';
import { bookTableOf, tableColumn, type RowFile } from './book-tables';
import { stagingTable } from './staging-tables';

/** Whose import it is, and which tables are its own. */
export interface Staging {
  readonly company: string;
  /** A uuid. */
  readonly id: string;
}

/** The columns of staged texts: `f1` is the first column of the file's format, and so on. */
export const fieldOf = (file: PlantFile, column: string): string => {
  const columns: readonly string[] = columnsOf[file];
  return `f${columns.indexOf(column) + 1}`;
};

const castOf: Readonly<Record<Column['type'], string>> = {
  code: '',
  text: '',
  choice: '',
  integer: '::integer',
  decimal: '::numeric',
  day: '::date',
  // No time type has room for 24:00 in arithmetic, but `time` holds it.
  time: '::time',
  boolean: '::boolean',
  list: '::text',
};

function fieldAs(file: PlantFile, column: string): RawBuilder<unknown> {
  const field = sql.ref(fieldOf(file, column));
  const { type } = columnOf(file, column);
  const value =
    type === 'list' ? sql`string_to_array(${field}, '|')::integer[]` : sql`${field}${sql.raw(castOf[type])}`;
  return sql`${value} as ${sql.ref(column)}`;
}

/** The staged rows of a file as a derived table: `file_line`, `order_ref`, `order_id` and the columns of the format with their types. */
export function staged(file: PlantFile, staging: Staging): RawBuilder<unknown> {
  return sql`(
    select line as file_line, order_ref, order_id, ${sql.join(columnsOf[file].map((column) => fieldAs(file, column)))}
      from ${stagingTable(file, staging)} where file = ${sql.lit(file)})`;
}

/**
 * What the book will know of a file's rows after the import: the staged ones, and those the book has beside them. With the columns
 * `columns` of the format; `staged` first, so that a key is there once.
 */
export function known(file: RowFile, columns: readonly string[], staging: Staging): RawBuilder<unknown> {
  const { key } = formatOf[file];
  const ofBook = columns.map((column) => sql`b.${sql.ref(tableColumn(file, column))} as ${sql.ref(column)}`);
  const same = key.map((column) => sql`n.${sql.ref(column)} = b.${sql.ref(tableColumn(file, column))}`);
  return sql`(
    select ${sql.join(columns.map((column) => sql.ref(column)))} from ${staged(file, staging)} n
     union all
    select ${sql.join(ofBook)} from ${sql.table(bookTableOf(file).table)} b
     where b.company_id = ${staging.company}
       and not exists (select from ${staged(file, staging)} n where ${sql.join(same, sql` and `)}))`;
}
