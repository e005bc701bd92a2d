import assert from 'node:assert/strict';
import { Pool } from 'pg';
import { assertServerVersion } from '../../src/adapter/orderbook/postgres/server-version';
import { SetupError } from '../../src/adapter/errors';
import { useDatabase } from '../postgres';

describe('the version of the database server', () => {
  const database = useDatabase();

  it('is fine from 15 on', async () => {
    await assertServerVersion(database.pool);
  });

  it('is refused below 15', async () => {
    const answers = { query: async () => ({ rows: [{ number: '140012', version: '14.12' }] }) };
    // The check asks one query of the pool; no server of that age is at hand.
    await assert.rejects(assertServerVersion(answers as unknown as Pool), (error) => {
      assert.ok(error instanceof SetupError);
      assert.deepEqual(error.problems, [
        { code: 'server-too-old', params: { version: '14.12', oldest: 15 } },
      ]);
      return true;
    });
  });

  it('cannot be asked of a server that does not answer', async () => {
    const pool = new Pool({ connectionString: 'postgresql://me:secret@127.0.0.1:1/db' });
    await assert.rejects(assertServerVersion(pool), (error) => {
      assert.ok(error instanceof SetupError);
      assert.equal(error.problems[0]?.code, 'database-unreachable');
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
    await pool.end();
  });
});
