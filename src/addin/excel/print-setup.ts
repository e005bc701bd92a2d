import type { Language } from '../../language/text';
import { textsIn } from '../texts';

/** As wide as the page, and as many pages as it takes. */
const AS_WIDE_AS_PAGE = { horizontalFitToPages: 1, verticalFitToPages: 0 };

/**
 * A sheet of ours as it comes out of the printer: landscape, as wide as the page unless `zoom` says otherwise, its head on every page, and
 * below which sheet it is, of when, and which page of how many. Queued; written with the next sync.
 */
export function setUpPrinting(
  sheet: Excel.Worksheet,
  headRows: number,
  language: Language,
  zoom: Excel.PageLayoutZoomOptions = AS_WIDE_AS_PAGE,
): void {
  const { pageLayout } = sheet;
  pageLayout.orientation = Excel.PageOrientation.landscape;
  pageLayout.zoom = zoom;
  pageLayout.setPrintTitleRows(`$1:$${headRows}`);
  const footer = pageLayout.headersFooters.defaultForAllPages;
  // Excel's own codes: the sheet's name, and the day and time of printing.
  footer.leftFooter = '&A';
  footer.centerFooter = '&D &T';
  footer.rightFooter = textsIn(language)('sheet.print.page', { page: '&P', pages: '&N' });
}
