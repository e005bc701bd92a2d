import type { Univer } from '@univerjs/core';
import type { Workbook } from '../engine/workbook';
import type { Faults } from '../protocol/faults';
import type { Metadata } from '../protocol/metadata';
import { trustThisPage, type FocusExit } from '../transport/parent-frame';
import { Addin } from './addin';
import { drawChrome, showMessage } from './chrome';
import { byId } from './dom';
import { createDriver, type Driven } from './driver';
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
import { keepCopyingFast } from './copying';
import { keepFillingFast } from './filling';
import { filterAsExcelDoes } from './filtering';
import { keepFilterListsFast } from './long-lists';
import { keepPastingFast } from './pasting';
import { revealFrozenColumns } from './revealing';
import { fitRowsToWrappedTexts } from './row-heights';
import { keepSortingFast } from './sorting';
import { saveFile } from './save-file';
import { translator, type Language, type Translate } from './texts';
import { createSpreadsheet, focusSpreadsheet, setSpreadsheetDark, setSpreadsheetLanguage } from './univer';

/** Puts the page together: spreadsheet, host, ribbon, pane, add-in. Rejects with the reason when that is impossible. */
export async function startWorkbench(): Promise<void> {
  const [settings, metadata] = await Promise.all([
    load<PageSettings>('settings.json'),
    load<Metadata>('metadata.json'),
  ]);
  trustThisPage(localStorage, location.hostname);
  const page = new WorkbenchPage(settings, metadata);
  page.start();
  window.workbench = createDriver(page);
}

/** The parts of the page and what the person chooses about all of them: language and colours. */
class WorkbenchPage implements Driven {
  readonly workbook: Workbook;
  readonly faults: Faults;
  readonly ribbon: Ribbon;
  readonly pane: Pane;
  readonly addin: Addin;
  readonly univer: Univer;
  private readonly workbookName: string;
  private language = preferredLanguage();
  private theme = preferredTheme();

  constructor(
    private readonly settings: PageSettings,
    metadata: Metadata,
  ) {
    const { manifest } = settings;
    this.workbookName = settings.workbookName ?? this.text('defaultWorkbook');
    this.univer = createSpreadsheet(byId('grid'), this.language, this.theme === 'dark');
    keepFillingFast(this.univer);
    fitRowsToWrappedTexts(this.univer);
    revealFrozenColumns(this.univer);
    const start = {
      name: this.workbookName,
      sheet: this.text('defaultSheet'),
      locale: this.locale,
      onNewWorkbook: (file: string | undefined) => this.handOver(file),
    };
    const { host, workbook } = openWorkbook(this.univer, metadata, start);
    this.workbook = workbook;
    keepCopyingFast(this.univer);
    keepPastingFast(this.univer);
    keepSortingFast(this.univer);
    filterAsExcelDoes(this.univer);
    keepFilterListsFast(this.univer);
    this.faults = host.faults;
    this.pane = new Pane({ onVisibility: (visible) => this.addin.announceVisibility(visible) });
    this.ribbon = new Ribbon({ tabs: manifest.tabs, onPress: (button) => void this.press(button) });
    this.addin = new Addin({
      manifest,
      host,
      pane: this.pane,
      ribbon: this.ribbon,
      documentUrl: `${location.origin}/workbench/${encodeURIComponent(this.workbookName)}.xlsx`,
      onFocusExit: (exit) => this.takeFocus(exit),
    });
  }

  start(): void {
    this.draw();
    followSystemTheme((theme) => this.showTheme(theme));
    this.addin.start(this.locale, this.text);
  }

  private get locale(): string {
    return localeOf(this.language);
  }

  private get text(): Translate {
    return translator(this.language);
  }

  private say(words: LocalizedText): string {
    return localized(words, this.locale);
  }

  private draw(): void {
    const { manifest, excelCommand } = this.settings;
    const { language, theme, workbookName } = this;
    drawChrome(
      { language, theme, workbookName, addinName: this.say(manifest.name), excelCommand },
      {
        chooseLanguage: (chosen) => this.chooseLanguage(chosen),
        chooseTheme: (chosen) => {
          rememberTheme(chosen);
          this.showTheme(chosen);
        },
      },
    );
    this.ribbon.draw(this.locale, this.text);
    this.pane.draw(this.say(manifest.name), this.say(manifest.icon), this.text);
    byId('grid').setAttribute('aria-label', this.text('grid'));
  }

  private showTheme(theme: Theme): void {
    this.theme = theme;
    setSpreadsheetDark(this.univer, theme === 'dark');
    this.draw();
  }

  private chooseLanguage(language: Language): void {
    this.language = language;
    rememberLanguage(language);
    setSpreadsheetLanguage(this.univer, language);
    this.draw();
    this.addin.start(this.locale, this.text);
  }

  private async press(button: RibbonButton): Promise<void> {
    try {
      await this.addin.press(button);
    } catch (error) {
      reportError(error);
      showMessage(this.text('commandFailed', { command: this.say(button.label) }), this.text('dismiss'));
    }
  }

  /** This page holds one workbook: another one is given to the person as a file. */
  private handOver(file: string | undefined): void {
    if (file !== undefined) saveFile(`${this.text('newWorkbook')}.xlsx`, file);
    showMessage(this.text(file === undefined ? 'oneWorkbook' : 'workbookSaved'), this.text('dismiss'));
  }

  private takeFocus(exit: FocusExit): void {
    if (exit === 'sheet') focusSpreadsheet(this.univer);
    else if (exit === 'backward') this.pane.focusHeader();
    else focusRibbon();
  }
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
