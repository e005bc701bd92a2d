import { type Block, blocksOf } from './blocks';
import type { ExistingRow } from './plan-search';

/**
 * What a row is that the writing of a search had not reached: `stale` shows an order that was found as an earlier search
 * had it, `notFound` one that was not found but is the planner's to keep, `empty` is a table's last row.
 */
export type LeftRow = 'stale' | 'notFound' | 'empty';

export interface StopPlan {
  /** Rows to delete, bottom up. */
  readonly remove: readonly Block[];
  /** What to say of each row that stays, top to bottom; null where nothing is to be said. */
  readonly rows: readonly (LeftRow | null)[];
  /** The keys of the rows that stay. */
  readonly standing: readonly string[];
  /** Rows, counted as in `remove`, that stay without an order. */
  readonly emptied: readonly Block[];
}

/**
 * How a table becomes whole again whose writing was stopped. `found` are the keys that the search found, `fresh` those whose rows
 * are written. Room that was made for more goes, and so does what was not found; rows that the planner marked or typed into stay.
 */
export function planStop(
  table: readonly ExistingRow[],
  found: ReadonlySet<string>,
  fresh: ReadonlySet<string>,
): StopPlan {
  const seen = new Set<string>();
  const left = table.map(({ key, marked, typed }): LeftRow | null | undefined => {
    // An order that was moving up stands in two rows.
    const again = seen.has(key);
    seen.add(key);
    const isFound = found.has(key) && !again;
    if (!isFound && !marked && !typed) return undefined;
    if (key === '' || fresh.has(key)) return null;
    return isFound ? 'stale' : 'notFound';
  });
  // Excel wants a table to have a row.
  const rows = left.some((row) => row !== undefined)
    ? left
    : left.map((row, at) => (at === 0 ? 'empty' : row));
  return {
    emptied: blocksOf(rows.flatMap((row, at) => (row === 'empty' ? [at] : []))),
    remove: blocksOf(rows.flatMap((row, at) => (row === undefined ? [at] : []))).reverse(),
    rows: rows.filter((row) => row !== undefined),
    standing: table.flatMap(({ key }, at) => (rows[at] === undefined ? [] : [key])),
  };
}
