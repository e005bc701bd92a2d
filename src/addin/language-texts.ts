import type { Language } from '../language/text';
import { texts } from './texts';

/**
 * The pane loads the texts of the language it speaks. What it reads out of cells it has to understand in every language: those few
 * words are there at once (see `cellWords`).
 */
const catalogues = {
  en: () => import('../language/en.json'),
  it: () => import('../language/it.json'),
} satisfies Record<Language, unknown>;

/** Fetches the texts of a language; nothing of it may be shown before. Fails as an import does when the server is out of reach. */
export async function loadTexts(language: Language): Promise<void> {
  const catalogue = await catalogues[language]();
  texts.addResourceBundle(language, 'translation', catalogue.default);
}
