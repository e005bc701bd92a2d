import type { Sheet } from '../../engine/workbook';
import { invalidArgument } from '../errors';
import { RemoteCollection, RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable, wholeArgument } from './context';
import { RangeObject } from './range';
import { rangeArgument } from './range-argument';

/** Breaks the person or the add-in set on one sheet, in one direction. Kept and given back; nothing is printed here. */
export class PageBreakCollectionObject extends RemoteCollection {
  readonly className = 'PageBreakCollection';
  #breaks: PageBreakObject[] = [];

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
    private readonly direction: 'horizontal' | 'vertical',
  ) {
    super();
  }

  items(): readonly PageBreakObject[] {
    return this.#breaks;
  }

  getItem(index: unknown): PageBreakObject {
    const found = this.#breaks[wholeArgument(index, 'index')];
    if (!found) throw invalidArgument('There is no page break of that index.');
    return found;
  }

  add(range: unknown): PageBreakObject {
    demandWritable(this.context);
    const { area } = rangeArgument(this.context, this.sheet, range);
    const added = new PageBreakObject(this.context, this.sheet, area.row, area.column, (gone) => {
      this.#breaks = this.#breaks.filter((each) => each !== gone);
    });
    const place = this.direction === 'horizontal' ? 'rowIndex' : 'columnIndex';
    this.#breaks = [...this.#breaks.filter((each) => each[place] !== added[place]), added];
    this.#breaks.sort((a, b) => a[place] - b[place]);
    return added;
  }

  removePageBreaks(): void {
    demandWritable(this.context);
    this.#breaks = [];
  }
}

export class PageBreakObject extends RemoteObject {
  readonly className = 'PageBreak';

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
    readonly rowIndex: number,
    readonly columnIndex: number,
    private readonly remove: (gone: PageBreakObject) => void,
  ) {
    super();
  }

  getCellAfterBreak(): RangeObject {
    const area = { row: this.rowIndex, column: this.columnIndex, rows: 1, columns: 1 };
    return new RangeObject(this.context, this.sheet, area);
  }

  delete(): void {
    demandWritable(this.context);
    this.remove(this);
  }
}
