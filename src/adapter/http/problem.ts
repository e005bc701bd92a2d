import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Problem, type ProblemCode } from '../../contract/problem';
import type { Refusal } from '../../domain/refusals';
import { BadCursor, BookBusy } from '../orderbook/order-book';
import { BookUnreachable } from '../orderbook/unreachable';
import type { Texts } from '../texts';
import { textsFor } from './language';
import { fieldErrors } from './field-errors';

const statusOf = {
  invalidRequest: 400,
  notFound: 404,
  downloadGone: 410,
  unknownCompany: 400,
  missingIdempotencyKey: 400,
  keyOfOtherRequest: 422,
  refused: 409,
  notUndoable: 409,
  runStillOpen: 409,
  nothingToUndo: 409,
  nothingToPrint: 409,
  rightMissing: 403,
  invalidUpload: 400,
  importRunning: 409,
  tooManyImports: 429,
  foreignHost: 403,
  foreignOrigin: 403,
  tooLarge: 413,
  unsupportedMediaType: 415,
  notReady: 503,
  busy: 503,
  internal: 500,
} as const satisfies Record<ProblemCode, number>;

interface Details {
  /** What fills the text of the problem. */
  readonly params?: Readonly<Record<string, string>>;
  readonly errors?: Problem['errors'];
  readonly refusals?: readonly Refusal[];
}

/** Thrown anywhere below a route to answer with a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly details: Details;

  constructor(code: ProblemCode, details: Details = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.details = details;
  }
}

/** What every route declares beside its good replies, for the check of the reply and for the API description. */
export const problemReplies = {
  '4xx': {
    description: 'The request cannot be served; `code` says why.',
    content: { 'application/problem+json': { schema: Problem } },
  },
  '5xx': {
    description: 'The fault is on this side; nothing is said about its inside.',
    content: { 'application/problem+json': { schema: Problem } },
  },
} as const;

/** Turns whatever a route throws, and unknown addresses, into problems in the caller's language. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) =>
    sendProblem(reply, request, asProblem(error, request)),
  );
  app.setNotFoundHandler((request, reply) => sendProblem(reply, request, new ProblemError('notFound')));
}

function sendProblem(reply: FastifyReply, request: FastifyRequest, error: ProblemError): FastifyReply {
  const texts = textsFor(request);
  const problem = problemOf(error, request, texts);
  if (problem.status >= 500) request.log.error({ err: error.cause ?? error }, 'request failed');
  // Only a window of a browser asks for pages: a person reads what it shows.
  const read = request.headers.accept?.includes('text/html') === true;
  return reply
    .code(problem.status)
    .headers({
      'content-type': `${read ? 'text/plain' : 'application/problem+json'}; charset=utf-8`,
      'content-language': texts.language,
      vary: 'accept, accept-language',
      ...([429, 503].includes(problem.status) && { 'retry-after': '2' }),
    })
    .send(read ? `${problem.title}\n\n${problem.detail}\n` : problem);
}

function problemOf({ code, details }: ProblemError, request: FastifyRequest, texts: Texts): Problem {
  const params = { request: request.id, ...details.params };
  return {
    type: `urn:launchbook:problem:${code}`,
    title: texts.text(`problem.${code}.title`),
    status: statusOf[code],
    code,
    detail: texts.text(`problem.${code}.detail`, params),
    ...(details.errors && { errors: details.errors }),
    ...(details.refusals && { refusals: [...details.refusals] }),
  };
}

function asProblem(error: FastifyError, request: FastifyRequest): ProblemError {
  if (error instanceof ProblemError) return error;
  const { text } = textsFor(request);
  if (hasZodFastifySchemaValidationErrors(error)) {
    return new ProblemError('invalidRequest', { errors: fieldErrors(error, request, text) });
  }
  if (error instanceof BadCursor) {
    const errors = [{ path: 'cursor', message: text('problem.field.cursor') }];
    return new ProblemError('invalidRequest', { errors });
  }
  if (error instanceof BookBusy) return new ProblemError('busy');
  if (error instanceof BookUnreachable) return new ProblemError('notReady', {}, { cause: error });
  switch (error.statusCode) {
    case 413:
      return new ProblemError('tooLarge');
    case 415:
      return new ProblemError('unsupportedMediaType');
    case 400: {
      const errors = [{ path: 'body', message: text('problem.field.json') }];
      return new ProblemError('invalidRequest', { errors });
    }
    // What the file server says of folders, hidden files and ways out of its folder.
    case 403:
    case 404:
      return new ProblemError('notFound');
    default:
      return new ProblemError('internal', {}, { cause: error });
  }
}
