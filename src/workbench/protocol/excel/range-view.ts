import type { Scalar, Sheet } from '../../engine/workbook';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, qualifiedAddress } from './context';

/** The visible cells of a range: rows and columns that are neither hidden nor filtered out. */
export class RangeViewObject extends RemoteObject {
  readonly className = 'RangeView';

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
    private readonly shownRows: readonly number[],
    private readonly shownColumns: readonly number[],
    readonly index = 0,
  ) {
    super();
  }

  override async prepare(): Promise<void> {
    await this.context.workbook.settled();
  }

  get rowCount(): number {
    return this.shownRows.length;
  }

  get columnCount(): number {
    return this.shownColumns.length;
  }

  get values(): Scalar[][] {
    return this.#pick((row) => this.sheet.values(row));
  }

  get formulas(): Scalar[][] {
    return this.#pick((row) => this.sheet.formulas(row));
  }

  get text(): string[][] {
    return this.#pick((row) => this.sheet.texts(row));
  }

  get numberFormat(): string[][] {
    return this.#pick((row) => this.sheet.styles(row).map((line) => line.map((style) => style.numberFormat)));
  }

  get cellAddresses(): string[][] {
    return this.shownRows.map((row) =>
      this.shownColumns.map((column) => qualifiedAddress(this.sheet, { row, column, rows: 1, columns: 1 })),
    );
  }

  get rows(): RangeViewCollectionObject {
    const rows = this.shownRows.map(
      (row, index) => new RangeViewObject(this.context, this.sheet, [row], this.shownColumns, index),
    );
    return new RangeViewCollectionObject(rows);
  }

  #pick<T>(read: (row: { row: number; column: number; rows: number; columns: number }) => T[][]): T[][] {
    const first = this.shownColumns[0] ?? 0;
    const width = (this.shownColumns.at(-1) ?? first) - first + 1;
    return this.shownRows.map((row) => {
      const line = read({ row, column: first, rows: 1, columns: width })[0] ?? [];
      return line.filter((_value, index) => this.shownColumns.includes(first + index));
    });
  }
}

export class RangeViewCollectionObject extends RemoteCollection {
  readonly className = 'RangeViewCollection';

  constructor(private readonly views: readonly RangeViewObject[]) {
    super();
  }

  items(): readonly RangeViewObject[] {
    return this.views;
  }
}
