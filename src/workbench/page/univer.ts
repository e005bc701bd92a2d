import { LocaleType, LogLevel, mergeLocales, ThemeService, Univer } from '@univerjs/core';
import {
  CalculationMode,
  ILayoutService,
  UniverDocsPlugin,
  UniverDocsUIPlugin,
  UniverFormulaEnginePlugin,
  UniverRenderEnginePlugin,
  UniverSheetsFormulaPlugin,
  UniverSheetsFormulaUIPlugin,
  UniverSheetsNumfmtPlugin,
  UniverSheetsNumfmtUIPlugin,
  UniverSheetsPlugin,
  UniverSheetsUIPlugin,
  UniverUIPlugin,
} from '@univerjs/preset-sheets-core';
import coreEnglish from '@univerjs/preset-sheets-core/locales/en-US';
import coreItalian from '@univerjs/preset-sheets-core/locales/it-IT';
import {
  UniverSheetsConditionalFormattingPlugin,
  UniverSheetsConditionalFormattingUIPlugin,
} from '@univerjs/preset-sheets-conditional-formatting';
import conditionalEnglish from '@univerjs/preset-sheets-conditional-formatting/locales/en-US';
import conditionalItalian from '@univerjs/preset-sheets-conditional-formatting/locales/it-IT';
import {
  UniverDataValidationPlugin,
  UniverSheetsDataValidationPlugin,
  UniverSheetsDataValidationUIPlugin,
} from '@univerjs/preset-sheets-data-validation';
import validationEnglish from '@univerjs/preset-sheets-data-validation/locales/en-US';
import validationItalian from '@univerjs/preset-sheets-data-validation/locales/it-IT';
import { UniverSheetsFilterPlugin, UniverSheetsFilterUIPlugin } from '@univerjs/preset-sheets-filter';
import filterEnglish from '@univerjs/preset-sheets-filter/locales/en-US';
import filterItalian from '@univerjs/preset-sheets-filter/locales/it-IT';
import { UniverSheetsSortPlugin, UniverSheetsSortUIPlugin } from '@univerjs/preset-sheets-sort';
import sortEnglish from '@univerjs/preset-sheets-sort/locales/en-US';
import sortItalian from '@univerjs/preset-sheets-sort/locales/it-IT';
import { UniverSheetsTablePlugin, UniverSheetsTableUIPlugin } from '@univerjs/preset-sheets-table';
import tableEnglish from '@univerjs/preset-sheets-table/locales/en-US';
import tableItalian from '@univerjs/preset-sheets-table/locales/it-IT';
import { greenTheme } from '@univerjs/themes';
import type { Language } from './texts';

const LOCALES: Readonly<Record<Language, LocaleType>> = { en: LocaleType.EN_US, it: LocaleType.IT_IT };

/** The spreadsheet with its user interface, still without a workbook, drawn into the container. */
export function createSpreadsheet(container: HTMLElement, language: Language, dark: boolean): Univer {
  const univer = new Univer({
    theme: greenTheme,
    darkMode: dark,
    locale: LOCALES[language],
    logLevel: LogLevel.ERROR,
    locales: {
      [LocaleType.EN_US]: mergeLocales(
        coreEnglish,
        filterEnglish,
        sortEnglish,
        tableEnglish,
        validationEnglish,
        conditionalEnglish,
      ),
      [LocaleType.IT_IT]: mergeLocales(
        coreItalian,
        filterItalian,
        sortItalian,
        tableItalian,
        validationItalian,
        conditionalItalian,
      ),
    },
  });
  registerFoundation(univer, container);
  registerSheets(univer);
  registerFeatures(univer);
  return univer;
}

export function setSpreadsheetLanguage(univer: Univer, language: Language): void {
  univer.setLocale(LOCALES[language]);
}

export function setSpreadsheetDark(univer: Univer, dark: boolean): void {
  univer.__getInjector().get(ThemeService).setDarkMode(dark);
}

/** Keys go to the selected cell from here on. */
export function focusSpreadsheet(univer: Univer): void {
  univer.__getInjector().get(ILayoutService).focus();
}

function registerFoundation(univer: Univer, container: HTMLElement): void {
  univer.registerPlugin(UniverDocsPlugin);
  univer.registerPlugin(UniverRenderEnginePlugin);
  univer.registerPlugin(UniverUIPlugin, {
    container,
    header: true,
    headerMenu: false,
    toolbar: true,
    ribbonType: 'simple',
    footer: true,
    contextMenu: true,
    disableAutoFocus: true,
  });
  univer.registerPlugin(UniverDocsUIPlugin);
  univer.registerPlugin(UniverFormulaEnginePlugin);
}

function registerSheets(univer: Univer): void {
  univer.registerPlugin(UniverSheetsPlugin);
  univer.registerPlugin(UniverSheetsUIPlugin, {
    formulaBar: true,
    footer: { menus: false },
    // The green corner on texts that look like numbers would cover every order number and code.
    disableForceStringAlert: true,
    disableForceStringMark: true,
    disableAutoFocus: true,
  });
  univer.registerPlugin(UniverSheetsNumfmtPlugin, {
    disableTextFormatAlert: true,
    disableTextFormatMark: true,
  });
  univer.registerPlugin(UniverSheetsNumfmtUIPlugin);
  univer.registerPlugin(UniverSheetsFormulaPlugin, { initialFormulaComputing: CalculationMode.FORCED });
  univer.registerPlugin(UniverSheetsFormulaUIPlugin);
}

function registerFeatures(univer: Univer): void {
  univer.registerPlugin(UniverSheetsFilterPlugin);
  univer.registerPlugin(UniverSheetsFilterUIPlugin);
  univer.registerPlugin(UniverSheetsSortPlugin);
  univer.registerPlugin(UniverSheetsSortUIPlugin);
  univer.registerPlugin(UniverDataValidationPlugin);
  univer.registerPlugin(UniverSheetsDataValidationPlugin);
  // The search box of the dropdown would take the first letters typed into the cell.
  univer.registerPlugin(UniverSheetsDataValidationUIPlugin, {
    showSearchOnDropdown: false,
    showEditOnDropdown: false,
  });
  univer.registerPlugin(UniverSheetsConditionalFormattingPlugin);
  univer.registerPlugin(UniverSheetsConditionalFormattingUIPlugin);
  univer.registerPlugin(UniverSheetsTablePlugin);
  // The tab with the table's name would push a table in row 1 down by 32 px.
  univer.registerPlugin(UniverSheetsTableUIPlugin, { hideAnchor: true });
}
