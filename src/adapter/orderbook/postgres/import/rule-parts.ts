import { sql, type RawBuilder } from 'kysely';
import type { PlantFile } from '../../import-format';
import type { Rule } from './check-rules';
import { known, staged, type Staging } from './staged';

/** No values: the text of the fault says it all. */
export const nothing = sql`null::jsonb`;

/** Two columns are filled together or not at all. */
export const together = (file: PlantFile, one: string, other: string): Rule => ({
  file,
  column: other,
  code: 'together',
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('columns', ${`${one}, ${other}`}::text) from ${staged(file, staging)} s
     where (${sql.ref(one)} is null) <> (${sql.ref(other)} is null)`,
});

/** The end is not before the start. */
export const inOrder = (file: PlantFile, start: string, end: string): Rule => ({
  file,
  column: end,
  code: 'endBeforeStart',
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('start', ${start}::text) from ${staged(file, staging)} s
     where ${sql.ref(end)} < ${sql.ref(start)}`,
});

/** The reason moves goods this way; withdrawals also need one that production may use. */
export function reasonOf(
  file: PlantFile,
  warehouse: string,
  reason: string,
  direction: 'unload' | 'load',
): readonly Rule[] {
  const breaching = (condition: RawBuilder<unknown>) => (staging: Staging) => sql`
    select s.file_line, jsonb_build_object('reason', s.${sql.ref(reason)}, 'direction', ${direction}::text)
      from ${staged(file, staging)} s
      join ${known('reasons', ['warehouse', 'reason', 'direction', 'production'], staging)} r
        on r.warehouse = s.${sql.ref(warehouse)} and r.reason = s.${sql.ref(reason)}
     where ${condition}`;
  return [
    { file, column: reason, code: 'wrongDirection', breaches: breaching(sql`r.direction <> ${direction}`) },
    { file, column: reason, code: 'notForProduction', breaches: breaching(sql`not r.production`) },
  ];
}

/**
 * The staged rows `s` of a file that name an item and a unit, with their item `i` and `factor`: base units in one such unit, null where
 * the item has no such unit. `more` adds columns.
 */
export function inBaseUnits(file: PlantFile, item: string, staging: Staging): RawBuilder<unknown> {
  return sql`(
    select s.*, i.unit as base_unit,
           case when s.unit = i.unit then 1 else u.factor end as factor
      from ${staged(file, staging)} s
      join ${known('items', ['item', 'unit'], staging)} i on i.item = s.${sql.ref(item)}
      left join ${known('item_units', ['item', 'unit', 'factor'], staging)} u
        on u.item = s.${sql.ref(item)} and u.unit = s.unit)`;
}

/** The unit is the item's base unit or one of its others. */
export const unitOfItem = (file: PlantFile, item: string, which: RawBuilder<unknown> = sql`true`): Rule => ({
  file,
  column: 'unit',
  code: 'unknownUnit',
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('unit', unit, 'item', ${sql.ref(item)}, 'base', base_unit)
      from ${inBaseUnits(file, item, staging)} s where factor is null and unit is not null and ${which}`,
});
