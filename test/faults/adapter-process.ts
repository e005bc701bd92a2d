import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createApp } from '../../src/adapter/app';
import { openBook } from '../../src/adapter/main';
import { instant } from '../../src/domain/calendar';

/**
 * An adapter for tests that kill it: works on DATABASE_URL in chunks of CHUNK orders, listens on PORT, prints its address. Its
 * clock is ahead by AHEAD milliseconds; a chunk of it may be silent for SILENCE milliseconds. It ends with the test that holds the
 * other end of its standard input.
 */
async function main({ DATABASE_URL = '', PORT, CHUNK, SILENCE, AHEAD }: NodeJS.ProcessEnv): Promise<void> {
  const log = pino({ level: 'warn' }, process.stderr);
  const open = await openBook(DATABASE_URL, log, {
    ...(SILENCE !== undefined && { silence: Number(SILENCE) }),
  });
  const { server } = await createApp({
    ...open,
    ...{ log, user: 'anna', version: '0.0.0' },
    clock: () => instant(new Date(Date.now() + Number(AHEAD ?? 0))),
    chunkSize: Number(CHUNK ?? 1000),
    resumeEvery: 250,
  });
  await server.listen({ host: '127.0.0.1', port: Number(PORT ?? 0) });
  // A server that listens on a host and port has an address of this kind.
  const { port } = server.server.address() as AddressInfo;
  process.stdout.write(`listening http://127.0.0.1:${port}\n`);
}

process.stdin.on('end', () => process.exit()).resume();
void main(process.env);
