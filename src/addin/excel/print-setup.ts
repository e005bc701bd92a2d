import type { Language } from '../../language/text';
import { textsIn } from '../texts';

/**
 * A sheet of ours as it comes out of the printer: landscape, as wide as the page, its head on every page, and below which sheet
 * it is, of when, and which page of how many. Queued; written with the next sync.
 */
export function setUpPrinting(sheet: Excel.Worksheet, headRows: number, language: Language): void {
  const { pageLayout } = sheet;
  pageLayout.orientation = Excel.PageOrientation.landscape;
  pageLayout.zoom = { horizontalFitToPages: 1, verticalFitToPages: 0 };
  pageLayout.setPrintTitleRows(`$1:$${headRows}`);
  const footer = pageLayout.headersFooters.defaultForAllPages;
  // Excel's own codes: the sheet's name, and the day and time of printing.
  footer.leftFooter = '&A';
  footer.centerFooter = '&D &T';
  footer.rightFooter = textsIn(language)('sheet.print.page', { page: '&P', pages: '&N' });
}
