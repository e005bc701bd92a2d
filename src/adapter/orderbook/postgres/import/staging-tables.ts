import { sql, type RawBuilder } from 'kysely';
import { columnsOf, formatOf, plantFileNames, type PlantFile } from '../../import-format';
import { execute, type Tx } from '../database';
import type { Staging } from './staged';

/** As many text columns as the widest file has. */
const FIELDS = Math.max(...plantFileNames.map((file) => columnsOf[file].length));

/** A table of its own for each large file keeps the statistics of their columns apart. */
const largeFiles = plantFileNames.filter((file) => formatOf[file].large === true);
const parts = ['small', ...largeFiles] as const;

const nameOf = (part: (typeof parts)[number] | 'plan', { id }: Staging): string =>
  `import_${id.replaceAll('-', '')}_${part}`;

const partOf = (file: PlantFile) => (formatOf[file].large === true ? file : 'small');

/** The table that holds the rows of a file: `file`, `line`, `order_ref`, `order_id` and the fields as texts. */
export const stagingTable = (file: PlantFile, staging: Staging): RawBuilder<unknown> =>
  sql.table(nameOf(partOf(file), staging));

/** The same as text, for COPY. Made of nothing but our own words and a uuid. */
export const stagingTableName = (file: PlantFile, staging: Staging): string => nameOf(partOf(file), staging);

/** The table that holds what is done with each order: `order_ref`, `line`, `order_id`, `start_on`, `action`, `content`. */
export const planTable = (staging: Staging): RawBuilder<unknown> => sql.table(nameOf('plan', staging));

/**
 * Makes the tables of an import. They live only inside its transaction, so nothing is ever left of them, and imports of two companies
 * never meet: neither in a lock nor in the statistics of each other's rows.
 */
export async function makeStaging(tx: Tx, staging: Staging): Promise<void> {
  const fields = Array.from({ length: FIELDS }, (_, index) => `f${index + 1} text collate "C"`).join(', ');
  for (const part of parts) {
    await execute(
      tx,
      // order_ref is the order that the row is or belongs to, as the files write its key; order_id what an order gets when it is new.
      sql`
        create unlogged table ${sql.table(nameOf(part, staging))} (
          file text not null, line integer not null, order_ref text collate "C", order_id uuid, ${sql.raw(fields)})`,
    );
  }
  await execute(
    tx,
    sql`
      create unlogged table ${planTable(staging)} (
        order_ref text collate "C" not null, line integer not null, order_id uuid not null, start_on date not null,
        action text not null check (action in ('add', 'update', 'unchanged', 'begun', 'launched')), content uuid)`,
  );
}

/** Without statistics PostgreSQL takes the staged rows for a handful and looks at each once for every other. */
export async function analyzeStaged(tx: Tx, files: Iterable<PlantFile>, staging: Staging): Promise<void> {
  for (const part of new Set([...files].map(partOf)))
    await execute(tx, sql`analyze ${sql.table(nameOf(part, staging))}`);
}

export async function analyzePlan(tx: Tx, staging: Staging): Promise<void> {
  await execute(tx, sql`analyze ${planTable(staging)}`);
}

export async function dropStaging(tx: Tx, staging: Staging): Promise<void> {
  const names = [...parts, 'plan' as const].map((part) => sql.table(nameOf(part, staging)));
  await execute(tx, sql`drop table ${sql.join(names)}`);
}
