import { languages, type Language } from './texts';

const LANGUAGE_KEY = 'workbench.language';
const THEME_KEY = 'workbench.theme';
const PANE_WIDTH_KEY = 'workbench.paneWidth';
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', it: 'it-IT' };

export type Theme = 'light' | 'dark';

/** The locale office.js and number formats go by. */
export function localeOf(language: Language): string {
  return LOCALES[language];
}

/** `?lang=` first, then the last choice, then the browser's languages, then English. */
export function preferredLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const wishes = [asked, localStorage.getItem(LANGUAGE_KEY), ...navigator.languages];
  for (const wish of wishes) {
    const language = languages.find((known) => known === wish?.slice(0, 2).toLowerCase());
    if (language !== undefined) return language;
  }
  return 'en';
}

/** Remembers the choice and takes an overruled `?lang=` out of the address. */
export function rememberLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE_KEY, language);
  const address = new URL(location.href);
  if (!address.searchParams.has('lang')) return;
  address.searchParams.set('lang', language);
  history.replaceState(null, '', address);
}

/** The last choice, else what the system prefers. */
export function preferredTheme(): Theme {
  const chosen = localStorage.getItem(THEME_KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function rememberTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme);
}

/** Calls back when the system changes its preference and the user has not chosen here. */
export function followSystemTheme(changed: (theme: Theme) => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (localStorage.getItem(THEME_KEY) === null) changed(preferredTheme());
  });
}

export function rememberedPaneWidth(): number | undefined {
  const width = Number(localStorage.getItem(PANE_WIDTH_KEY));
  return width > 0 ? width : undefined;
}

export function rememberPaneWidth(width: number): void {
  localStorage.setItem(PANE_WIDTH_KEY, String(width));
}
