import type { Outcome } from '../../contract/runs';
import type { Formats } from '../../language/formats';
import { refusalTexts } from '../../language/refusal-text';
import { languages, wordIn } from '../../language/text';
import type { Translate } from '../texts';

/**
 * What a run would do to an order, in the Result column: worded so that nobody takes it for done. A refresh would make so many `changes`
 * in it.
 */
export function previewText(outcome: Outcome, changes: number, t: Translate, formats: Formats): string {
  const { result, refusals, warnings, movements: count } = outcome;
  if (refusals.length > 0) {
    const reason = refusalTexts(refusals, t, formats).map(
      (text, place) => `${refusals[place]?.code} ${text}`,
    );
    const day = outcome.feasibleOn ?? null;
    if (day !== null) reason.push(t('sheet.preview.feasibleOn', { date: formats.day(day) }));
    return t(`sheet.preview.${result === 'skipped' ? result : 'refused'}`, { reason: reason.join('\n') });
  }
  const text =
    result === 'refreshed'
      ? t('sheet.preview.refreshed', { count: changes })
      : t(`sheet.preview.${result === 'restored' ? result : 'released'}`, { count });
  if (warnings.length === 0) return text;
  const reason = refusalTexts(warnings.map(asPreviewed), t, formats).join('\n');
  return t('sheet.result.warning', { result: text, reason });
}

/** What a release in part and a merge say is worded as done. */
export function asPreviewed(warning: Outcome['warnings'][number]): Outcome['warnings'][number] {
  if (warning.code !== 'SPL-03' && warning.code !== 'SPL-09') return warning;
  return { ...warning, params: { ...warning.params, context: 'preview' } };
}

const words = [
  'sheet.word.wouldRelease',
  'sheet.word.wouldRestore',
  'sheet.word.wouldRefresh',
  'sheet.word.wouldRefuse',
  'sheet.word.wouldSkip',
] as const;
const beginnings = languages.flatMap((language) => words.map((word) => wordIn(language, word)));

/** Whether a Result cell holds a preview, in any of our languages. */
export function isPreviewText(text: string): boolean {
  return beginnings.some((beginning) => text.startsWith(beginning));
}
