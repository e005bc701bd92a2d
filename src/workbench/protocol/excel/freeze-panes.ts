import { type Area, SHEET_COLUMNS, SHEET_ROWS } from '../../engine/area';
import type { Sheet } from '../../engine/workbook';
import { itemNotFound } from '../errors';
import { RemoteObject } from '../remote-object';
import { type ExcelContext, demandFocus, demandWritable, wholeArgument } from './context';
import { RangeObject } from './range';
import { rangeArgument } from './range-argument';

export class FreezePanesObject extends RemoteObject {
  readonly className = 'WorksheetFreezePanes';

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
  ) {
    super();
  }

  freezeRows(count: unknown): void {
    this.#freeze(wholeArgument(count, 'count', 1), 0);
  }

  freezeColumns(count: unknown): void {
    this.#freeze(0, wholeArgument(count, 'count', 1));
  }

  freezeAt(range: unknown): void {
    const { area } = rangeArgument(this.context, this.sheet, range);
    const rows = area.rows === SHEET_ROWS ? 0 : area.row + area.rows;
    const columns = area.columns === SHEET_COLUMNS ? 0 : area.column + area.columns;
    this.#freeze(rows, columns);
  }

  unfreeze(): void {
    this.#freeze(0, 0);
  }

  getLocation(): RangeObject {
    const found = this.getLocationOrNullObject();
    if (!found) throw itemNotFound('No panes are frozen.');
    return found;
  }

  getLocationOrNullObject(): RangeObject | null {
    const { rows, columns } = this.sheet.frozen;
    if (rows === 0 && columns === 0) return null;
    const area: Area = { row: 0, column: 0, rows: rows || SHEET_ROWS, columns: columns || SHEET_COLUMNS };
    return new RangeObject(this.context, this.sheet, area);
  }

  #freeze(rows: number, columns: number): void {
    demandWritable(this.context);
    demandFocus(this.context);
    this.sheet.frozen = { rows, columns };
  }
}
