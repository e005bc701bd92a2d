import type { Movement } from '../../contract/movements';
import { type Block, blocksOf } from './blocks';
import { rowIdOf } from './movement-columns';

export interface MovementPlan {
  /** Every row that is there, top to bottom: the movement it is to show now, or null to leave it. */
  readonly update: readonly (Movement | null)[];
  readonly append: readonly Movement[];
}

/** What a run did goes in beside what is there: known movements are brought up to date in their row, new ones come below. */
export function planMovements(
  table: readonly string[],
  movements: readonly Movement[],
  company: string,
): MovementPlan {
  const byId = new Map(movements.map((movement) => [rowIdOf(movement, company), movement]));
  const placed = new Set(table);
  return {
    update: table.map((id) => byId.get(id) ?? null),
    append: [...byId].flatMap(([id, movement]) => (placed.has(id) ? [] : [movement])),
  };
}

/** A row of the movements table as it stands. */
export interface MovementRow {
  /** Empty for rows we did not write. */
  readonly id: string;
  /** The planner typed into a column of their own. */
  readonly typed: boolean;
}

export interface MovementSearchPlan {
  /** Rows to delete, bottom up, counted from the top of the table as it stands. */
  readonly remove: readonly Block[];
  /** The rows that stay, top to bottom: the movement each is to show, `blank` to empty it, or null to leave it. */
  readonly rows: readonly (Movement | 'blank' | null)[];
  /** The ids these rows carry until they are written. */
  readonly standing: readonly string[];
  readonly append: readonly Movement[];
  /** Rows the planner typed into that were not found. */
  readonly kept: number;
}

/**
 * How the result of a search takes the place of the one before. Rows the planner typed into stay where they are, found or not;
 * the movements found fill the other rows of ours from the top, in the order they come in. What is left over goes, but for the
 * last row of a table: Excel wants it to have one, and the planner's formulas live on in it.
 */
export function planMovementSearch(
  table: readonly MovementRow[],
  found: readonly Movement[],
  company: string,
): MovementSearchPlan {
  const byId = new Map(found.map((movement) => [rowIdOf(movement, company), movement]));
  const pinned = new Set(table.filter(({ typed }) => typed).map(({ id }) => id));
  const queue = [...byId].flatMap(([id, movement]) => (pinned.has(id) ? [] : [movement]));
  let next = 0;
  const filled = table.map(({ id, typed }) => {
    if (id === '') return null;
    return typed ? (byId.get(id) ?? null) : (queue[next++] ?? 'gone');
  });
  const rows = filled.some((row) => row !== 'gone')
    ? filled
    : filled.map((row, at) => (at === 0 ? 'blank' : row));
  return {
    remove: blocksOf(rows.flatMap((row, at) => (row === 'gone' ? [at] : []))).reverse(),
    rows: rows.filter((row) => row !== 'gone'),
    standing: table.flatMap(({ id }, at) => (rows[at] === 'gone' ? [] : [id])),
    append: queue.slice(next),
    kept: table.filter(({ id, typed }) => typed && id !== '' && !byId.has(id)).length,
  };
}
