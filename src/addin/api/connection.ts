import type * as z from 'zod/mini';
import { companyHeader, idempotencyHeader } from '../../contract/headers';
import { Problem } from '../../contract/problem';
import { ApiError } from './errors';

export interface ConnectionSettings {
  /** Origin of the order book's address, empty for the one the page came from: the only one that lets a page in. */
  readonly baseUrl: string;
  /** Language of problems, BCP 47. */
  readonly language: string;
  /** Company of every request; null while it is not known, which will do where the order book holds only one. */
  readonly company: string | null;
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly query?: object;
  readonly body?: unknown;
  /** Required on every write. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal | undefined;
  /** The good reply is a file: an ArrayBuffer comes. */
  readonly file?: boolean;
}

/** Sends one request and checks the reply against `schema`. Fails with {@link ApiError} only. */
export type Send = <T extends z.ZodMiniType>(path: string, schema: T, call?: Call) => Promise<z.infer<T>>;

// A run answers within about two seconds or says 202; a preview of many orders is the slowest single answer.
const TIMEOUT_MS = 60_000;

/** `settings` is asked at every request, so that a changed language or company holds at once. */
export function connect(settings: () => ConnectionSettings, fetch: Fetch = browserFetch): Send {
  return async (path, schema, call = {}) => {
    const reply = await ask(fetch, settings(), path, call);
    const checked = schema.safeParse(reply);
    if (!checked.success) throw new ApiError('unknownReply', path, null, { cause: checked.error });
    return checked.data;
  };
}

/** The part of `fetch` that is used. */
export type Fetch = (address: string, request: RequestInit) => Promise<Response>;

// Called as a method of something else than the window, fetch refuses.
const browserFetch: Fetch = (address, request) => globalThis.fetch(address, request);

/** What was answered: a file's bytes where one was asked for, of JSON its value, else the text. */
async function ask(fetch: Fetch, settings: ConnectionSettings, path: string, call: Call): Promise<unknown> {
  const { signal, done } = patience(call.signal);
  try {
    const response = await fetch(addressOf(settings, path, call), { ...requestOf(settings, call), signal });
    if (response.ok && call.file === true) return await response.arrayBuffer();
    const content = parsed(await response.text());
    if (response.ok) return content;
    throw refusal(response.status, content, path);
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw new ApiError(call.signal?.aborted === true ? 'cancelled' : 'unreachable', path, null, { cause });
  } finally {
    done();
  }
}

function addressOf({ baseUrl }: ConnectionSettings, path: string, { query = {} }: Call): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, unknown][]) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null) parameters.append(name, String(each));
    }
  }
  const asked = parameters.toString();
  return `${baseUrl}${path}${asked === '' ? '' : `?${asked}`}`;
}

function requestOf(
  settings: ConnectionSettings,
  { method = 'GET', body, idempotencyKey }: Call,
): RequestInit {
  return {
    method,
    headers: {
      Accept: 'application/json, application/problem+json',
      'Accept-Language': settings.language,
      ...(settings.company !== null && { [companyHeader]: settings.company }),
      ...(idempotencyKey !== undefined && { [idempotencyHeader]: idempotencyKey }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** A signal that follows `asked` and gives up by itself; `AbortSignal.any` is missing in the web views of older Macs. */
function patience(asked: AbortSignal | undefined): {
  readonly signal: AbortSignal;
  readonly done: () => void;
} {
  const abort = new AbortController();
  const give = () => abort.abort();
  const timer = setTimeout(give, TIMEOUT_MS);
  if (asked?.aborted === true) give();
  asked?.addEventListener('abort', give);
  return {
    signal: abort.signal,
    done() {
      clearTimeout(timer);
      asked?.removeEventListener('abort', give);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function refusal(status: number, content: unknown, path: string): ApiError {
  const problem = Problem.safeParse(content);
  if (problem.success) return new ApiError('problem', path, problem.data);
  // The order book itself has no sign-in: a proxy before it has.
  if (status === 401 || status === 403) return new ApiError('signedOut', path);
  // A gateway's own error page means that the order book behind it did not answer.
  return new ApiError(status >= 502 && status <= 504 ? 'unreachable' : 'unknownReply', path);
}
