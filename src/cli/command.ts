import path from 'node:path';
import pino, { type Logger } from 'pino';
import { defaultDataFolder, readConfig, type Config } from '../adapter/config';
import { textsIn, type Texts } from '../adapter/texts';
import { languageOf, type TextKey } from '../language/text';
import { Closing } from './closing';
import { createProgress, type Progress } from './progress';
import { sentencesOf } from './sentences';
import { stopSignal } from './stop-signal';

export const PROJECT = path.resolve(__dirname, '../..');

/** What a command works with. */
export interface Context {
  readonly config: Config;
  readonly progress: Progress;
  readonly log: Logger;
  /** Aborted when the user asks the command to end. */
  readonly stop: AbortSignal;
  /** What the command has started and is to be ended with it. */
  readonly closing: Closing;
}

export interface Command {
  /** What is said above the sentences that tell why it failed. */
  readonly failed: TextKey;
  /** Environment variables the command decides itself. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly run: (context: Context) => Promise<void>;
}

/** Runs a command in the language of the system. It ends what it started; a failure is told in sentences, and the exit code is 1. */
export async function runCommand({ failed, settings, run }: Command): Promise<void> {
  const { text } = systemTexts();
  const progress = createProgress(text, (line) => console.log(line));
  const stop = stopSignal(() => progress.say('start.forced'));
  const closing = new Closing();
  let log: Logger | undefined;
  const tell = (error: unknown): void => {
    process.exitCode = 1;
    log?.debug({ err: error }, 'command failed');
    progress.say(failed);
    for (const sentence of sentencesOf(error, text)) console.error(sentence);
  };
  try {
    const environment = { LAUNCHBOOK_LOG: 'warn', ...process.env, ...settings };
    const config = readConfig(environment, defaultDataFolder(PROJECT));
    log = pino({ level: config.logLevel }, pino.destination(2));
    await run({ config, progress, log, stop, closing });
  } catch (error) {
    if (!stop.aborted) tell(error);
  }
  if (stop.aborted) progress.say('start.stopping');
  await closing.run().catch(tell);
  if (stop.aborted) progress.say('start.stopped');
}

/** Texts in the language of the system. */
export function systemTexts(): Texts {
  return textsIn(languageOf([Intl.DateTimeFormat().resolvedOptions().locale]));
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
