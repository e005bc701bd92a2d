import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/adapter/embedded-postgres';

/**
 * A small adapter for tests that kill it: starts PostgreSQL in the folder of its argument, prints `started <JSON>`, and
 * at SIGINT still writes a note before it stops the server, as an adapter that finishes its work does.
 */
async function main(dataFolder: string): Promise<void> {
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    log: { info: () => undefined, warn: () => undefined },
    settings: { shared_buffers: '32MB' },
  });
  const client = new Client({ connectionString: postgres.connectionString });
  await client.connect();
  process.on('SIGINT', () => {
    void (async () => {
      await client.query("create table note as select 'written after Ctrl-C' as text");
      await client.end();
      await postgres.stop();
    })();
  });
  process.stdout.write(
    `started ${JSON.stringify({ owned: postgres.owned, connectionString: postgres.connectionString })}\n`,
  );
}

void main(process.argv[2] ?? '');
