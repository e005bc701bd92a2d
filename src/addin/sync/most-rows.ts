/**
 * Rows that a sheet of ours is filled with at most, where a row is not an order but a part of one. Excel has room for a million; writing so
 * many takes minutes, and nobody reads them.
 */
export const mostRows = 100_000;
