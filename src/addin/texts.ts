import { createInstance, type i18n, type TFunction } from 'i18next';
import { countInText } from '../language/formats';
import { type Language, textOptions } from '../language/text';
import { regionOf } from './region';

/** The texts of both languages: the pane follows the instance's language, the sheet asks for one by name. */
export const texts: i18n = createInstance();
// Resources are at hand, so initialising ends before this line does.
void texts.init({ ...textOptions, lng: 'en', initAsync: false });
texts.services.formatter?.add('number', countInText(regionOf));

export type Translate = TFunction;

const inLanguage = new Map<Language, Translate>();

/** Looks each text without parameters up once: a sheet has thousands of cells with the same few words. */
export function textsIn(language: Language): Translate {
  const known = inLanguage.get(language);
  if (known !== undefined) return known;
  const t = texts.getFixedT(language);
  const words = new Map<unknown, unknown>();
  const remembering = (...asked: Parameters<Translate>) => {
    if (asked.length > 1) return t(...asked);
    const [key] = asked;
    if (!words.has(key)) words.set(key, t(...asked));
    return words.get(key);
  };
  // The typings want a brand that nothing has at run time.
  const remembered = remembering as Translate;
  inLanguage.set(language, remembered);
  return remembered;
}
