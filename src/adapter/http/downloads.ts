import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import * as z from 'zod/mini';
import { Download, DownloadRequest } from '../../contract/downloads';
import type { Company } from '../../contract/plant';
import { instant } from '../../domain/calendar';
import { textsIn } from '../texts';
import type { StoredDownload } from '../orderbook/downloads';
import { type Exported, exportReply, sendFile } from './export-reply';
import { textsFor } from './language';
import { movementFile } from './movements';
import { orderFile } from './orders';
import { sendPapers } from './papers';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';
import { runAt } from './run-address';
import { runLogFile } from './run-log';
import { warehouseRequestFile } from './warehouse-requests';
import { withdrawalFile } from './withdrawals';

const MILLISECONDS_VALID = 5 * 60_000;
const SECRET_BYTES = 32;
const DownloadAddress = z.object({ company: z.string(), token: z.string() });

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * Addresses of files, for a window of a browser, which sends no headers of ours. Each works once and for minutes: it may stay in a history
 * or be read over a shoulder.
 */
export function downloadRoutes(api: Api, { ledger, downloads, clock }: Services): void {
  api.post(
    '/downloads',
    {
      schema: {
        tags: ['Files'],
        summary: 'Ask for the address of a file',
        description:
          'Whoever opens the address has the file, as it is then and in the language of this request: once, within five minutes, ' +
          'and without any header.',
        body: DownloadRequest,
        response: { 201: Download, ...problemReplies },
      },
    },
    async (request, reply) => {
      const { actor, body, company } = request;
      if ('run' in body && body.run !== undefined) await runAt(ledger, company.code, body.run);
      const token = randomBytes(SECRET_BYTES).toString('base64url');
      const at = clock();
      const expiresAt = instant(new Date(Date.parse(at) + MILLISECONDS_VALID));
      const download = { request: body, language: textsFor(request).language };
      await downloads.add(company.code, actor, hashOf(token), download, { at, expiresAt });
      const address = `/api/downloads/${encodeURIComponent(company.code)}/${token}`;
      return reply.code(201).send({ address, expiresAt });
    },
  );
}

/** Where the files are. `user` is who opens the addresses: those somebody else asked for are not there. */
export function fileRoutes(api: Api, services: Services, user: string): void {
  const { book, downloads, clock } = services;
  api.get(
    '/downloads/:company/:token',
    {
      // What looks at an address before it is opened must not use it up.
      exposeHeadRoute: false,
      // The address is the right to the file, so it stays out of the log.
      logSerializers: { req: ({ method }: { method: string }) => ({ method, url: '/api/downloads/…' }) },
      schema: {
        tags: ['Files'],
        summary: 'The file, once',
        description:
          'As an attachment. An address that was used, has expired or was never given is `downloadGone`.',
        params: DownloadAddress,
        response: { 200: exportReply(z.string()), ...problemReplies },
      },
    },
    async ({ params }, reply) => {
      const company = (await book.companies()).find(({ code }) => code === params.company);
      const download = company && (await downloads.take(company.code, user, hashOf(params.token), clock()));
      if (!download) throw new ProblemError('downloadGone');
      return sendDownload(services, company, download, user, reply);
    },
  );
}

async function sendDownload(
  services: Services,
  company: Company,
  { request, language }: StoredDownload,
  user: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { book, ledger } = services;
  const texts = textsIn(language);
  if (request.kind === 'papers') return sendPapers(services, company, request, user, texts, reply);
  const send = <Row>(file: Exported<Row>) =>
    sendFile(reply, { format: request.format }, { texts, timeZone: company.timeZone }, file);
  switch (request.kind) {
    case 'orders':
      return send(orderFile(book, company.code, request.query));
    case 'movements':
      return send(movementFile(book, company.code, request.query));
    case 'warehouseRequests':
      return send(warehouseRequestFile(book, company.code, request.query));
    case 'withdrawals':
      return send(withdrawalFile(book, company.code, await runAt(ledger, company.code, request.run)));
    case 'log':
      return send(runLogFile(services, company, await runAt(ledger, company.code, request.run), texts));
  }
}
