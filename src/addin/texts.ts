import { createInstance, type i18n, type TFunction } from 'i18next';
import { type Language, textOptions } from '../language/text';

/** The texts of both languages: the pane follows the instance's language, the sheet asks for one by name. */
export const texts: i18n = createInstance();
// Resources are at hand, so initialising ends before this line does.
void texts.init({ ...textOptions, lng: 'en', initAsync: false });

export type Translate = TFunction;

export function textsIn(language: Language): Translate {
  return texts.getFixedT(language);
}
