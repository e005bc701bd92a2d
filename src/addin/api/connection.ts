import axios, { type AxiosAdapter, type AxiosRequestConfig, isAxiosError, isCancel } from 'axios';
import type * as z from 'zod/mini';
import { companyHeader, idempotencyHeader } from '../../contract/headers';
import { Problem } from '../../contract/problem';
import { ApiError } from './errors';

export interface ConnectionSettings {
  /** Origin of the order book's address, empty for the one the pane came from. */
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
}

/** Sends one request and checks the reply against `schema`. Fails with {@link ApiError} only. */
export type Send = <T extends z.ZodMiniType>(path: string, schema: T, call?: Call) => Promise<z.infer<T>>;

// A run answers within about two seconds or says 202; a preview of many orders is the slowest single answer.
const TIMEOUT_MS = 60_000;

/** `settings` is asked at every request, so that a changed language or address holds at once. */
export function connect(settings: () => ConnectionSettings, adapter?: AxiosAdapter): Send {
  const http = axios.create({
    timeout: TIMEOUT_MS,
    paramsSerializer: { indexes: null },
    ...(adapter ? { adapter } : {}),
  });
  return async (path, schema, call = {}) => {
    const reply = await http.request<unknown>(config(settings(), path, call)).catch((error: unknown) => {
      throw failure(error, path);
    });
    const checked = schema.safeParse(reply.data);
    if (!checked.success) throw new ApiError('unknownReply', path, null, { cause: checked.error });
    return checked.data;
  };
}

function config(settings: ConnectionSettings, path: string, call: Call): AxiosRequestConfig {
  return {
    method: call.method ?? 'GET',
    baseURL: settings.baseUrl,
    url: path,
    headers: {
      Accept: 'application/json, application/problem+json',
      'Accept-Language': settings.language,
      ...(settings.company === null ? {} : { [companyHeader]: settings.company }),
      ...(call.idempotencyKey === undefined ? {} : { [idempotencyHeader]: call.idempotencyKey }),
    },
    ...(call.query === undefined ? {} : { params: call.query }),
    ...(call.body === undefined ? {} : { data: call.body }),
    ...(call.signal === undefined ? {} : { signal: call.signal }),
  };
}

function failure(error: unknown, path: string): ApiError {
  if (isCancel(error)) return new ApiError('cancelled', path, null, { cause: error });
  if (!isAxiosError(error) || error.response === undefined) {
    return new ApiError('unreachable', path, null, { cause: error });
  }
  const problem = Problem.safeParse(error.response.data);
  // A gateway's own error page means that the order book behind it did not answer.
  if (!problem.success) {
    const gateway = error.response.status >= 502 && error.response.status <= 504;
    return new ApiError(gateway ? 'unreachable' : 'unknownReply', path, null, { cause: error });
  }
  return new ApiError('problem', path, problem.data, { cause: error });
}
