import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Export } from './table';
import { closing, opening, rowXml, staticParts, workbookParts } from './xlsx-parts';

/** Rows of a sheet beside its header: Excel's own limit. What is more goes on in another sheet. */
const MOST_ROWS = 1_048_575;
/** Characters handed on at once. */
const PIECE = 65_536;

/**
 * A table as an Excel workbook, written while it is read: neither the rows nor the file are ever held as a whole. Texts are inline
 * strings, so that nothing in them can be a formula. Whoever destroys the stream ends the reading of the rows.
 */
export function xlsx<Row>(exported: Export<Row>, mostRows = MOST_ROWS): Readable {
  const zip = new ZipFile();
  // yazl types its stream by an older interface; it is a PassThrough.
  const file = zip.outputStream as Readable;
  // What fails in a part of the zip fails in writing it as well, and is told there.
  zip.on('error', () => undefined);
  writeParts(zip, file, exported, mostRows).catch((error: Error) => file.destroy(error));
  return file;
}

async function writeParts<Row>(
  zip: ZipFile,
  file: Readable,
  exported: Export<Row>,
  mostRows: number,
): Promise<void> {
  const rows = eachOf(exported.rows);
  try {
    let next = await rows.next();
    let sheets = 0;
    do {
      // Whoever left while these rows were read is not heard of again.
      if (file.destroyed) return;
      sheets += 1;
      const xml = Readable.from(sheetXml(exported, next, rows, mostRows), { objectMode: false });
      file.once('close', () => xml.destroy());
      zip.addReadStream(xml, `xl/worksheets/sheet${sheets}.xml`);
      await finished(xml);
      next = await rows.next();
    } while (next.done !== true);
    const parts = { ...staticParts, ...workbookParts(exported.text(exported.table.name), sheets) };
    for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
    zip.end();
  } finally {
    await rows.return(undefined);
  }
}

async function* eachOf<Row>(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<Row, undefined> {
  for await (const batch of batches) yield* batch;
}

/** One sheet: its header, `first` and what follows, up to the most a sheet may hold. */
async function* sheetXml<Row>(
  { table, ...around }: Export<Row>,
  first: IteratorResult<Row, undefined>,
  rows: AsyncGenerator<Row, undefined>,
  mostRows: number,
): AsyncGenerator<string> {
  const header = table.columns.map(({ header: key }) => ({ kind: 'text', text: around.text(key) }) as const);
  let piece = opening(table.columns) + rowXml(header, 'header');
  let next = first;
  for (let count = 1; next.done !== true; count++) {
    const { value: row } = next;
    piece += rowXml(table.columns.map((column) => column.value(row, around)));
    if (piece.length > PIECE) {
      yield piece;
      piece = '';
    }
    if (count === mostRows) break;
    next = await rows.next();
  }
  yield piece + closing;
}
