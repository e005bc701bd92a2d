import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { isAlive } from '../adapter/is-alive';
import { Health } from '../contract/plant';

const Instance = z.object({
  pid: z.int().check(z.positive()),
  /** Origin of the adapter, e.g. `http://127.0.0.1:3000`, or `https://localhost:3000` for Excel. */
  url: z.url({ protocol: /^https?$/ }),
});

/** A running Launchbook. */
export type Instance = z.infer<typeof Instance>;

const PATIENCE_MS = 2_000;

/**
 * The Launchbook that already serves this data folder, so that a second start can say where the first runs. A record is
 * believed only when its process is alive and its address answers as Launchbook does: a killed process leaves its
 * record behind, and process number and port may belong to others by now.
 */
export async function findRunningInstance(dataFolder: string): Promise<Instance | undefined> {
  const instance = await readRecord(dataFolder);
  if (instance === undefined || !isAlive(instance.pid)) return undefined;
  return (await answersAsLaunchbook(instance.url)) ? instance : undefined;
}

/** Records this process as the one that serves the data folder. Call it when the address answers. */
export async function recordInstance(dataFolder: string, url: string): Promise<void> {
  const record: Instance = { pid: process.pid, url };
  const making = `${recordFile(dataFolder)}.${process.pid}`;
  await mkdir(dataFolder, { recursive: true });
  await writeFile(making, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  await rename(making, recordFile(dataFolder));
}

/** Removes the record at a clean end, unless another process has recorded itself since. */
export async function forgetInstance(dataFolder: string): Promise<void> {
  const instance = await readRecord(dataFolder);
  if (instance?.pid === process.pid) await rm(recordFile(dataFolder), { force: true });
}

function recordFile(dataFolder: string): string {
  return path.join(dataFolder, 'instance.json');
}

async function readRecord(dataFolder: string): Promise<Instance | undefined> {
  try {
    return Instance.parse(JSON.parse(await readFile(recordFile(dataFolder), 'utf8')));
  } catch {
    // No record, or one that a crash cut short: nobody can be found by it.
    return undefined;
  }
}

async function answersAsLaunchbook(url: string): Promise<boolean> {
  try {
    return Health.safeParse(JSON.parse(await read(new URL('/api/health', url)))).success;
  } catch {
    return false;
  }
}

/** The body of a good answer. */
function read(url: URL): Promise<string> {
  const options = { signal: AbortSignal.timeout(PATIENCE_MS), agent: false };
  return new Promise((resolve, reject) => {
    const answered = (reply: IncomingMessage): void => {
      if (reply.statusCode === 200) text(reply).then(resolve, reject);
      else reject(new Error(`${reply.statusCode}`));
      reply.resume();
    };
    const asked =
      url.protocol === 'https:'
        ? // Node does not know the developer's certificate authority; nothing secret is sent or believed here.
          https.get(url, { ...options, rejectUnauthorized: false }, answered)
        : http.get(url, options, answered);
    asked.on('error', reject);
  });
}
