import { blocksOf } from '../sync/blocks';
import { SheetError } from '../sync/sheet';
import { bodyCells, columnValues, isFormula, type OpenTable } from './open-table';

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
 * Reads which rows the planner typed into, in columns of their own or in ours of `theirs`; null when rows moved meanwhile. The keys are those of the last sync, which is the only one
 * unless the planner has many cells or rows of their own.
 */
export async function readTypedRows<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  theirs: readonly Field[] = [],
): Promise<TypedRows | null> {
  const ours = new Set([...open.columns].flatMap(([field, at]) => (theirs.includes(field) ? [] : [at])));
  const own = open.headers.flatMap((_header, at) => (ours.has(at) ? [] : [at]));
  const blocks = blocksWithin(open.rows, own.length);
  const [last = { first: 0, count: open.rows }] = blocks.splice(-1);
  const typed: boolean[] = [];
  const before: string[] = [];
  for (const { first, count } of blocks) {
    const keys = keyCells(open, id, first, count);
    const cells = load(open, first, count, own);
    // Each block has an answer of its own, which is what keeps it small.
    // eslint-disable-next-line office-addins/no-context-sync-in-loop
    await context.sync();
    before.push(...columnValues(keys).map(String));
    typed.push(...typedIn(cells, count));
  }
  const all = keyCells(open, id, 0, open.rows);
  const cells = load(open, last.first, last.count, own);
  await context.sync();
  const keys = columnValues(all).map(String);
  if (before.some((key, row) => key !== keys[row])) return null;
  typed.push(...typedIn(cells, last.count));
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
  const blocks = blocksOf(rows).map(({ first, count }) => ({
    first,
    count,
    cells: load(open, first, count, every),
  }));
  const again = keyCells(open, id, 0, open.rows);
  await context.sync();
  if (columnValues(again).some((key, row) => String(key) !== keys[row])) return null;
  return blocks.flatMap(({ first, count, cells }) =>
    typedIn(cells, count).flatMap((typed, row) => (typed ? [first + row] : [])),
  );
}

function blocksWithin(rows: number, columns: number): { first: number; count: number }[] {
  const most = Math.max(1, Math.floor(MOST_CELLS / Math.max(1, columns)));
  return Array.from({ length: Math.ceil(rows / most) }, (_block, at) => ({
    first: at * most,
    count: Math.min(most, rows - at * most),
  }));
}

function keyCells<Field extends string>(
  open: OpenTable<Field>,
  id: Field,
  first: number,
  count: number,
): Excel.Range {
  const cells = bodyCells(open, first, count, open.columns.get(id) ?? 0, 1);
  cells.load('values');
  return cells;
}

function load(
  open: OpenTable<string>,
  first: number,
  count: number,
  columns: readonly number[],
): Excel.Range[] {
  return blocksOf(columns).map((block) => {
    const cells = bodyCells(open, first, count, block.first, block.count);
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
