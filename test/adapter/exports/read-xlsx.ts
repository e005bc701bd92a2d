import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** The cells of a workbook's sheets as they are stored: `s:text` for texts, plain text for numbers, empty for nothing. */
export interface ReadSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** Reads what a file holds, with nothing of what wrote it. */
export async function readXlsx(file: Buffer): Promise<ReadSheet[]> {
  const parts = await unzip(file);
  const workbook = parts.get('xl/workbook.xml') ?? '';
  return [...workbook.matchAll(/<sheet name="([^"]*)" sheetId="(\d+)"/g)].map(([, name = '', id = '']) => ({
    name: unescaped(name),
    rows: rowsIn(parts.get(`xl/worksheets/sheet${id}.xml`) ?? ''),
  }));
}

function rowsIn(xml: string): string[][] {
  return [...xml.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<c(?: s="(\d)")?( t="inlineStr")?(?:\/>|>(.*?)<\/c>)/gs)].map(
      ([, , text, inside = '']) => {
        const content = /<(?:t|v)[^>]*>(.*)<\/(?:t|v)>/s.exec(inside)?.[1] ?? '';
        return text === undefined ? content : `s:${unescaped(content)}`;
      },
    ),
  );
}

function unescaped(xml: string): string {
  return xml
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/_x([0-9A-F]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The parts of a zip file as texts. */
export function unzip(file: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    fromBuffer(file, { lazyEntries: true }, (error, zip) => {
      if (error !== null) return reject(error);
      const parts = new Map<string, string>();
      zip.on('error', reject);
      zip.on('end', () => resolve(parts));
      zip.on('entry', (entry: Entry) => {
        contentOf(zip, entry).then((content) => {
          parts.set(entry.fileName, content);
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
  });
}

function contentOf(zip: ZipFile, entry: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', reject);
      stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
  });
}
