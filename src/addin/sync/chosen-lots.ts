import { ChosenLots } from '../../contract/lots';
import { isOrderKey, type OrderKey } from '../../domain/order';
import { quantity, zero } from '../../domain/quantity';
import type { LotRow, LotSheet } from './lot-columns';
import { rowKeyOf, rowKeyText } from './row-key';
import { quantityOf } from './wanted';
import { textOf } from './words';

/** A material line of an order, with its rows in the sheet of lots. */
export interface LineOfLots {
  readonly order: OrderKey;
  readonly line: number;
  readonly rows: readonly LotRow[];
}

/** Which material line of which order a row of the sheet of lots is about. */
type LineKey = Pick<LineOfLots, 'order' | 'line'>;

export interface ChosenInSheet {
  readonly chosen: readonly ChosenLots[];
  /** Rows that say a lot or a quantity no order book takes; by number, as the sheet shows it. */
  readonly unreadable: readonly { readonly order: OrderKey; readonly row: number }[];
}

/** What the hidden Key cell of a row of a material line holds. */
export function lineKeyText({ order, line }: LineKey, company: string): string {
  return `${line} ${rowKeyText(order, company)}`;
}

/** What the hidden cell of a row holds that was proposed: so much of this lot, so much of all lots of the line. */
export function proposedText(lot: string, taken: string, ofLine: string): string {
  return `${taken} ${ofLine} ${lot}`;
}

/** The lines that a company's rows are about, in the order in which they come first. Rows that say no line are left out. */
export function linesIn(rows: readonly LotRow[], company: string): Map<string, LineOfLots> {
  const lines = new Map<string, LineKey & { readonly rows: LotRow[] }>();
  for (const row of rows) {
    const of = lineOf(row, company);
    if (of === null) continue;
    const key = lineKeyText(of, company);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { ...of, rows: [row] });
    else line.rows.push(row);
  }
  return lines;
}

/** What a planner chose in the sheet: of lines whose rows are no longer as they were proposed. */
export function chosenIn({ rows, firstRow }: LotSheet, company: string): ChosenInSheet {
  const at = new Map(rows.map((row, index) => [row, firstRow + index]));
  const lines = [...linesIn(rows, company).values()].filter(isChosen);
  const read = lines.map(({ order, line, rows: typed }) => {
    const parts = typed
      .filter(takesSomething)
      .map((row) => ({ row, part: { lot: textOf(row.lot), quantity: quantityOf(row.quantity) } }));
    const isWrong = (lots: unknown) => !ChosenLots.safeParse({ order, line, lots }).success;
    const choice = ChosenLots.safeParse({ order, line, lots: parts.map(({ part }) => part) });
    if (choice.success) return { unreadable: [], chosen: [choice.data] };
    const wrong = parts.filter(({ part }) => isWrong([part]));
    // Where each row is right, there are too many of them.
    const named = (wrong.length === 0 ? parts : wrong).map(({ row }) => ({
      order,
      row: at.get(row) ?? firstRow,
    }));
    return { unreadable: named, chosen: [] };
  });
  return {
    chosen: read.flatMap(({ chosen }) => chosen),
    unreadable: read.flatMap(({ unreadable }) => unreadable),
  };
}

/**
 * Whether the planner chose the lots of a line: its rows take something, and not what was proposed. A line that takes nothing is left to the
 * rule of its item.
 */
export function isChosen({ rows }: Pick<LineOfLots, 'rows'>): boolean {
  if (!rows.some(takesSomething)) return false;
  const proposed = rows.map(({ loaded }) => proposedIn(loaded));
  const ofLine = proposed[0]?.ofLine ?? '';
  const sum = proposed.reduce((total, of) => total.plus(quantity(of?.taken ?? '0')), zero);
  // A row that was copied or deleted tells by the sum.
  return (
    quantityOf(ofLine) === null ||
    !sum.eq(quantity(ofLine)) ||
    rows.some((row, at) => isOther(row, proposed[at]))
  );
}

/** Whether a row takes something of its lot, or is meant to. */
export function takesSomething({ quantity: taken }: LotRow): boolean {
  return textOf(taken) !== '' && quantityOf(taken) !== '0';
}

/**
 * The line a row shows, which is what its planner sees; where it shows none, the one it was written for. Null for a row of the planner's
 * own and for one of another company.
 */
function lineOf(row: LotRow, company: string): LineKey | null {
  const [, written = '', of] = /^(\d{1,10}) (.+)$/s.exec(textOf(row.key)) ?? [];
  const key = rowKeyOf(of);
  if (key !== null && key.company !== company) return null;
  const [order, line] = [textOf(row.order), textOf(row.line)];
  if (isOrderKey(order) && /^\d{1,10}$/.test(line)) return { order, line: Number(line) };
  return key === null ? null : { order: key.order, line: Number(written) };
}

interface Proposed {
  readonly taken: string;
  readonly ofLine: string;
  readonly lot: string;
}

function proposedIn(loaded: unknown): Proposed | null {
  const [, taken = '', ofLine = '', lot = ''] = /^(\S+) (\S+) (.*)$/s.exec(textOf(loaded)) ?? [];
  return quantityOf(taken) === null || quantityOf(ofLine) === null ? null : { taken, ofLine, lot };
}

function isOther(row: LotRow, proposed: Proposed | null | undefined): boolean {
  if (!proposed) return takesSomething(row);
  const taken = textOf(row.quantity) === '' ? '0' : quantityOf(row.quantity);
  return taken !== quantityOf(proposed.taken) || (takesSomething(row) && textOf(row.lot) !== proposed.lot);
}
