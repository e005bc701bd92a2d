import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  Allowance,
  CsvUnreadable,
  mostOfARecord,
  readCsv,
} from '../../../../src/adapter/orderbook/import/read-csv';

const MEGABYTE = 1024 * 1024;
const rows = Array.from({ length: 30_000 }, (_, index) => `A${index},1\n`).join('');

describe('reading CSV', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'launchbook-test-csv-'))));
  after(() => rm(folder, { recursive: true }));

  /** The line at which reading ends and why, and how many records were read before. */
  async function endOf(content: string | Buffer, allowance?: Allowance, name = 'file.csv'): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, content);
    let records = 0;
    try {
      for await (const record of readCsv(file, allowance)) if (record.fields.length > 0) records++;
    } catch (error) {
      assert.ok(error instanceof CsvUnreadable, String(error));
      return `${records} ${error.code} ${error.line ?? ''}`;
    }
    return `${records}`;
  }

  it('gives up at the line where a quote is opened and not closed, and holds no more than a record may have', async () => {
    let chunks = 0;
    const watched = new Allowance(() => void chunks++);
    const runaway = `name,number\n${rows}"A,1\n${rows.repeat(100)}`;
    assert.equal(await endOf(runaway, watched), '30001 recordTooLong 30002');
    assert.ok(chunks * 64 * 1024 < (mostOfARecord + 1) * MEGABYTE, `${chunks} chunks of a file of 24 MB`);
  });

  it('gives up a row of separators without an end', async () => {
    const file = `name,number\n${rows}${','.repeat(3 * MEGABYTE)}\n`;
    assert.equal(await endOf(file), '30001 recordTooLong 30002');
  });

  it('names the line of a stray quote in the middle of a large file', async () => {
    assert.match(await endOf(`name,number\n${rows}"A"B,1\n${rows}`), / malformed 30002$/);
  });

  it('reads no more of all files together than is allowed, unpacked', async () => {
    const packed = gzipSync(`name,number\n${' '.repeat(90)}\n`.repeat(60_000));
    assert.ok(packed.length < 100_000, 'a small archive of much');
    const allowance = new Allowance(undefined, 3);
    assert.equal(await endOf(`name,number\n${rows}`, allowance), '30001');
    assert.match(await endOf(packed, allowance, 'packed.csv.gz'), /^\d+ tooLarge \d+$/);
    assert.ok(allowance.exhausted);
  });

  it('can be stopped in a file without rows', async () => {
    const stop = new Error('stopped');
    const allowance = new Allowance(() => {
      throw stop;
    });
    const file = path.join(folder, 'blank.csv');
    await writeFile(file, `name\n${'\n'.repeat(MEGABYTE)}`);
    await assert.rejects(async () => {
      for await (const record of readCsv(file, allowance)) assert.ok(record);
    }, stop);
  });
});
