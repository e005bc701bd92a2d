import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { Import, ImportReport } from '../../contract/imports';
import type { Right } from '../../domain/rights';
import { faultText, reportIn, runningParams } from '../import-text';
import { FolderUnusable } from '../orderbook/import/import-errors';
import { ImportCancelled, type Begun, type ImportRecord } from '../orderbook/importer';
import type { Text } from '../texts';
import { idempotencyKeyOf } from './idempotency-key';
import { textsFor } from './language';
import { ProblemError, problemReplies } from './problem';
import { mostOfAnUpload, receiveFolder, removeAbandonedFolders } from './received-folder';
import type { Api, Services } from './routes';

/** How long a caller waits for an import to end, in milliseconds; then it goes on without them. */
const REPLY_WITHIN = 2000;

/** Imports and dry runs of an adapter at once: each has a connection of the few, and a folder of its own. */
const MOST_AT_ONCE = 3;

const Flag = z.pipe(
  z.enum(['true', 'false']),
  z.transform((text: 'true' | 'false') => text === 'true'),
);
const ImportQuery = z.object({ dryRun: z.optional(Flag), company: z.optional(z.string()) });
const ImportAddress = z.object({ company: z.string(), id: z.string() });

/**
 * Imports of plant folders. They name their company themselves, and it may be a new one, so these routes stand beside those that are
 * asked for a company.
 */
export function importRoutes(
  api: Api,
  { importer }: Services,
  { user, rights }: { readonly user: string; readonly rights: readonly Right[] },
): void {
  api.addHook('onReady', removeAbandonedFolders);
  const enter = placesFor(MOST_AT_ONCE);
  // Only here, and not a type that a page of another origin could send unasked.
  api.addContentTypeParser('application/zip', (_request, payload, done) => done(null, payload));

  const mayImport = (): void => {
    if (!rights.includes('import')) throw new ProblemError('rightMissing', { params: { right: 'import' } });
  };
  const importAt = async ({ company, id }: z.infer<typeof ImportAddress>): Promise<ImportRecord> => {
    const found = z.uuid().safeParse(id).success ? await importer.read(company, id) : undefined;
    if (found === undefined) throw new ProblemError('notFound');
    return found;
  };

  api.post(
    '/imports',
    {
      // The body is counted while it is received.
      bodyLimit: mostOfAnUpload.packed * 1024 * 1024,
      schema: {
        tags: ['Imports'],
        summary: 'Import a plant folder, all of it or nothing',
        description:
          'The body is a zip archive of the folder (application/zip, up to 256 MB): plant.json and the CSV files of docs/import.md. ' +
          'Needs an Idempotency-Key. Answers 200 with the report when it is done within about two seconds, otherwise 202 with the ' +
          'open import, which goes on. A client that goes away before the answer stops the import, and nothing of it is kept. A ' +
          'company has one import at a time (409 `importRunning`), an adapter a few (429 `tooManyImports`). With `dryRun=true` ' +
          'everything is checked and reported, nothing is kept or locked, and no key is needed.',
        querystring: ImportQuery,
        consumes: ['application/zip'],
        response: { 200: z.union([Import, ImportReport]), 202: Import, ...problemReplies },
      },
    },
    async (request, reply) => {
      // What is refused before it has been read ends with its connection, which would wait for the rest for ever.
      reply.header('connection', 'close');
      mayImport();
      const { dryRun = false, company } = request.query;
      const key = dryRun ? '' : idempotencyKeyOf(request);
      const leave = enter();
      const gone = goneSignal(reply);
      let left: () => Promise<void> = async () => leave();
      let goesOn = false;
      try {
        // The parser of this content type hands the request on as it is.
        const received = await receiveFolder(bodyOf(request));
        left = () => received.remove().finally(leave);
        reply.removeHeader('connection');
        const wanted = { folder: received.folder, actor: user, company };
        const { text } = textsFor(request);
        if (dryRun) return reportIn(await importer.dryRun(wanted, { signal: gone }), text);
        const begun = await importer.begin(wanted, key, received.hash, { signal: gone });
        if (begun.kind !== 'opened') return answer(reply, runOf(begun), text);
        goesOn = true;
        const ended = begun.ended.finally(left);
        ended.catch((error: unknown) => request.log.error({ err: error }, 'import broke off'));
        const done = await Promise.race([ended, delay(REPLY_WITHIN, undefined, { ref: false })]);
        return answer(reply, done ?? begun.run, text);
      } catch (error) {
        if (gone.aborted) return reply.hijack();
        throw asProblem(error, textsFor(request).text);
      } finally {
        if (!goesOn) await left();
      }
    },
  );

  api.get(
    '/imports/:company/:id',
    {
      schema: {
        tags: ['Imports'],
        summary: 'How far an import is, or its report',
        params: ImportAddress,
        response: { 200: Import, ...problemReplies },
      },
    },
    async (request) => importIn(await importAt(request.params), textsFor(request).text),
  );

  api.post(
    '/imports/:company/:id/cancel',
    {
      schema: {
        tags: ['Imports'],
        summary: 'Stop an import; nothing of it is kept',
        description:
          'An import that has ended is returned as it is; so is one that writes already, where another adapter works on it.',
        params: ImportAddress,
        response: { 200: Import, ...problemReplies },
      },
    },
    async (request) => {
      const { company, id } = await importAt(request.params);
      mayImport();
      const run = await importer.cancel(company, id);
      if (!run) throw new ProblemError('notFound');
      return importIn(run, textsFor(request).text);
    },
  );
}

function bodyOf({ body }: FastifyRequest): Readable {
  if (typeof body === 'object' && body !== null && 'pipe' in body) return body as Readable;
  throw new ProblemError('unsupportedMediaType');
}

function answer(reply: FastifyReply, run: ImportRecord, text: Text): Import {
  if (run.state === 'open') {
    reply
      .code(202)
      .headers({ location: `/api/imports/${encodeURIComponent(run.company)}/${run.id}`, 'retry-after': '1' });
  }
  return importIn(run, text);
}

const importIn = (run: ImportRecord, text: Text): Import => ({
  ...run,
  report: run.report && reportIn(run.report, text),
});

/** The import that a key has opened before. Throws a ProblemError where there is none. */
function runOf(begun: Exclude<Begun, { readonly kind: 'opened' }>): ImportRecord {
  if (begun.kind === 'otherBody') throw new ProblemError('keyOfOtherRequest');
  if (begun.kind === 'before') return begun.run;
  throw new ProblemError('importRunning', { params: runningParams(begun.run) });
}

/** Aborted when the caller goes away without having been answered. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort();
  });
  return gone.signal;
}

/** Lets so many in at once, and gives each how to leave; throws a ProblemError when there is no room. */
function placesFor(most: number): () => () => void {
  let taken = 0;
  return () => {
    if (taken >= most) throw new ProblemError('tooManyImports');
    taken++;
    return () => void taken--;
  };
}

function asProblem(error: unknown, text: Text): unknown {
  // Whoever called it off is not here to be told; this process is about to end.
  if (error instanceof ImportCancelled) return new ProblemError('notReady', {}, { cause: error });
  if (!(error instanceof FolderUnusable)) return error;
  // A folder that says nothing of itself is the caller's mistake.
  const errors = [{ path: error.fault.file, message: faultText(error.fault, text) }];
  return new ProblemError('invalidUpload', { errors }, { cause: error });
}
