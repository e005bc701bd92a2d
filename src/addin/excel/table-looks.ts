import type { OrderState } from '../../domain/order';
import { actions, isFor } from '../../domain/transitions';
import { type CellWord, type Language, languages, wordIn } from '../../language/text';
import { type Column, type ColumnKind, formatOf } from '../sync/columns';
import { textsIn, type Translate } from '../texts';
import { setUpPrinting } from './print-setup';

/** Excel's own "Good", "Bad" and "Neutral", so that the sheet looks like the planner's other sheets. */
const GOOD = { fill: '#C6EFCE', font: '#006100' };
const BAD = { fill: '#FFC7CE', font: '#9C0006' };
const NEUTRAL = { fill: '#FFEB9C', font: '#9C5700' };

/** A text that starts with one of these words in any of our languages gets the colours; the word itself always stands there. */
const COLOURED: Readonly<Partial<Record<ColumnKind, readonly (readonly [CellWord, typeof GOOD])[]>>> = {
  mark: [
    ['action.release', NEUTRAL],
    ['action.restore', NEUTRAL],
    ['action.refresh', NEUTRAL],
  ],
  restorable: [
    ['sheet.restorable.yes', GOOD],
    ['sheet.restorable.no', NEUTRAL],
  ],
  result: [
    ['sheet.word.released', GOOD],
    ['sheet.word.restored', GOOD],
    ['sheet.word.refreshed', GOOD],
    ['sheet.word.created', GOOD],
    ['sheet.content.changed', GOOD],
    ['sheet.word.refused', BAD],
    ['sheet.word.failed', BAD],
    ['sheet.word.skipped', NEUTRAL],
    ['sheet.word.wouldRefuse', NEUTRAL],
    ['sheet.word.wouldSkip', NEUTRAL],
    ['sheet.notInSearch', NEUTRAL],
    ['sheet.content.notSent', NEUTRAL],
    ['sheet.notRefreshed', NEUTRAL],
    ['sheet.word.kept', NEUTRAL],
  ],
  status: [['sheet.status.restored', NEUTRAL]],
  materials: [
    ['materials.complete', GOOD],
    ['materials.partial', NEUTRAL],
    ['materials.missing', BAD],
  ],
};

/** Formats, widths, colours and print set-up of a table just made at A1; queued, written with the next sync. */
export function dressTable(
  sheet: Excel.Worksheet,
  columns: readonly Column<string>[],
  frozenColumns: number,
  language: Language,
): void {
  columns.forEach((column, at) => {
    const whole = sheet.getRangeByIndexes(0, at, 1, 1).getEntireColumn();
    dressColumn(whole, sheet.getRangeByIndexes(1, at, 1, 1), column, language);
    if (column.hidden === true) whole.columnHidden = true;
  });
  const all = sheet.getRangeByIndexes(0, 0, 1, columns.length).getEntireColumn();
  all.format.verticalAlignment = Excel.VerticalAlignment.center;
  sheet.freezePanes.freezeAt(sheet.getRangeByIndexes(0, 0, 1, frozenColumns));
  setUpPrinting(sheet, 1, language);
}

/** The looks of one column: `whole` with its header, `body` the cells below it. Queued; written with the next sync. */
export function dressColumn(
  whole: Excel.Range,
  body: Excel.Range,
  { kind, width }: Column<string>,
  language: Language,
): void {
  // A single format stands for all cells; the typings know only the array.
  body.numberFormat = formatOf(kind, language) as unknown as string[][];
  whole.format.columnWidth = width;
  if (kind === 'result') whole.format.wrapText = true;
  for (const [key, colours] of COLOURED[kind] ?? []) colourWord(whole, key, colours);
  helpTyping(body, kind, textsIn(language));
}

/** What helps the planner to fill in the cells that are theirs. */
export function helpTyping(cells: Excel.Range, kind: ColumnKind, t: Translate): void {
  if (kind === 'mark') offerActions(cells, t);
  if (kind === 'priority') explainPriority(cells, t);
}

function explainPriority(cells: Excel.Range, t: Translate): void {
  const { greaterThanOrEqualTo } = Excel.DataValidationOperator;
  cells.dataValidation.rule = { decimal: { formula1: 0, operator: greaterThanOrEqualTo } };
  cells.dataValidation.ignoreBlanks = true;
  const [title, message] = [t('column.priority'), t('sheet.priority.prompt')];
  cells.dataValidation.prompt = { showPrompt: true, title, message };
  cells.dataValidation.errorAlert = {
    showAlert: true,
    // A warning, not a stop: formulas of the planner's own may stand here.
    style: Excel.DataValidationAlertStyle.warning,
    title: t('sheet.priority.invalid.title'),
    message,
  };
}

/**
 * The dropdown of the Action column: help for the planner, not a guarantee, since pasting passes it by. Of orders in `state` only
 * the actions for them are offered.
 */
export function offerActions(cells: Excel.Range, t: Translate, state: OrderState | null = null): void {
  const fitting = actions.filter((action) => state !== null && isFor(action, state));
  const words = (fitting.length > 0 ? fitting : actions).map((action) => t(`action.${action}`));
  cells.dataValidation.rule = { list: { inCellDropDown: true, source: words.join(',') } };
  cells.dataValidation.ignoreBlanks = true;
  cells.dataValidation.errorAlert = {
    showAlert: true,
    // A warning, not a stop: formulas of the planner's own may stand here.
    style: Excel.DataValidationAlertStyle.warning,
    title: t('sheet.action.invalid.title'),
    message: t('sheet.action.invalid', { actions: words.join(` ${t('sheet.action.or')} `) }),
  };
}

function colourWord(cells: Excel.Range, key: CellWord, colours: typeof GOOD): void {
  for (const language of languages) {
    const rule = cells.conditionalFormats.add(Excel.ConditionalFormatType.containsText).textComparison;
    rule.format.fill.color = colours.fill;
    rule.format.font.color = colours.font;
    rule.rule = {
      operator: Excel.ConditionalTextOperator.beginsWith,
      text: wordIn(language, key),
    };
  }
}
