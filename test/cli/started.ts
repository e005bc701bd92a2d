import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const PROJECT = path.resolve(__dirname, '../..');

/** `npm start` as a process of its own, without npm. */
export interface Started {
  readonly process: ChildProcess;
  /** Everything it has said so far. */
  readonly said: () => string;
  /** Waits until it says something that fits, and gives the match. Rejects when it ends before. */
  hears(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until it is ready, and gives its address. */
  ready(): Promise<string>;
  /** Its exit code once it has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts Launchbook, in English, on a data folder; settings of this shell do not reach it. */
export function startLaunchbook(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  ...args: string[]
): Started {
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', 'src/cli/start.ts', ...args], {
    cwd: PROJECT,
    env: {
      ...process.env,
      CI: '1',
      LC_ALL: 'en_US.UTF-8',
      LAUNCHBOOK_DATA: folder,
      DATABASE_URL: '',
      HOST: '',
      PORT: '',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  const hears = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(output);
        if (match) resolve(match);
      };
      child.stdout.on('data', look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${pattern.source}:\n${output}`)));
    });
  return {
    process: child,
    ended,
    said: () => output,
    hears,
    ready: async () => (await hears(/ready: (http:\S+)/))[1] ?? '',
  };
}
