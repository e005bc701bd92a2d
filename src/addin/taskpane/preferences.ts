import { type Language, languageOf, languages } from '../../language/text';

export type Theme = 'system' | 'light' | 'dark';

/** What this person chose on this computer; none of it belongs to a workbook. */
export interface Preferences {
  /** Null: as Excel speaks. */
  readonly language: Language | null;
  readonly theme: Theme;
  /** Origin of the order book, empty for the pane's own. */
  readonly address: string;
}

const NAME = 'launchbook.preferences';
const themes: readonly Theme[] = ['system', 'light', 'dark'];

export function readPreferences(): Preferences {
  const stored = parse(globalThis.localStorage?.getItem(storageName()) ?? '{}');
  return {
    language: languages.find((language) => language === stored['language']) ?? null,
    theme: themes.find((theme) => theme === stored['theme']) ?? 'system',
    address: typeof stored['address'] === 'string' ? stored['address'] : '',
  };
}

export function writePreferences(preferences: Preferences): void {
  globalThis.localStorage?.setItem(storageName(), JSON.stringify(preferences));
}

export function shownLanguage(preferences: Preferences): Language {
  return preferences.language ?? languageOf([globalThis.Office?.context?.displayLanguage ?? 'en']);
}

/** Excel on the web keeps the storage of add-ins apart by this key. */
function storageName(): string {
  return `${globalThis.Office?.context?.partitionKey ?? ''}${NAME}`;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
