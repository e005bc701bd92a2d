/** Names the company of a request; may be left out where the order book holds only one. */
export const companyHeader = 'x-company';

/** One key per attempt at a set of changes: the same key again returns the stored outcomes. Required on every write. */
export const idempotencyHeader = 'idempotency-key';
