import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createApp } from '../../src/adapter/app';
import { openBook } from '../../src/adapter/main';
import { instant } from '../../src/domain/calendar';

/**
 * An adapter for tests that kill it: works on DATABASE_URL in chunks of CHUNK orders, listens on PORT, prints its address. Its
 * clock is ahead by AHEAD milliseconds.
 */
async function main({ DATABASE_URL = '', PORT, CHUNK, AHEAD }: NodeJS.ProcessEnv): Promise<void> {
  const log = pino({ level: 'warn' }, process.stderr);
  const { book, ledger, searches, holder } = await openBook(DATABASE_URL, log);
  const { server } = await createApp({
    ...{ book, ledger, searches, holder, log, user: 'anna', version: '0.0.0' },
    clock: () => instant(new Date(Date.now() + Number(AHEAD ?? 0))),
    chunkSize: Number(CHUNK ?? 1000),
    resumeEvery: 250,
  });
  await server.listen({ host: '127.0.0.1', port: Number(PORT ?? 0) });
  // A server that listens on a host and port has an address of this kind.
  const { port } = server.server.address() as AddressInfo;
  process.stdout.write(`listening http://127.0.0.1:${port}\n`);
}

void main(process.env);
