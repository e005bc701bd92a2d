import { Addin } from './addin';
import { drawChrome, showMessage } from './chrome';
import { byId } from './dom';
import { createDriver } from './driver';
import { openWorkbook } from './host';
import { localized, type LocalizedText, type RibbonButton } from './manifest';
import { Pane } from './pane';
import {
  followSystemTheme,
  localeOf,
  preferredLanguage,
  preferredTheme,
  rememberLanguage,
  rememberTheme,
  type Theme,
} from './preferences';
import { Ribbon } from './ribbon';
import type { PageSettings } from './settings';
import { translator, type Language } from './texts';
import { keepSortingFast } from './sorting';
import { createSpreadsheet, focusSpreadsheet, setSpreadsheetDark, setSpreadsheetLanguage } from './univer';
import type { Metadata } from '../protocol/metadata';
import { trustThisPage } from '../transport/parent-frame';

/** Puts the page together: spreadsheet, host, ribbon, pane, add-in. Rejects with the reason when that is impossible. */
export async function startWorkbench(): Promise<void> {
  let language = preferredLanguage();
  let theme = preferredTheme();
  const [settings, metadata] = await Promise.all([
    load<PageSettings>('settings.json'),
    load<Metadata>('metadata.json'),
  ]);
  const { manifest } = settings;
  const univer = createSpreadsheet(byId('grid'), language, theme === 'dark');
  keepSortingFast(univer);
  const text = () => translator(language);
  const say = (words: LocalizedText) => localized(words, localeOf(language));
  const workbookName = settings.workbookName ?? text()('defaultWorkbook');
  const { host, workbook } = openWorkbook(univer, metadata, {
    name: workbookName,
    sheet: text()('defaultSheet'),
    locale: localeOf(language),
  });

  const pane = new Pane({ onVisibility: (visible) => addin.announceVisibility(visible) });
  const ribbon = new Ribbon({ tabs: manifest.tabs, onPress: (button) => void press(button) });
  const addin = new Addin({
    manifest,
    host,
    pane,
    ribbon,
    documentUrl: `${location.origin}/workbench/${encodeURIComponent(workbookName)}.xlsx`,
    onFocusExit: (exit) =>
      exit === 'sheet' ? focusSpreadsheet(univer) : exit === 'backward' ? pane.focusHeader() : focusRibbon(),
  });
  async function press(button: RibbonButton): Promise<void> {
    await addin.press(button).catch((error: unknown) => {
      reportError(error);
      showMessage(text()('commandFailed', { command: say(button.label) }), text()('dismiss'));
    });
  }

  const draw = () => {
    const { excelLink } = settings;
    drawChrome(
      { language, theme, workbookName, addinName: say(manifest.name), excelLink },
      { chooseLanguage, chooseTheme },
    );
    ribbon.draw(localeOf(language), text());
    pane.draw(say(manifest.name), say(manifest.icon), text());
    byId('grid').setAttribute('aria-label', text()('grid'));
  };
  const showTheme = (next: Theme) => {
    theme = next;
    setSpreadsheetDark(univer, next === 'dark');
    draw();
  };
  const chooseTheme = (next: Theme) => {
    rememberTheme(next);
    showTheme(next);
  };
  const chooseLanguage = (next: Language) => {
    language = next;
    rememberLanguage(next);
    setSpreadsheetLanguage(univer, next);
    draw();
    addin.start(localeOf(next), text());
  };

  draw();
  followSystemTheme(showTheme);
  trustThisPage(localStorage, location.hostname);
  addin.start(localeOf(language), text());
  window.workbench = createDriver({ workbook, faults: host.faults, addin, ribbon, pane });
}

function focusRibbon(): void {
  byId('ribbon-tabs').querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
}

async function load<T>(file: string): Promise<T> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // The page's own server wrote this file in this shape.
  return (await response.json()) as T;
}
