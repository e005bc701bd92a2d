import { byId, element, icon, redrawKeepingFocus } from './dom';
import type { Theme } from './preferences';
import { languages, translator, type Language, type Translate } from './texts';

const SHEET_ICON =
  'M3.5 4.5a1 1 0 0 1 1-1h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1zM3.5 8h13M8 8v8.5M12.3 8v8.5M3.5 12.2h13';
const SUN_ICON =
  'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3';
const MOON_ICON = 'M16 11.8A6.6 6.6 0 0 1 8.2 4a6.5 6.5 0 1 0 7.8 7.8z';

export interface ChromeState {
  readonly language: Language;
  readonly theme: Theme;
  readonly workbookName: string;
  readonly addinName: string;
  readonly excelCommand: string | null;
}

export interface ChromeActions {
  chooseLanguage(language: Language): void;
  chooseTheme(theme: Theme): void;
}

/** Draws the title bar and the line at the foot that says what the workbench is. */
export function drawChrome(state: ChromeState, actions: ChromeActions): void {
  const text = translator(state.language);
  document.documentElement.lang = state.language;
  document.documentElement.dataset['theme'] = state.theme;
  document.title = `${state.workbookName} – ${state.addinName} – ${text('applicationName')}`;
  redrawKeepingFocus(() =>
    byId('title-bar').replaceChildren(
      element('span', { class: 'application-icon' }, icon(SHEET_ICON, 18)),
      element('span', { class: 'application-name' }, text('applicationName')),
      element('h1', { class: 'workbook-name' }, state.workbookName),
      languageSwitch(state.language, text, actions),
      themeSwitch(state.theme, text, actions),
    ),
  );
  const about = element('span', {}, text('aboutWorkbench', { name: state.addinName }));
  byId('about-line').replaceChildren(about);
  if (state.excelCommand !== null) {
    const [before, after] = text('openInExcel').split('{command}');
    byId('about-line').append(
      element('span', {}, before ?? '', element('code', {}, state.excelCommand), after ?? ''),
    );
  }
}

function languageSwitch(current: Language, text: Translate, actions: ChromeActions): HTMLElement {
  const buttons = languages.map((language) => {
    const name = translator(language)('languageName');
    const button = element(
      'button',
      {
        type: 'button',
        id: `language-${language}`,
        lang: language,
        title: name,
        'aria-label': name,
        'aria-pressed': String(language === current),
      },
      language.toUpperCase(),
    );
    button.addEventListener('click', () => actions.chooseLanguage(language));
    return button;
  });
  return element(
    'div',
    { class: 'language-switch', role: 'group', 'aria-label': text('chooseLanguage') },
    ...buttons,
  );
}

function themeSwitch(theme: Theme, text: Translate, actions: ChromeActions): HTMLElement {
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const label = text(other === 'dark' ? 'useDark' : 'useLight');
  const button = element(
    'button',
    { type: 'button', class: 'theme-switch', id: 'theme-switch', title: label, 'aria-label': label },
    icon(other === 'dark' ? MOON_ICON : SUN_ICON, 18),
  );
  button.addEventListener('click', () => actions.chooseTheme(other));
  return button;
}

/** Shows a message over the page until the user closes it. */
export function showMessage(message: string, dismissLabel: string): void {
  const close = element('button', { type: 'button', 'aria-label': dismissLabel, title: dismissLabel }, '×');
  const box = element('div', { class: 'message' }, element('span', {}, message), close);
  close.addEventListener('click', () => box.remove());
  byId('messages').replaceChildren(box);
}
