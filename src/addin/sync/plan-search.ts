import type { OrderRow } from '../../contract/orders';
import { type Block, blocksOf } from './blocks';

/** A row of the orders table as it stands, top to bottom. */
export interface ExistingRow {
  /** Text of the key column; empty for rows that no search wrote. */
  readonly key: string;
  /** The planner marked it: by hand or by a formula. */
  readonly marked: boolean;
  /** The planner typed into a column of their own, or into a row of their own. */
  readonly typed: boolean;
}

/** What stands in a row afterwards: the order found, or what was there before although it was not found. */
export type PlannedRow = { readonly order: OrderRow } | { readonly kept: ExistingRow };

export interface SearchPlan {
  /** Rows to delete, bottom up, counted from the top of the table as it stands. */
  readonly remove: readonly Block[];
  /** Every row of the table afterwards, top to bottom. */
  readonly rows: readonly PlannedRow[];
  /** How many of them were there before: the others are added below. */
  readonly existing: number;
}

/**
 * How a search result gets into the sheet. Rows that were found keep their place, new ones come below. A row that was not
 * found goes, unless the planner marked it or typed into it. The table's first row always stays: Excel wants a table to
 * have one, and the planner's formulas live on in it.
 */
export function planSearch(table: readonly ExistingRow[], found: readonly OrderRow[]): SearchPlan {
  const byKey = new Map(found.map((order) => [order.key as string, order]));
  const stays = table.map((row) => byKey.has(row.key) || row.marked || row.typed);
  const placed = new Set(table.map(({ key }) => key));
  const added = found.filter(({ key }) => !placed.has(key));
  const nothingStays = !stays.includes(true);
  const first = added[0];
  const rows: PlannedRow[] = table.flatMap((row, index) => {
    const order = byKey.get(row.key);
    if (order !== undefined) return [{ order }];
    if (stays[index]) return [{ kept: row }];
    if (!nothingStays || index > 0) return [];
    return [first === undefined ? { kept: row } : { order: first }];
  });
  const existing = rows.length;
  const below = nothingStays && table.length > 0 ? added.slice(1) : added;
  const gone = stays.flatMap((stay, index) => (stay || (nothingStays && index === 0) ? [] : [index]));
  return {
    remove: blocksOf(gone).reverse(),
    rows: [...rows, ...below.map((order) => ({ order }))],
    existing,
  };
}
