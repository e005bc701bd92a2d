import assert from 'node:assert/strict';
import { refusalCodes } from '../../src/domain/refusals';
import { catalogues, languages } from '../../src/language/text';

const PLURAL = /_(zero|one|two|few|many|other)$/;

describe('catalogues', () => {
  for (const language of languages) {
    it(`say the same things in ${language} as in English`, () => {
      assert.deepEqual([...meanings(language)].sort(), [...meanings('en')].sort());
    });

    it(`have every plural form ${language} needs`, () => {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const missing = plurals(language).flatMap((key) =>
        forms.filter((form) => !(`${key}_${form}` in catalogues[language])).map((form) => `${key}_${form}`),
      );
      assert.deepEqual(missing, []);
    });

    it(`fill the same placeholders in ${language} as in English`, () => {
      for (const [key, text] of Object.entries(catalogues[language])) {
        const english = catalogues.en[key] ?? catalogues.en[key.replace(PLURAL, '_other')] ?? '';
        assert.deepEqual(placeholders(text), placeholders(english), key);
      }
    });

    it(`explain every refusal in ${language}`, () => {
      const missing = refusalCodes.filter((code) => !catalogues[language][`refusal.${code}`]);
      assert.deepEqual(missing, []);
    });
  }
});

function meanings(language: (typeof languages)[number]): Set<string> {
  return new Set(Object.keys(catalogues[language]).map((key) => key.replace(PLURAL, '')));
}

function plurals(language: (typeof languages)[number]): string[] {
  return Object.keys(catalogues[language])
    .filter((key) => key.endsWith('_other'))
    .map((key) => key.replace(PLURAL, ''));
}

/** `count` may be left out of a form that stands for one number. */
function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => name !== 'count').sort();
}
