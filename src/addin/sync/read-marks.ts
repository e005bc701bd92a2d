import { type Action, isFor } from '../../domain/transitions';
import { type DateSystem, dayOfSerial } from './cells';
import { type NewOrderCells, readNewOrder } from './read-new-order';
import { rowKeyOf, rowKeyText } from './row-key';
import type { MarkedRow, MarkProblem, Marks, NewOrderRow } from './sheet';
import { changedFields, loadedQuantity, readWanted, type WantedCells } from './wanted';
import { actionNamed, saysRefreshed, stateNamed, textOf } from './words';

/** The cells that say what a row is marked with, as Excel gives their values. */
export interface MarkWord extends WantedCells {
  readonly action: unknown;
  /** A formula computes the mark. */
  readonly computed: boolean;
  readonly result: unknown;
  readonly state: unknown;
}

/** The cells a mark is read from. */
export interface MarkCells extends MarkWord, NewOrderCells {
  readonly priority: unknown;
  readonly version: unknown;
  readonly unit: unknown;
  readonly hidden: boolean;
}

/**
 * The marks of a sheet, top to bottom; `firstRow` is the number Excel shows beside the first row. An order that stands in
 * two rows counts once, and not at all where they say different things. A row that cannot be trusted is named instead of marked.
 */
export function readMarks(rows: readonly MarkCells[], firstRow: number, system: DateSystem): Marks {
  const marked = new Map<string, MarkedRow>();
  const contradicted = new Set<string>();
  const problems: MarkProblem[] = [];
  const newOrders: NewOrderRow[] = [];
  rows.forEach((cells, index) => {
    const row = firstRow + index;
    const read = readNewOrder(cells, row, system) ?? readMark(cells, row, system);
    if (read === null) return;
    if ('code' in read) return problems.push(read);
    if ('order' in read) return newOrders.push(read);
    const id = rowKeyText(read.key, read.company);
    const former = marked.get(id);
    if (former === undefined) return marked.set(id, read);
    if (!saysTheSame(former, read)) {
      contradicted.add(id);
      return problems.push({ code: 'twoActions', row: read.row, text: read.key });
    }
    // Seen in one of its rows is seen.
    if (former.hidden && !read.hidden) marked.set(id, { ...former, hidden: false });
  });
  for (const id of contradicted) marked.delete(id);
  return { marked: [...marked.values()], newOrders, problems };
}

function saysTheSame(one: MarkedRow, other: MarkedRow): boolean {
  return one.action === other.action && JSON.stringify(one.wanted) === JSON.stringify(other.wanted);
}

function readMark(cells: MarkCells, row: number, system: DateSystem): MarkedRow | MarkProblem | null {
  const word = markText(cells, system);
  if (word === '') return null;
  const action = actionNamed(word);
  if (action === null) return { code: 'unknownWord', row, text: word };
  const key = textOf(cells.key);
  const version = Number(cells.version);
  const of = rowKeyOf(key);
  if (of === null || !Number.isInteger(version)) return { code: 'noKey', row, text: key };
  const shown = textOf(cells.order);
  if (shown !== of.order) return { code: 'changedOrder', row, text: shown };
  const priority = priorityOf(cells.priority);
  if (priority === undefined) return { code: 'noNumber', row, text: textOf(cells.priority) };
  const { wanted, problem } = readWantedOf(action, cells, system);
  if (problem !== null) return { code: problem.code, row, text: textOf(cells[problem.field]) };
  const state = stateNamed(textOf(cells.state));
  const start = dayOfSerial(cells.start, system);
  const { order, company } = of;
  const what = { item: textOf(cells.item), quantity: loadedQuantity(cells), unit: textOf(cells.unit) };
  const { hidden } = cells;
  return { row, key: order, company, version, action, priority, start, ...what, state, wanted, hidden };
}

/** What is typed over the quantity or the days of an order goes into it by a refresh only. */
function readWantedOf(action: Action, cells: MarkCells, system: DateSystem) {
  return action === 'refresh' ? readWanted(cells, system) : { wanted: {}, problem: null };
}

/** What a row is marked with, be it an action's word or not; empty where nothing is asked for. */
export function markText(cells: MarkWord, system: DateSystem): string {
  const { action, computed, state } = cells;
  const word = textOf(action);
  if (!computed) return word;
  // What a formula answers that has nothing to say: FALSE without an "else", 0 when it points at an empty cell.
  if (action === false || action === 0) return '';
  const [named, at] = [actionNamed(word), stateNamed(textOf(state))];
  if (named === null) return word;
  // A formula goes on saying "Release" when the order is released: it asks for nothing any more.
  if (at !== null && !isFor(named, at)) return '';
  return named === 'refresh' && isRefreshed(cells, system) ? '' : word;
}

/**
 * A refresh leaves the state as it is: that it was done shows in the Result cell, until a search clears it or the planner changes what
 * the order is to be refreshed to.
 */
function isRefreshed(cells: MarkWord, system: DateSystem): boolean {
  return saysRefreshed(textOf(cells.result)) && changedFields(cells, system).length === 0;
}

/** Null for an empty cell, undefined for what is no number. */
function priorityOf(value: unknown): number | null | undefined {
  const text = textOf(value);
  // A formula without an "else" has nothing to say.
  if (text === '' || value === false) return null;
  if (typeof value === 'number') return value;
  // Numbers as text get into a sheet by pasting.
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}
