import assert from 'node:assert/strict';
import { Client } from 'pg';
import { useDatabase } from '../postgres';

let prepared = 0;
async function prepare(connectionString: string): Promise<void> {
  prepared += 1;
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('create table note (text text)');
  await client.end();
}

describe('the database of a test file', () => {
  describe('first file', () => {
    const database = useDatabase(prepare);

    it('holds what was prepared', async () => {
      await database.pool.query("insert into note values ('first')");
      const { rows } = await database.pool.query('select text from note');
      assert.deepEqual(rows, [{ text: 'first' }]);
    });
  });

  describe('second file', () => {
    const database = useDatabase(prepare);

    it('sees nothing of the first, and is not prepared again', async () => {
      const { rows } = await database.pool.query('select text from note');
      assert.deepEqual(rows, []);
      assert.equal(prepared, 1);
    });
  });

  describe('without preparation', () => {
    const database = useDatabase();

    it('is empty', async () => {
      const { rows } = await database.pool.query("select 1 from pg_tables where schemaname = 'public'");
      assert.deepEqual(rows, []);
    });
  });
});
