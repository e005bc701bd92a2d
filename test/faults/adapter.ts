import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export interface AdapterProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has logged. */
  readonly logged: () => string;
  /** Ends it without any warning, and waits until it is gone. */
  kill(): Promise<void>;
}

export interface AdapterSettings {
  readonly databaseUrl: string;
  /** 0 for a free one. */
  readonly port?: number;
  readonly chunkSize: number;
  /** Milliseconds its clock is ahead. */
  readonly ahead?: number;
  /** Milliseconds a chunk of it may be silent. */
  readonly silence?: number;
  /** Where it keeps what it receives. */
  readonly temporary?: string;
}

/** Starts an adapter as a process of its own and waits until it listens. Rejects when it ends before. */
export async function startAdapter(settings: AdapterSettings): Promise<AdapterProcess> {
  const { databaseUrl, port = 0, chunkSize, ahead = 0, silence, temporary } = settings;
  const child = spawn(
    process.execPath,
    ['--require', 'tsx/cjs', path.join(__dirname, 'adapter-process.ts')],
    {
      env: {
        ...process.env,
        ...{ DATABASE_URL: databaseUrl, PORT: String(port), CHUNK: String(chunkSize), AHEAD: String(ahead) },
        ...(silence !== undefined && { SILENCE: String(silence) }),
        ...(temporary !== undefined && { TMPDIR: temporary }),
      },
      stdio: 'pipe',
    },
  );
  let logged = '';
  child.stderr.on('data', (text: Buffer) => (logged += text.toString()));
  const closed = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      const address = /listening (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    void closed.then(() => reject(new Error(`The adapter ended before it listened:\n${logged}`)));
  });
  return {
    url,
    child,
    logged: () => logged,
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
