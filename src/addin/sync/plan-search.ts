import type { OrderRow } from '../../contract/orders';
import { type Block, blocksOf } from './blocks';
import { rowKeyText } from './row-key';
import type { WantedCells } from './wanted';

/** A row of the orders table as it stands, top to bottom. */
export interface ExistingRow {
  /** Text of the key column; empty for rows that no search wrote. */
  readonly key: string;
  /** The planner marked it: by hand or by a formula. */
  readonly marked: boolean;
  /** The planner typed into a column of their own, or into a row of their own. */
  readonly typed: boolean;
  /** What it is to be refreshed to, where the planner marked it for that. */
  readonly wanted?: WantedCells | null;
}

/** What stands in a row afterwards: the order found, or what was there before although it was not found. */
export type PlannedRow =
  | {
      readonly order: OrderRow;
      /** What the planner has in its row for a refresh: that is theirs to keep. */
      readonly wanted?: WantedCells | null;
    }
  | { readonly kept: ExistingRow };

export interface SearchPlan {
  /** Rows to delete, bottom up, counted from the top of the table as it stands. */
  readonly remove: readonly Block[];
  /** Every row of the table afterwards, top to bottom. */
  readonly rows: readonly PlannedRow[];
  /** How many of them were there before: the others are added below. */
  readonly existing: number;
  /** The keys these existing rows carry until they are written. */
  readonly standing: readonly string[];
  /** Rows, counted as in `remove`, that stay but are to hold another order than they did, or none any more. */
  readonly reused: readonly Block[];
}

/** Deleting rows one block at a time gets slow; above this the rows close ranks instead. */
const MOST_BLOCKS = 100;

/**
 * How a company's search result gets into the sheet. Rows that were found keep their place, new ones come below. A row that
 * was not found goes, unless the planner marked it or typed into it. The table's first row always stays: Excel wants a table
 * to have one, and the planner's formulas live on in it.
 */
export function planSearch(
  table: readonly ExistingRow[],
  found: readonly OrderRow[],
  company: string,
  mostBlocks = MOST_BLOCKS,
): SearchPlan {
  const plan = planRows(table, found, company, mostBlocks);
  const gone = new Set(
    plan.remove.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at)),
  );
  const staying = table.flatMap((row, at) => (gone.has(at) ? [] : [{ row, at }]));
  const reused = staying.flatMap(({ row: { key }, at }, index) =>
    key === '' || key === keyIn(plan.rows[index], company) ? [] : [at],
  );
  return { ...plan, standing: staying.map(({ row }) => row.key), reused: blocksOf(reused) };
}

/** The key a row carries when it is written; none where a table's last row is emptied. */
function keyIn(row: PlannedRow | undefined, company: string): string {
  if (row === undefined) return '';
  if ('order' in row) return rowKeyText(row.order.key, company);
  return isPinned(row.kept) ? row.kept.key : '';
}

type RowPlan = Omit<SearchPlan, 'standing' | 'reused'>;

function planRows(
  table: readonly ExistingRow[],
  found: readonly OrderRow[],
  company: string,
  mostBlocks: number,
): RowPlan {
  const keyed = found.map((order) => [rowKeyText(order.key, company), order] as const);
  const byKey = new Map(keyed);
  const placed = new Set(table.map(({ key }) => key));
  const added = keyed.flatMap(([key, order]) => (placed.has(key) ? [] : [order]));
  const stays = table.map((row) => byKey.has(row.key) || isPinned(row));
  if (!stays.includes(true)) return replaceAll(table, found);
  const remove = blocksOf(stays.flatMap((stay, at) => (stay ? [] : [at]))).reverse();
  if (remove.length > mostBlocks) return closeRanks(table, byKey, added);
  const rows = table.flatMap((row, at) => (stays[at] ? [planned(row, byKey)] : []));
  return { remove, rows: [...rows, ...added.map((order) => ({ order }))], existing: rows.length };
}

/** Rows the planner put something into stay where they are, found or not. */
function isPinned(row: ExistingRow): boolean {
  return row.marked || row.typed;
}

function planned(row: ExistingRow, byKey: ReadonlyMap<string, OrderRow>): PlannedRow {
  const order = byKey.get(row.key);
  return order === undefined ? { kept: row } : { order, wanted: row.wanted ?? null };
}

function replaceAll(table: readonly ExistingRow[], found: readonly OrderRow[]): RowPlan {
  const [top] = table;
  if (top === undefined) return { remove: [], rows: found.map((order) => ({ order })), existing: 0 };
  const [first, ...rest] = found;
  return {
    remove: table.length > 1 ? [{ first: 1, count: table.length - 1 }] : [],
    rows: [first === undefined ? { kept: top } : { order: first }, ...rest.map((order) => ({ order }))],
    existing: 1,
  };
}

/**
 * The orders found move up, in their order, into whatever rows are not pinned; what is left over at the bottom goes in few
 * blocks. What the planner painted such a row with by hand is lost.
 */
function closeRanks(
  table: readonly ExistingRow[],
  byKey: ReadonlyMap<string, OrderRow>,
  added: readonly OrderRow[],
): RowPlan {
  const pinned = new Set(table.filter(isPinned).map(({ key }) => key));
  const moving = new Set(
    table
      .flatMap(({ key }) => (pinned.has(key) ? [] : [byKey.get(key)]))
      .filter((order) => order !== undefined),
  );
  const queue = [...moving, ...added];
  const rows: PlannedRow[] = [];
  const gone: number[] = [];
  let next = 0;
  table.forEach((row, at) => {
    if (isPinned(row)) return rows.push(planned(row, byKey));
    const order = queue[next++];
    return order === undefined ? gone.push(at) : rows.push({ order });
  });
  return {
    remove: blocksOf(gone).reverse(),
    rows: [...rows, ...queue.slice(next).map((order) => ({ order }))],
    existing: rows.length,
  };
}
