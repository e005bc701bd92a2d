import i18next from 'i18next';
import { countInText } from '../language/formats';
import { languages, textOptions, type Language, type TextKey } from '../language/text';

/** Fills one text of the catalogue. */
export type Text = (key: TextKey, params?: Readonly<Record<string, string | number>>) => string;

export interface Texts {
  readonly language: Language;
  readonly text: Text;
}

const catalogue = i18next.createInstance();
// Without a backend to wait for, the catalogue is ready when `init` returns.
void catalogue.init({ ...textOptions, initAsync: false });
catalogue.services.formatter?.add(
  'number',
  countInText((language) => language),
);

const byLanguage = new Map<Language, Texts>(
  languages.map((language) => {
    const translate = catalogue.getFixedT(language);
    return [language, { language, text: (key, params = {}) => translate(key, params) }];
  }),
);

/** The texts of the product in `language`. */
export function textsIn(language: Language): Texts {
  const texts = byLanguage.get(language);
  if (texts === undefined) throw new RangeError(`Not a language of ours: ${language}`);
  return texts;
}
