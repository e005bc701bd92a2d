import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { ExportForm, ExportFormat } from '../../contract/exports';
import { localTime, type Instant } from '../../domain/calendar';
import { csv, type CsvForm } from '../exports/csv';
import type { Export, Table } from '../exports/table';
import { xlsx } from '../exports/xlsx';
import type { Texts } from '../texts';
import { textsFor } from './language';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const contentTypes: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: XLSX,
};
/** A reader that takes nothing for so long is gone, and holds a connection of the database. */
const MOST_MS_WITHOUT_PROGRESS = 120_000;

/** What a route that exports declares as its good reply. */
export function exportReply(row: z.ZodMiniType) {
  const content = {
    'application/x-ndjson': { schema: row },
    'text/csv': { schema: z.string() },
    [XLSX]: { schema: z.string().check(z.meta({ format: 'binary' })) },
  };
  return { description: 'A row a line, or a file.', content } as const;
}

export interface Exported<Row> {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly table: Table<Row>;
  readonly rows: AsyncIterable<readonly Row[]>;
}

/** Who the file is for. */
export interface Reader {
  readonly texts: Texts;
  readonly timeZone: string;
}

export type FileForm = ExportForm & { readonly format: ExportFormat };

/** Answers with the export a request asks for, in the form and the language it asks for. */
export function sendExport<Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  form: ExportForm,
  exported: Exported<Row>,
): Promise<FastifyReply> {
  const format = form.format ?? acceptedFormat(request.headers.accept ?? '') ?? 'ndjson';
  const reader = { texts: textsFor(request), timeZone: request.company.timeZone };
  return sendFile(reply, { ...form, format }, reader, exported);
}

/**
 * Answers with a file that is written while it is read. What fails before the first rows is answered with a problem; later the
 * connection breaks off, so that half a file is never taken for a whole one.
 */
export async function sendFile<Row>(
  reply: FastifyReply,
  { format, ...form }: FileForm,
  { texts, timeZone }: Reader,
  { name, table, rows }: Exported<Row>,
): Promise<FastifyReply> {
  const begun = await begin(rows);
  const file = fileOf(format, csvForm(form, texts), {
    table,
    rows: begun,
    text: texts.text,
    localTime: clockOf(timeZone),
  });
  reply.raw.setTimeout(MOST_MS_WITHOUT_PROGRESS, () => reply.raw.destroy());
  return reply
    .headers({
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="${name}.${format}"`,
      'content-language': texts.language,
      vary: 'accept, accept-language',
    })
    .send(file);
}

function fileOf<Row>(format: ExportFormat, form: CsvForm, exported: Export<Row>): Readable {
  switch (format) {
    case 'ndjson':
      return Readable.from(lines(exported.rows), { objectMode: false });
    case 'csv':
      return Readable.from(csv(exported, form), { objectMode: false });
    case 'xlsx':
      return xlsx(exported);
  }
}

async function* lines<Row>(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** The same rows, the first batch of them read already. */
export async function begin<Row>(
  rows: AsyncIterable<readonly Row[]>,
): Promise<AsyncIterable<readonly Row[]>> {
  const reading = rows[Symbol.asyncIterator]();
  const first = await reading.next();
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await reading.next()) yield next.value;
    } finally {
      await reading.return?.();
    }
  })();
}

function acceptedFormat(accept: string): ExportFormat | undefined {
  const asked = accept.split(',').map((part) => part.split(';')[0]?.trim().toLowerCase());
  const formats = Object.entries(contentTypes) as [ExportFormat, string][];
  return formats.find(([, type]) => asked.includes(type.split(';')[0]))?.[0];
}

const separators = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** What a spreadsheet of the caller's language expects of a CSV file, where the caller does not say it. */
function csvForm({ separator, decimal }: ExportForm, { language }: Texts): CsvForm {
  const usual: CsvForm =
    language === 'it' ? { separator: ';', decimal: ',' } : { separator: ',', decimal: '.' };
  return {
    separator: separator === undefined ? usual.separator : separators[separator],
    decimal: decimal === undefined ? usual.decimal : decimal === 'comma' ? ',' : '.',
  };
}

/** The plant's clock. Rows of one run share their moment, so the last one is kept. */
function clockOf(timeZone: string): (at: string) => string {
  let last = { at: '', shown: '' };
  return (at) => {
    // Moments of the book are instants; the tables know them as text.
    if (at !== last.at) last = { at, shown: localTime(timeZone, at as Instant) };
    return last.shown;
  };
}
