import { type Area, SHEET_COLUMNS, SHEET_ROWS } from '../../engine/area';
import type { CellStyle, Sheet } from '../../engine/workbook';
import { RemoteObject } from '../remote-object';
import { type ExcelContext, common, demandWritable } from './context';

/** Width of a character and height of a line in points, for fitting columns and rows to their text. */
const CHARACTER_POINTS = 5.25;
const LINE_POINTS = 15;
const PADDING_POINTS = 9;

abstract class FormatPart extends RemoteObject {
  constructor(
    protected readonly context: ExcelContext,
    protected readonly sheet: Sheet,
    protected readonly area: Area,
  ) {
    super();
  }

  /** A property all cells agree on; null when they differ. */
  protected common<K extends keyof CellStyle>(property: K): CellStyle[K] | null {
    return common(this.sheet.styles(this.#seen()).flatMap((line) => line.map((style) => style[property])));
  }

  protected change(style: Partial<CellStyle>): void {
    demandWritable(this.context);
    this.sheet.format(this.area, style);
  }

  /** Of whole rows and columns only the first cell is looked at, of others all. */
  #seen(): Area {
    const whole = this.area.rows === SHEET_ROWS || this.area.columns === SHEET_COLUMNS;
    return whole ? { ...this.area, rows: 1, columns: 1 } : this.area;
  }
}

export class RangeFormatObject extends FormatPart {
  readonly className = 'RangeFormat';

  get fill(): RangeFillObject {
    return new RangeFillObject(this.context, this.sheet, this.area);
  }

  get font(): RangeFontObject {
    return new RangeFontObject(this.context, this.sheet, this.area);
  }

  get horizontalAlignment(): string | null {
    return this.common('horizontal');
  }

  set horizontalAlignment(alignment: CellStyle['horizontal']) {
    this.change({ horizontal: alignment });
  }

  get verticalAlignment(): string | null {
    return this.common('vertical');
  }

  set verticalAlignment(alignment: CellStyle['vertical']) {
    this.change({ vertical: alignment });
  }

  get wrapText(): boolean | null {
    return this.common('wrap');
  }

  set wrapText(wrap: boolean) {
    this.change({ wrap });
  }

  get columnWidth(): number | null {
    return common(this.#columns().map((column) => this.sheet.columnWidth(column)));
  }

  set columnWidth(width: number) {
    demandWritable(this.context);
    this.sheet.setColumnWidth(this.area.column, this.area.columns, width);
  }

  get rowHeight(): number | null {
    const count = this.area.rows === SHEET_ROWS ? 1 : this.area.rows;
    return common(
      Array.from({ length: count }, (_unused, index) => this.sheet.rowHeight(this.area.row + index)),
    );
  }

  set rowHeight(height: number) {
    demandWritable(this.context);
    this.sheet.setRowHeight(this.area.row, this.area.rows, height);
  }

  autofitColumns(): void {
    demandWritable(this.context);
    const used = this.sheet.usedArea(true);
    for (const column of used ? this.#columns() : []) {
      if (this.sheet.isColumnHidden(column)) continue;
      const texts = this.sheet.texts({ row: used?.row ?? 0, column, rows: used?.rows ?? 1, columns: 1 });
      const longest = texts.reduce((length, [text]) => Math.max(length, text?.length ?? 0), 0);
      if (longest > 0) this.sheet.setColumnWidth(column, 1, longest * CHARACTER_POINTS + PADDING_POINTS);
    }
  }

  autofitRows(): void {
    demandWritable(this.context);
    const used = this.sheet.usedArea(true);
    const rows = Math.min(this.area.rows, used ? used.row + used.rows : 0);
    for (let row = this.area.row; row < this.area.row + rows; row++) {
      const texts =
        this.sheet.texts({ row, column: used?.column ?? 0, rows: 1, columns: used?.columns ?? 1 })[0] ?? [];
      const lines = texts.reduce((most, text) => Math.max(most, text.split('\n').length), 1);
      this.sheet.setRowHeight(row, 1, lines * LINE_POINTS);
    }
  }

  #columns(): number[] {
    const count =
      this.area.columns === SHEET_COLUMNS ? (this.sheet.usedArea(false)?.columns ?? 1) : this.area.columns;
    return Array.from({ length: count }, (_unused, index) => this.area.column + index);
  }
}

export class RangeFillObject extends FormatPart {
  readonly className = 'RangeFill';

  get color(): string | null {
    const fill = this.common('fill');
    return fill === '' ? '#FFFFFF' : fill;
  }

  set color(color: string) {
    this.change({ fill: color });
  }

  clear(): void {
    this.change({ fill: '' });
  }
}

export class RangeFontObject extends FormatPart {
  readonly className = 'RangeFont';

  get bold(): boolean | null {
    return this.common('bold');
  }

  set bold(bold: boolean) {
    this.change({ bold });
  }

  get italic(): boolean | null {
    return this.common('italic');
  }

  set italic(italic: boolean) {
    this.change({ italic });
  }

  get strikethrough(): boolean | null {
    return this.common('strikethrough');
  }

  set strikethrough(strikethrough: boolean) {
    this.change({ strikethrough });
  }

  get underline(): string | null {
    const underline = this.common('underline');
    return underline === null ? null : underline ? 'Single' : 'None';
  }

  set underline(underline: string) {
    this.change({ underline: underline !== 'None' });
  }

  get color(): string | null {
    return this.common('fontColor');
  }

  set color(color: string) {
    this.change({ fontColor: color });
  }

  get name(): string | null {
    return this.common('fontName');
  }

  set name(name: string) {
    this.change({ fontName: name });
  }

  get size(): number | null {
    return this.common('fontSize');
  }

  set size(size: number) {
    this.change({ fontSize: size });
  }
}
