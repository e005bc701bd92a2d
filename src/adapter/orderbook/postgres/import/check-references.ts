import { sql, type RawBuilder } from 'kysely';
import type { Reference } from '../../import/columns';
import type { Faults } from '../../import/import-errors';
import { columnOf, formatOf, type PlantFile } from '../../import-format';
import { rows, type Tx } from '../database';
import { isRowFile } from './book-tables';
import { known, staged, type Staging } from './staged';

/** A row that breaks a rule: its line, and what fills the text of the fault. */
export interface Breach {
  readonly line: number;
  readonly params: Readonly<Record<string, string>> | null;
  /** How many there are in all. */
  readonly total: number;
}

/** Adds what `breaches` (a query of `line` and `params`, jsonb or null) finds: the first ones by line, the others counted. */
export async function addBreaches(
  tx: Tx,
  faults: Faults,
  fault: {
    readonly file: string;
    readonly column: string | null;
    readonly code: Parameters<Faults['add']>[0]['code'];
  },
  breaches: RawBuilder<unknown>,
): Promise<void> {
  const found = await rows(
    tx,
    sql<Breach>`
      select line, params, count(*) over ()::int as total from (${breaches}) b(line, params)
       order by line limit ${Math.max(faults.room, 1)}`,
  );
  for (const { line, params } of found) faults.add({ ...fault, line, params: params ?? {} });
  faults.addUnlisted((found[0]?.total ?? 0) - found.length);
}

/** Called before a file is looked at; throws to stop. */
export type OnFile = (file: PlantFile) => void;

/** Keys that a file has twice. */
export async function checkKeys(
  tx: Tx,
  files: Iterable<PlantFile>,
  staging: Staging,
  faults: Faults,
  onFile: OnFile,
): Promise<void> {
  for (const file of files) {
    onFile(file);
    const key = sql.join(keyOf(file).map((column) => sql.ref(column)));
    const last = formatOf[file].key.at(-1) ?? null;
    await addBreaches(
      tx,
      faults,
      { file, column: last, code: 'duplicate' },
      sql`
        select file_line, jsonb_build_object('first', first::text)
          from ${staged(file, staging)} s
          join (select ${key}, min(file_line) as first from ${staged(file, staging)} k
                 group by ${key} having count(*) > 1) t using (${key})
         where file_line <> first`,
    );
  }
}

/** Orders are told apart as the files write them: an empty year is one that is not known yet. */
function keyOf(file: PlantFile): readonly string[] {
  const { key } = formatOf[file];
  return key[0] === 'year' ? ['order_ref', ...key.slice(3)] : key;
}

/** Values that name a row which neither these files nor the book have. */
export async function checkReferences(
  tx: Tx,
  files: Iterable<PlantFile>,
  staging: Staging,
  faults: Faults,
  onFile: OnFile,
): Promise<void> {
  for (const file of files) {
    onFile(file);
    for (const reference of formatOf[file].references) {
      const column = reference.columns.at(-1) ?? null;
      await addBreaches(
        tx,
        faults,
        { file, column, code: 'unknownReference' },
        dangling(file, reference, staging),
      );
    }
  }
}

function dangling(
  file: PlantFile,
  { columns, file: target }: Reference,
  staging: Staging,
): RawBuilder<unknown> {
  // References are written beside the files they name.
  const to = target as PlantFile;
  const named = columns[0] === 'year' ? ['order_ref', ...columns.slice(3)] : columns;
  // Items name bills and routings by their codes alone, whatever versions there are of them.
  const same = named.map(
    (column, index) => sql`t.${sql.ref(keyOf(to)[index] ?? column)} = s.${sql.ref(column)}`,
  );
  const filled = named.map((column) => isFilled(file, column, named.length === 1));
  const shown = sql`concat_ws(' ', ${sql.join(named.map((column) => sql`s.${sql.ref(column)}`))})`;
  return sql`
    select s.file_line, jsonb_build_object('value', ${shown}, 'target', ${target}::text)
      from ${staged(file, staging)} s
     where ${sql.join(filled, sql` and `)}
       and not exists (select from ${targetRows(to, staging)} t where ${sql.join(same, sql` and `)})`;
}

/** A column that stands alone and is empty names nothing; of several, an empty one is part of a key (the version of a bill). */
function isFilled(file: PlantFile, column: string, alone: boolean): RawBuilder<unknown> {
  const isText = column !== 'order_ref' && ['code', 'text'].includes(columnOf(file, column).type);
  return alone && isText ? sql`s.${sql.ref(column)} <> ''` : sql`s.${sql.ref(column)} is not null`;
}

/** Orders and what belongs to them are looked for in these files only: they are imported together. */
function targetRows(file: PlantFile, staging: Staging): RawBuilder<unknown> {
  if (!isRowFile(file)) return staged(file, staging);
  return known(file, formatOf[file].key, staging);
}
