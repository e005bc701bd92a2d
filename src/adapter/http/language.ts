import i18next, { type TFunction } from 'i18next';
import type { FastifyRequest } from 'fastify';
import { languageOf, languages, textOptions, type Language, type TextKey } from '../../language/text';

/** Fills one text of the catalogue. */
export type Text = (key: TextKey, params?: Readonly<Record<string, string>>) => string;

export interface Texts {
  readonly language: Language;
  readonly text: Text;
}

const catalogue = i18next.createInstance();
// Without a backend to wait for, the catalogue is ready when `init` returns.
void catalogue.init({ ...textOptions, initAsync: false });

const byLanguage = new Map<Language, Texts>(
  languages.map((language) => {
    const translate: TFunction = catalogue.getFixedT(language);
    return [language, { language, text: (key, params = {}) => translate(key, params) }];
  }),
);

/** The texts in `language`. */
export function textsIn(language: Language): Texts {
  const texts = byLanguage.get(language);
  if (texts === undefined) throw new RangeError(`Not a language of ours: ${language}`);
  return texts;
}

/** The texts in the language the caller prefers (Accept-Language), English when none of ours is wanted. */
export function textsFor(request: FastifyRequest): Texts {
  return textsIn(languageOf(preferred(request.headers['accept-language'] ?? '')));
}

/** The tags of an Accept-Language header, most wanted first. Source: RFC 9110, 12.5.4. */
export function preferred(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter));
      return { tag, weight: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
