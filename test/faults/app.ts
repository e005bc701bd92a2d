import pino from 'pino';
import { createApp, type App, type AppOptions } from '../../src/adapter/app';
import { openBook } from '../../src/adapter/main';
import { instant } from '../../src/domain/calendar';

/** An adapter of this process that listens, with connections of its own. */
export interface ListeningApp extends Pick<App, 'runner'> {
  readonly url: string;
  /** What it logged as an error. */
  readonly failures: readonly string[];
  close(): Promise<void>;
}

export async function listeningApp(
  connectionString: string,
  changes: Partial<AppOptions> = {},
): Promise<ListeningApp> {
  const failures: string[] = [];
  const log = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) });
  const open = await openBook(connectionString, log);
  const { server, runner } = await createApp({
    ...open,
    ...{ log, user: 'anna', version: '0.0.0', replyWithin: 60_000 },
    clock: () => instant(new Date()),
    ...changes,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ url, runner, failures },
    async close() {
      await server.close();
      await open.close();
    },
  };
}
