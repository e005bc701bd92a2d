import assert from 'node:assert/strict';
import {
  headerColumns,
  lineColumns,
  materialColumns,
  needColumns,
  operationColumns,
} from '../../../../src/adapter/orderbook/postgres/refresh/content-rows';
import type { Columns } from '../../../../src/adapter/orderbook/postgres/refresh/recordset';
import { changedOf, parts, tables } from '../../../../src/adapter/orderbook/postgres/split/divided-rows';
import { useDatabase } from '../../../postgres';
import { preparePlant } from '../small-plant';

/** Columns of a table with their types, in alphabetical order and without the company's. */
type Typed = readonly (readonly [column: string, type: string])[];

// A refresh and a split write rows under these lists: a column they do not know would lose what stood in it.
describe('the columns that content is written under', () => {
  const database = useDatabase(preparePlant);

  async function inTheBook(table: string): Promise<Typed> {
    const { rows } = await database.pool.query<{ name: string; type: string }>(
      `select attname as name, replace(format_type(atttypid, null), 'timestamp with time zone', 'timestamptz') as type
         from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname <> 'company_id'
        order by attname collate "C"`,
      [table],
    );
    return rows.map(({ name, type }) => [name, type]);
  }
  const written = (columns: Columns): Typed => Object.entries(columns).sort(([a], [b]) => (a < b ? -1 : 1));

  for (const [table, columns] of [
    ['order_line', lineColumns],
    ['order_material', materialColumns],
    ['order_operation', operationColumns],
    ['capacity_need', needColumns],
  ] as const)
    it(`are all of ${table}`, async () => {
      assert.deepEqual(written(columns), await inTheBook(table));
    });

  it('are those of the header that follow from content', async () => {
    const all = new Map(await inTheBook('production_order'));
    for (const [column, type] of written(headerColumns)) assert.equal(all.get(column), type, column);
  });

  for (const part of parts)
    it(`are of the same types where a split changes ${part}`, async () => {
      const all = new Map(await inTheBook(tables[part]));
      for (const [column, type] of written(changedOf[part])) assert.equal(all.get(column), type, column);
    });
});
