import type { Sheet } from '../../engine/workbook';
import { RemoteObject } from '../remote-object';
import type { ExcelContext } from './context';
import { RangeAreasObject } from './range-areas';
import { RangeObject } from './range';
import { rangeArgument } from './range-argument';

/** How a sheet is printed. Kept and given back; nothing is printed here. Margins are in points. */
export class PageLayoutObject extends RemoteObject {
  readonly className = 'PageLayout';
  orientation = 'Portrait';
  paperSize: string | null = 'A4';
  blackAndWhite = false;
  draftMode = false;
  printErrors = 'AsDisplayed';
  printComments = 'NoComments';
  printOrder = 'DownThenOver';
  printGridlines = false;
  printHeadings = false;
  centerHorizontally = false;
  centerVertically = false;
  firstPageNumber: number | string = '';
  zoom: object = { scale: 100 };
  leftMargin = 50.4;
  rightMargin = 50.4;
  topMargin = 54;
  bottomMargin = 54;
  headerMargin = 21.6;
  footerMargin = 21.6;
  readonly headersFooters = new HeaderFooterGroupObject();
  #printArea: { sheet: Sheet; area: RangeObject['area'] } | undefined;
  #titleRows: RangeObject | undefined;
  #titleColumns: RangeObject | undefined;

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
  ) {
    super();
  }

  setPrintMargins(unit: unknown, options: unknown): void {
    const factor = unit === 'Inches' ? 72 : unit === 'Centimeters' ? 72 / 2.54 : 1;
    const margins = options as Partial<
      Record<'top' | 'bottom' | 'left' | 'right' | 'header' | 'footer', number>
    >; // as documented
    for (const side of ['top', 'bottom', 'left', 'right', 'header', 'footer'] as const) {
      const value = margins[side];
      if (typeof value === 'number') this[`${side}Margin`] = value * factor;
    }
  }

  setPrintArea(area: unknown): void {
    this.#printArea = rangeArgument(this.context, this.sheet, area);
  }

  getPrintAreaOrNullObject(): RangeAreasObject | null {
    const area = this.#printArea;
    return area ? new RangeAreasObject(this.context, area.sheet, [area.area]) : null;
  }

  setPrintTitleRows(rows: unknown): void {
    this.#titleRows = this.#range(rows);
  }

  getPrintTitleRowsOrNullObject(): RangeObject | null {
    return this.#titleRows ?? null;
  }

  setPrintTitleColumns(columns: unknown): void {
    this.#titleColumns = this.#range(columns);
  }

  getPrintTitleColumnsOrNullObject(): RangeObject | null {
    return this.#titleColumns ?? null;
  }

  #range(value: unknown): RangeObject {
    const { sheet, area } = rangeArgument(this.context, this.sheet, value);
    return new RangeObject(this.context, sheet, area);
  }
}

export class HeaderFooterGroupObject extends RemoteObject {
  readonly className = 'HeaderFooterGroup';
  state = 'Default';
  useSheetMargins = true;
  useSheetScale = true;
  readonly defaultForAllPages = new HeaderFooterObject();
  readonly evenPages = new HeaderFooterObject();
  readonly firstPage = new HeaderFooterObject();
  readonly oddPages = new HeaderFooterObject();
}

export class HeaderFooterObject extends RemoteObject {
  readonly className = 'HeaderFooter';
  leftHeader = '';
  centerHeader = '';
  rightHeader = '';
  leftFooter = '';
  centerFooter = '';
  rightFooter = '';
}
