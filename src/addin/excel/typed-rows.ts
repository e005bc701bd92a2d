import { type Block, blocksOf } from '../sync/blocks';
import { SheetError } from '../sync/sheet';
import { bodyCells, columnValues, isFormula, type OpenTable } from './open-table';
import { keyCells, readInBlocks } from './read-in-blocks';

/** Notes may be long: an answer with more of them might be larger than what Excel on the web gives. */
const MOST_CELLS = 5000;

/** What a table's rows are to a search, top to bottom. */
export interface TypedRows {
  /** The texts of the column that says what a row is; empty for rows we did not write. */
  readonly keys: readonly string[];
  /** Whether the planner typed into a column of their own; of a row we did not write, anywhere. */
  readonly typed: readonly boolean[];
}

/**
 * Reads which rows the planner typed into, in columns of their own or in ours of `theirs`; null when rows moved meanwhile. The keys are those
 * of the last sync, which is the only one unless the planner has many cells or rows of their own.
 */
export async function readTypedRows<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  theirs: readonly Field[] = [],
): Promise<TypedRows | null> {
  const ours = new Set([...open.columns].flatMap(([field, at]) => (theirs.includes(field) ? [] : [at])));
  const own = open.headers.flatMap((_header, at) => (ours.has(at) ? [] : [at]));
  const most = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, own.length)));
  const read = await readInBlocks(context, open, id, most, (block) => load(open, block, own));
  if (read === null) return null;
  const { keys, blocks } = read;
  const typed = blocks.flatMap(({ count, cells }) => typedIn(cells, count));
  const strangers = keys.flatMap((key, row) => (key === '' && typed[row] === false ? [row] : []));
  if (strangers.length > 0) {
    const found = await readStrangers(context, open, id, strangers, keys);
    if (found === null) return null;
    for (const row of found) typed[row] = true;
  }
  return { keys, typed };
}

/** Which of the rows that are not ours hold anything but formulas; null when rows moved. */
async function readStrangers<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  rows: readonly number[],
  keys: readonly string[],
): Promise<number[] | null> {
  const every = open.headers.map((_header, at) => at);
  const blocks = blocksOf(rows).map((block) => ({ ...block, cells: load(open, block, every) }));
  const again = keyCells(open, id, 0, open.rows);
  await context.sync();
  if (columnValues(again).some((key, row) => String(key) !== keys[row])) return null;
  return blocks.flatMap(({ first, count, cells }) =>
    typedIn(cells, count).flatMap((typed, row) => (typed ? [first + row] : [])),
  );
}

function load(open: OpenTable<string>, rows: Block, columns: readonly number[]): Excel.Range[] {
  return blocksOf(columns).map((block) => {
    const cells = bodyCells(open, rows.first, rows.count, block.first, block.count);
    cells.load('formulas,values');
    return cells;
  });
}

function typedIn(loaded: readonly Excel.Range[], rows: number): boolean[] {
  const typed = Array.from({ length: rows }, () => false);
  for (const { formulas, values } of loaded) {
    // Over its limit Excel answers null instead of failing.
    if ((formulas as unknown) === null || (values as unknown) === null) throw new SheetError('tooLarge');
    formulas.forEach((cells: unknown[], row) => {
      if (cells.some((cell, at) => cell !== '' && !isFormula(cell, values[row]?.[at]))) typed[row] = true;
    });
  }
  return typed;
}
