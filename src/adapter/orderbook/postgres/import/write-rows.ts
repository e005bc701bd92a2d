import { sql } from 'kysely';
import { columnsOf, formatOf, type PlantFile } from '../../import-format';
import { execute, rows, type Tx } from '../database';
import { bookTableOf, rowFiles, tableColumn, type RowFile } from './book-tables';
import type { OnFile } from './check-references';
import { staged, type Staging } from './staged';

/** Writes master data and what is on its way: removes rows that are gone where a file has all of them, updates, inserts. */
export async function writeRows(
  tx: Tx,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
  onFile: OnFile,
): Promise<void> {
  for (const file of rowFiles) {
    if (!files.has(file)) continue;
    onFile(file);
    await execute(tx, sql`delete from ${tableOf(file)} b where ${isGone(file, files, staging)}`);
    await updateChanged(tx, file, staging);
    await insertNew(tx, file, staging);
  }
}

/** How many rows of a file's table {@link writeRows} removes, updates and inserts. */
export async function countRows(
  tx: Tx,
  file: RowFile,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
): Promise<{ readonly removed: number; readonly updated: number; readonly added: number }> {
  const [counts] = await rows(
    tx,
    sql<{ removed: number; updated: number; added: number }>`
      select (select count(*)::int from ${tableOf(file)} b where ${isGone(file, files, staging)}) as removed,
             (select count(*)::int from ${tableOf(file)} b, ${staged(file, staging)} n where ${isChanged(file, staging)}) as updated,
             (select count(*)::int from ${staged(file, staging)} n where ${isNew(file, staging)}) as added`,
  );
  return counts ?? { removed: 0, updated: 0, added: 0 };
}

const tableOf = (file: RowFile) => sql.table(bookTableOf(file).table);
const inTable = (file: RowFile, column: string) => sql.ref(tableColumn(file, column));

/** Whether row `n` of the file and row `b` of its table have the same key. */
function sameKey(file: RowFile) {
  const same = formatOf[file].key.map((column) => sql`b.${inTable(file, column)} = n.${sql.ref(column)}`);
  return sql.join(same, sql` and `);
}

const saidColumns = (file: RowFile): readonly string[] =>
  columnsOf[file].filter((column) => !formatOf[file].key.includes(column));

/** Whether row `b` of the table is row `n` of the file and says something else. */
function isChanged(file: RowFile, staging: Staging) {
  const old = sql.join(saidColumns(file).map((column) => sql`b.${inTable(file, column)}`));
  const now = sql.join(saidColumns(file).map((column) => sql`n.${sql.ref(column)}`));
  const differs = saidColumns(file).length === 0 ? sql`false` : sql`row(${old}) is distinct from row(${now})`;
  return sql`b.company_id = ${staging.company} and ${sameKey(file)} and ${differs}`;
}

/** Whether the table does not have row `n` of the file. */
const isNew = (file: RowFile, staging: Staging) => sql`
  not exists (select from ${tableOf(file)} b where b.company_id = ${staging.company} and ${sameKey(file)})`;

/** Whether row `b` of the table ought to be in the file and is not. */
function isGone(file: RowFile, files: ReadonlySet<PlantFile>, staging: Staging) {
  const { whole } = bookTableOf(file);
  if (whole === undefined || (whole !== 'all' && !files.has(whole.of))) return sql`false`;
  const of =
    whole === 'all'
      ? sql`true`
      : sql`exists (select from ${staged(whole.of, staging)} p
                     where ${sql.join(
                       whole.by.map((column) => sql`p.${sql.ref(column)} = b.${inTable(file, column)}`),
                       sql` and `,
                     )})`;
  return sql`
    b.company_id = ${staging.company} and ${of}
    and not exists (select from ${staged(file, staging)} n where ${sameKey(file)})`;
}

async function updateChanged(tx: Tx, file: RowFile, staging: Staging): Promise<void> {
  if (saidColumns(file).length === 0) return;
  const sets = saidColumns(file).map((column) => sql`${inTable(file, column)} = n.${sql.ref(column)}`);
  await execute(
    tx,
    sql`update ${tableOf(file)} b set ${sql.join(sets)} from ${staged(file, staging)} n where ${isChanged(file, staging)}`,
  );
}

async function insertNew(tx: Tx, file: RowFile, staging: Staging): Promise<void> {
  const columns: readonly string[] = columnsOf[file];
  await execute(
    tx,
    sql`
      insert into ${tableOf(file)} (company_id, ${sql.join(columns.map((column) => inTable(file, column)))})
      select ${staging.company}, ${sql.join(columns.map((column) => sql`n.${sql.ref(column)}`))}
        from ${staged(file, staging)} n where ${isNew(file, staging)}`,
  );
}
