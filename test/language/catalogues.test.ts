import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { importErrorCodes } from '../../src/contract/imports';
import { problemCodes } from '../../src/contract/problem';
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

    it(`write what they count in ${language} as a number`, () => {
      const bare = Object.entries(catalogues[language]).filter(([, text]) => text.includes('{{count}}'));
      assert.deepEqual(bare, []);
    });

    it(`explain every refusal in ${language}`, () => {
      const missing = refusalCodes.filter((code) => !catalogues[language][`refusal.${code}`]);
      assert.deepEqual(missing, []);
    });

    it(`say in ${language} what every error of an import means`, () => {
      const explained = (code: string) =>
        Object.keys(catalogues[language]).some((key) => key.replace(/\.\w+$/, '') === `import.error.${code}`);
      const missing = importErrorCodes.filter(
        (code) => !catalogues[language][`import.error.${code}`] && !explained(code),
      );
      assert.deepEqual(missing, []);
    });

    it(`explain every problem in ${language}`, () => {
      const keys = problemCodes.flatMap((code) => [`problem.${code}.title`, `problem.${code}.detail`]);
      assert.deepEqual(
        keys.filter((key) => !catalogues[language][key]),
        [],
      );
    });
  }

  it('hold no text that the sources do not name', async () => {
    const sources = await sourceTexts();
    const named = new Set(sources.flatMap((source) => [...source.matchAll(NAMED)].map(([, key]) => key)));
    const begun = [...new Set(sources.flatMap((source) => [...source.matchAll(BEGUN)].map(patternOf)))];
    const unused = [...meanings('en')].filter(
      (key) => !named.has(key) && !begun.some((one) => one.test(key)),
    );
    assert.deepEqual(unused, []);
  });
});

/** A key as a whole: in quotes, or as the key of a record. */
const NAMED = /['"`]([\w.-]+)['"`]/g;

/** A key put together from parts: a template with a dot. */
const BEGUN = /`([\w-]+\.[\w.-]*\$\{[^`]*)`/g;

function patternOf([, template = '']: RegExpExecArray): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[\\w.-]+')}$`);
}

async function sourceTexts(): Promise<string[]> {
  const folder = path.resolve(__dirname, '../../src');
  const files = await readdir(folder, { recursive: true });
  return Promise.all(
    files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFile(path.join(folder, file), 'utf8')),
  );
}

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
  const names = [...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => name !== 'count, number').sort();
}
