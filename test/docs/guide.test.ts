import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { catalogues, type Language, languages } from '../../src/language/text';

const PROJECT = path.resolve(__dirname, '../..');
const PARAM = /\{\{\w+(?:, number)?\}\}/g;
const BOLD = /\*\*(.+?)\*\*/gs;
const PICTURE = /!\[[^\]]+\]\(([^)]+)\)/g;

describe("the planner's guide", () => {
  for (const language of languages) {
    it(`uses the words of the screen in ${language}`, async () => {
      const guide = await readGuide(language);
      const said = [...(await wordsOnScreen(language))].map(patternOf);
      const bold = [...guide.matchAll(BOLD)].map(([, words = '']) => words.replace(/\s+/g, ' '));
      assert.ok(bold.length > 50, `${bold.length} words of the screen`);
      assert.deepEqual(
        bold.filter((words) => !said.some((text) => text.test(words))),
        [],
      );
    });

    it(`shows pictures that are there in ${language}`, async () => {
      const pictures = [...(await readGuide(language)).matchAll(PICTURE)].map(([, file = '']) => file);
      assert.ok(pictures.length > 3);
      for (const picture of pictures) await readFile(path.join(PROJECT, 'docs', picture));
    });
  }
});

function readGuide(language: Language): Promise<string> {
  return readFile(path.join(PROJECT, `docs/guide.${language}.md`), 'utf8');
}

/** Every text of the catalogue, and the labels of the ribbon. */
async function wordsOnScreen(language: Language): Promise<string[]> {
  const manifest = await readFile(path.join(PROJECT, 'manifest.xml'), 'utf8');
  const labels = [...manifest.matchAll(/(?:DefaultValue|Value)="([^"]+)"/g)].map(([, text = '']) => text);
  return [...Object.values(catalogues[language]), ...labels].filter((text) =>
    /\p{L}/u.test(withoutParams(text)),
  );
}

function withoutParams(text: string): string {
  return text.replace(PARAM, '');
}

/** A text as it may stand on the screen, its placeholders filled. */
function patternOf(text: string): RegExp {
  const parts = text.split(PARAM).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^.]+')}$`);
}
