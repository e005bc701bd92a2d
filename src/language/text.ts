import en from './en.json';
import it from './it.json';

/** Every text of the product, one flat key each; English is the reference for keys and placeholders. */
export type TextKey = keyof typeof en;

export const languages = ['en', 'it'] as const;
export type Language = (typeof languages)[number];

export const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, it };

/** What cells hold that is read again, whatever language it was written in: the pane has these of every language. */
export const cellWords = [
  ...(['action.release', 'action.restore', 'action.refresh'] as const),
  ...(['state.launched', 'state.executive', 'state.fulfilled', 'state.historical'] as const),
  ...(['sheet.word.released', 'sheet.word.restored', 'sheet.word.refreshed', 'sheet.word.created'] as const),
  ...(['sheet.word.kept', 'sheet.word.skipped', 'sheet.word.refused', 'sheet.word.failed'] as const),
  ...(['sheet.word.wouldRelease', 'sheet.word.wouldRestore', 'sheet.word.wouldRefresh'] as const),
  ...(['sheet.word.wouldRefuse', 'sheet.word.wouldSkip'] as const),
  ...(['sheet.content.changed', 'sheet.content.notSent', 'sheet.notInSearch', 'sheet.notRefreshed'] as const),
  ...(['sheet.restorable.yes', 'sheet.restorable.no', 'sheet.status.restored'] as const),
  ...(['materials.complete', 'materials.partial', 'materials.missing'] as const),
] satisfies TextKey[];
export type CellWord = (typeof cellWords)[number];

/** A word of a language, other than the one that is spoken perhaps. */
export function wordIn(language: Language, key: CellWord): string {
  return catalogues[language][key] ?? key;
}

/**
 * How i18next is to read the catalogues: flat keys, and no HTML escaping, because texts are only ever set as text. A placeholder is
 * filled as it is given; one that counts says so, `{{count, number}}`, is given the number and written as `countInText` does.
 */
export const textOptions = {
  resources: { en: { translation: en }, it: { translation: it } },
  supportedLngs: [...languages],
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
} as const;

/** The language of ours that fits best to BCP 47 tags in order of preference; English when none does. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const base = tag.toLowerCase().split('-')[0];
    const found = languages.find((language) => language === base);
    if (found) return found;
  }
  return 'en';
}
