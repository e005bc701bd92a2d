import type { Problem } from '../../contract/problem';

/**
 * `unreachable`: no answer came, so nobody knows whether the request arrived. `unknownReply`: an answer came that this
 * version cannot read. `signedOut`: what stands before the order book does not let us in. `problem`: the order book said no, and why.
 */
export type ApiErrorCode = 'signedOut' | 'unreachable' | 'unknownReply' | 'problem' | 'cancelled';

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ApiErrorCode,
    /** What was asked for, without host: `/api/orders`. */
    readonly path: string,
    readonly problem: Problem | null = null,
    options?: ErrorOptions,
    /** The request had been accepted before this went wrong. */
    readonly accepted = false,
  ) {
    super(`${code}: ${path}`, options);
  }

  /** Whether the request may have been carried out all the same: only the same key again tells. */
  get undecided(): boolean {
    if (this.accepted || this.code !== 'problem') return true;
    return (this.problem?.status ?? 500) >= 500;
  }
}
