import { sql } from 'kysely';
import { columnsOf, formatOf, type PlantFile } from '../../import-format';
import { execute, type Tx } from '../database';
import { bookTableOf, rowFiles, tableColumn, type RowFile } from './book-tables';
import { staged, type Staging } from './staged';

/** What became of the rows of a file. */
export interface Written {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
}

/** Writes master data and what is on its way: new rows, rows that differ, and rows that are gone where a file has all of them. */
export async function writeRows(
  tx: Tx,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
): Promise<Map<PlantFile, Written>> {
  const written = new Map<PlantFile, Written>();
  for (const file of rowFiles) {
    if (!files.has(file)) continue;
    const removed = await removeGone(tx, file, files, staging);
    const updated = await updateChanged(tx, file, staging);
    written.set(file, { removed, updated, added: await insertNew(tx, file, staging) });
  }
  return written;
}

const tableOf = (file: RowFile) => sql.table(bookTableOf(file).table);
const inTable = (file: RowFile, column: string) => sql.ref(tableColumn(file, column));

/** Whether row `n` of the file and row `b` of its table have the same key. */
function sameKey(file: RowFile) {
  const same = formatOf[file].key.map((column) => sql`b.${inTable(file, column)} = n.${sql.ref(column)}`);
  return sql.join(same, sql` and `);
}

async function updateChanged(tx: Tx, file: RowFile, staging: Staging): Promise<number> {
  const columns = columnsOf[file].filter((column) => !formatOf[file].key.includes(column));
  if (columns.length === 0) return 0;
  const sets = columns.map((column) => sql`${inTable(file, column)} = n.${sql.ref(column)}`);
  const old = sql.join(columns.map((column) => sql`b.${inTable(file, column)}`));
  const now = sql.join(columns.map((column) => sql`n.${sql.ref(column)}`));
  return execute(
    tx,
    sql`
      update ${tableOf(file)} b set ${sql.join(sets)} from ${staged(file, staging)} n
       where b.company_id = ${staging.company} and ${sameKey(file)} and row(${old}) is distinct from row(${now})`,
  );
}

async function insertNew(tx: Tx, file: RowFile, staging: Staging): Promise<number> {
  const columns: readonly string[] = columnsOf[file];
  return execute(
    tx,
    sql`
      insert into ${tableOf(file)} (company_id, ${sql.join(columns.map((column) => inTable(file, column)))})
      select ${staging.company}, ${sql.join(columns.map((column) => sql`n.${sql.ref(column)}`))}
        from ${staged(file, staging)} n
       where not exists (select from ${tableOf(file)} b where b.company_id = ${staging.company} and ${sameKey(file)})`,
  );
}

async function removeGone(
  tx: Tx,
  file: RowFile,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
): Promise<number> {
  const { whole } = bookTableOf(file);
  if (whole === undefined || (whole !== 'all' && !files.has(whole.of))) return 0;
  const of =
    whole === 'all'
      ? sql`true`
      : sql`exists (select from ${staged(whole.of, staging)} p
                     where ${sql.join(
                       whole.by.map((column) => sql`p.${sql.ref(column)} = b.${inTable(file, column)}`),
                       sql` and `,
                     )})`;
  return execute(
    tx,
    sql`
      delete from ${tableOf(file)} b
       where b.company_id = ${staging.company} and ${of}
         and not exists (select from ${staged(file, staging)} n where ${sameKey(file)})`,
  );
}
