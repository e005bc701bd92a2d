/** Rows of materials and operations that a sheet is filled with at most: a thousand orders, and nobody looks through more. */
export const mostContentRows = 20_000;

/** Rows of lots that a sheet is filled with at most. */
export const mostLotRows = 50_000;

/** Rows of changes that a sheet is filled with at most. Excel has room for a million, but writing so many takes minutes. */
export const mostChangeRows = 100_000;
