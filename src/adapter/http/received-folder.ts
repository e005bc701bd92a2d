import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { isAlive } from '../is-alive';
import { mostOfAFolder } from '../orderbook/import/read-csv';
import { ProblemError } from './problem';

/** Megabytes of a zip archive, and of all it holds unpacked, and how many files: many times what a large plant needs. */
export const mostOfAnUpload = { packed: 256, unpacked: mostOfAFolder, files: 200 };
const MEGABYTE = 1024 * 1024;

/** A folder that came over the wire. */
export interface ReceivedFolder {
  readonly folder: string;
  /** Of the bytes that were sent. */
  readonly hash: string;
  remove(): Promise<void>;
}

/**
 * Receives a zip archive and unpacks the files of a plant folder, packed as a folder or side by side, into a temporary folder. Names
 * are taken without their path, and other files are left out, so nothing can land elsewhere. Throws a ProblemError: `tooLarge`, or
 * `invalidUpload` when it is no such archive.
 */
export async function receiveFolder(body: Readable): Promise<ReceivedFolder> {
  const place = await mkdtemp(path.join(tmpdir(), `launchbook-import-${process.pid}-${ours}-`));
  const remove = (): Promise<void> => rm(place, { recursive: true, force: true });
  try {
    const archive = path.join(place, 'upload.zip');
    const hash = createHash('sha256');
    await pipeline(
      body,
      counted(mostOfAnUpload.packed, (chunk) => hash.update(chunk)),
      createWriteStream(archive),
    );
    const folder = path.join(place, 'plant');
    await mkdir(folder);
    await unpack(archive, folder);
    await rm(archive);
    return { folder, hash: hash.digest('hex'), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Tells this process from one before that had the same number, as in a container that was started again. */
const ours = randomUUID().slice(0, 8);
const RECEIVED = /^launchbook-import-(\d+)-([0-9a-f]{8})-/;

/** Removes what processes that are gone have left behind: a process that is killed removes nothing. */
export async function removeAbandonedFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid, whose] = RECEIVED.exec(name) ?? [];
    if (pid === undefined || whose === ours) continue;
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue;
    // What belongs to another account is hers to remove.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Not what a Mac adds to an archive: its names begin with a full stop. */
const PLANT_FILE = /^(?:plant\.json|[^./\\][^/\\]*\.csv(?:\.gz)?)$/i;

async function unpack(archive: string, folder: string): Promise<void> {
  const zip = await openPromise(archive).catch((cause: unknown) => {
    throw new ProblemError('invalidUpload', {}, { cause });
  });
  const total = counted.total();
  try {
    for await (const entry of zip.eachEntry()) await unpackEntry(zip, entry, folder, total);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError('invalidUpload', {}, { cause });
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, folder: string, total: Total): Promise<void> {
  const name = path.posix.basename(entry.fileName);
  if (entry.fileName.endsWith('/') || !PLANT_FILE.test(name)) return;
  if (++total.files > mostOfAnUpload.files) throw new ProblemError('tooLarge');
  const content = await zip.openReadStreamPromise(entry);
  // An archive with two files of one name is no folder.
  const file = createWriteStream(path.join(folder, name), { flags: 'wx' });
  await pipeline(
    content,
    counted(mostOfAnUpload.unpacked, () => undefined, total),
    file,
  );
}

interface Total {
  bytes: number;
  files: number;
}

/** Passes bytes on and counts them; more than so many megabytes are a problem. */
function counted(megabytes: number, seen: (chunk: Buffer) => void, total = counted.total()): Transform {
  return new Transform({
    transform: (chunk: Buffer, _, done: TransformCallback) => {
      total.bytes += chunk.length;
      seen(chunk);
      if (total.bytes > megabytes * MEGABYTE) done(new ProblemError('tooLarge'));
      else done(null, chunk);
    },
  });
}
counted.total = (): Total => ({ bytes: 0, files: 0 });
