import type { AddinManifest } from './manifest';

/** What the server tells the page (`settings.json`). */
export interface PageSettings {
  readonly manifest: AddinManifest;
  /** Where people learn how to use the add-in in real Excel; null when there is no such page. */
  readonly excelCommand: string | null;
  /** Name of the workbook; null for the page's own default. */
  readonly workbookName: string | null;
}
