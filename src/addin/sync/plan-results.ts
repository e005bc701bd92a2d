import type { OrderRow } from '../../contract/orders';
import type { Outcome, OutcomeResult } from '../../contract/runs';
import type { Formats } from '../../language/formats';
import { refusalTexts } from '../../language/refusal-text';
import type { Translate } from '../texts';
import { type DateSystem, textCell } from './cells';
import { type ChangedChoice, isChangedElsewhere } from './changed-elsewhere';
import { cellsOf, type RowCells } from './columns';
import { leftAlone } from './kept-wanted';
import { previewText } from './preview-text';
import { rowKeyText } from './row-key';
import type { ChangeCounts } from './sheet';
import { changedFields, type WantedCells, type WantedField } from './wanted';

/** A row of the orders table as far as outcomes need it. */
export interface ResultRow {
  readonly key: string;
  /** The Action cell holds a formula: it stays, and goes on computing the mark. */
  readonly actionIsFormula: boolean;
  readonly priorityIsFormula: boolean;
  /** The Result cell says what a run would do. */
  readonly previewed: boolean;
  /** What the order is to be refreshed to, where the row is marked for that. */
  readonly wanted?: WantedCells | null;
}

/**
 * What the outcomes of a company's run write into each row, top to bottom; null for rows it does not touch. Orders that were
 * released, restored or refreshed lose their mark and their priority, all others keep them, and what they are to be refreshed to. A
 * preview does not outlive a run: it was judged without it.
 */
export function planResults(
  table: readonly ResultRow[],
  outcomes: readonly Outcome[],
  company: string,
  t: Translate,
  formats: Formats,
  system: DateSystem,
): (RowCells | null)[] {
  const byKey = new Map(outcomes.map((outcome) => [rowKeyText(outcome.key, company), outcome]));
  const others = otherOrders(outcomes, company);
  return table.map((row) => {
    const outcome = byKey.get(row.key);
    const other = others.get(row.key);
    if (outcome === undefined) return other ? cellsOf(other, company, t, system) : withoutPreview(row);
    // A declaration is not what a row is marked for: the mark waits for its release or restore.
    const went = done.has(outcome.result);
    const { order } = outcome;
    return {
      ...(order === null || isChangedElsewhere(outcome) ? {} : cellsOf(order, company, t, system)),
      ...(went || order === null ? {} : leftAlone(wantedIn(row, order, system))),
      result: textCell(resultText(outcome, t, formats)),
      ...(went && !row.actionIsFormula ? { action: '' } : {}),
      ...(went && !row.priorityIsFormula ? { priority: '' } : {}),
    };
  });
}

/** The orders that came or went with those of the outcomes, by the key their row has. */
export function otherOrders(outcomes: readonly Outcome[], company: string): ReadonlyMap<string, OrderRow> {
  return new Map(
    outcomes.flatMap(({ other }) => (other ? [[rowKeyText(other.key, company), other] as const] : [])),
  );
}

const done: ReadonlySet<OutcomeResult> = new Set<OutcomeResult>([
  'released',
  'restored',
  'merged',
  'refreshed',
]);

function wantedIn({ wanted }: ResultRow, order: OrderRow, system: DateSystem): WantedField[] {
  return wanted == null ? [] : changedFields(wanted, system, order);
}

/**
 * What a run that created orders writes into each of their rows, found by `idOf`: the order, marked for the refresh that makes its materials
 * and operations. A row whose order was refused is a new order's again.
 */
export function planCreated(
  table: readonly ResultRow[],
  outcomes: readonly Outcome[],
  idOf: (outcome: Outcome) => string,
  company: string,
  t: Translate,
  formats: Formats,
  system: DateSystem,
): (RowCells | null)[] {
  const byId = new Map(outcomes.map((outcome) => [idOf(outcome), outcome]));
  return table.map((row) => {
    const outcome = byId.get(row.key);
    if (outcome === undefined) return null;
    const result = textCell(resultText(outcome, t, formats));
    const { order } = outcome;
    if (order === null) return { key: '', result };
    const action = row.actionIsFormula ? {} : { action: t('action.refresh') };
    return { ...cellsOf(order, company, t, system), ...action, result };
  });
}

/** What a preview writes into each row: the Result cell alone, since nothing has happened to the order. */
export function planPreview(
  table: readonly ResultRow[],
  outcomes: readonly Outcome[],
  changes: ChangeCounts,
  company: string,
  t: Translate,
  formats: Formats,
): (RowCells | null)[] {
  const byKey = new Map(outcomes.map((outcome) => [rowKeyText(outcome.key, company), outcome]));
  return table.map((row) => {
    const outcome = byKey.get(row.key);
    if (outcome === undefined) return withoutPreview(row);
    return { result: textCell(previewText(outcome, changes.get(outcome.key) ?? 0, t, formats)) };
  });
}

/** What the planner's choice writes into the rows of orders that somebody else changed. */
export function planChoice(
  table: readonly ResultRow[],
  outcomes: readonly Outcome[],
  choice: Exclude<ChangedChoice, 'drop'>,
  company: string,
  t: Translate,
  system: DateSystem,
): (RowCells | null)[] {
  const byKey = new Map(outcomes.map(({ key, order }) => [rowKeyText(key, company), order]));
  return table.map((row) => {
    const order = byKey.get(row.key) ?? null;
    if (order === null) return null;
    const unmarked = choice === 'theirs' && !row.actionIsFormula;
    return {
      ...{ ...cellsOf(order, company, t, system), result: '' },
      ...(choice === 'mine' ? leftAlone(wantedIn(row, order, system)) : {}),
      ...(unmarked ? { action: '' } : {}),
    };
  });
}

/** What an earlier preview said of a row counts no more. */
function withoutPreview({ previewed }: ResultRow): RowCells | null {
  return previewed ? { result: '' } : null;
}

/** The outcome in the Result column: a word first, so that conditional formats and filters find it. */
export function resultText(outcome: Outcome, t: Translate, formats: Formats): string {
  const { result, refusals, warnings, movements } = outcome;
  const reason = (of: typeof refusals) => refusalTexts(of, t, formats).join('\n');
  if (result === 'refused' || result === 'skipped')
    return t(`sheet.result.${result}`, { reason: reason(refusals) });
  const text = t(`sheet.result.${result}`, { count: movements });
  return warnings.length === 0 ? text : t('sheet.result.warning', { result: text, reason: reason(warnings) });
}
