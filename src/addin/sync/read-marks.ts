import { transitions } from '../../domain/transitions';
import { rowKeyOf, rowKeyText } from './row-key';
import type { MarkedRow, MarkProblem, Marks } from './sheet';
import { type DateSystem, dayOfSerial } from './cells';
import { actionNamed, stateNamed } from './words';

/** The cells a mark is read from, as Excel gives their values. */
export interface MarkCells {
  readonly action: unknown;
  /** A formula computes the mark. */
  readonly computed: boolean;
  readonly priority: unknown;
  readonly order: unknown;
  readonly start: unknown;
  readonly key: unknown;
  readonly version: unknown;
  readonly state: unknown;
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
  rows.forEach((cells, index) => {
    const read = readMark(cells, firstRow + index, system);
    if (read === null) return;
    if ('code' in read) return problems.push(read);
    const id = rowKeyText(read.key, read.company);
    const former = marked.get(id);
    if (former === undefined) return marked.set(id, read);
    if (former.action !== read.action) {
      contradicted.add(id);
      return problems.push({ code: 'twoActions', row: read.row, text: read.key });
    }
    // Seen in one of its rows is seen.
    if (former.hidden && !read.hidden) marked.set(id, { ...former, hidden: false });
  });
  for (const id of contradicted) marked.delete(id);
  return { marked: [...marked.values()], problems };
}

function readMark(cells: MarkCells, row: number, system: DateSystem): MarkedRow | MarkProblem | null {
  const word = markText(cells);
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
  const state = stateNamed(textOf(cells.state));
  const start = dayOfSerial(cells.start, system);
  const { hidden } = cells;
  return { row, key: of.order, company: of.company, version, action, priority, start, state, hidden };
}

/** What a row is marked with, be it an action's word or not; empty where nothing is asked for. */
export function markText({
  action,
  computed,
  state,
}: Pick<MarkCells, 'action' | 'computed' | 'state'>): string {
  const word = textOf(action);
  if (!computed) return word;
  // What a formula answers that has nothing to say: FALSE without an "else", 0 when it points at an empty cell.
  if (action === false || action === 0) return '';
  const [named, at] = [actionNamed(word), stateNamed(textOf(state))];
  // A formula goes on saying "Release" when the order is released: it asks for nothing any more.
  return named !== null && at !== null && at !== transitions[named].from ? '' : word;
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

function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}
