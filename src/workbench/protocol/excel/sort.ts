import type { Area } from '../../engine/area';
import type { Sheet, SortKey, Table } from '../../engine/workbook';
import { invalidArgument, notImplemented } from '../errors';
import { RemoteObject } from '../remote-object';
import { type ExcelContext, demandWritable } from './context';

export class RangeSortObject extends RemoteObject {
  readonly className = 'RangeSort';

  constructor(
    private readonly context: ExcelContext,
    private readonly sheet: Sheet,
    private readonly area: Area,
  ) {
    super();
  }

  apply(fields: unknown, matchCase: unknown, hasHeaders: unknown, orientation: unknown): void {
    demandWritable(this.context);
    if (orientation === 'Columns') throw notImplemented('RangeSort.apply by columns');
    const skip = hasHeaders === true ? 1 : 0;
    const area = { ...this.area, row: this.area.row + skip, rows: this.area.rows - skip };
    this.sheet.sort(area, sortKeys(fields), matchCase === true);
  }
}

export class TableSortObject extends RemoteObject {
  readonly className = 'TableSort';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
  ) {
    super();
  }

  apply(fields: unknown, matchCase: unknown): void {
    demandWritable(this.context);
    this.table.sheet.sort(this.table.body, sortKeys(fields), matchCase === true);
    this.table.reapplyFilters();
  }
}

function sortKeys(fields: unknown): SortKey[] {
  if (!Array.isArray(fields)) throw invalidArgument('fields must be an array of sort fields.');
  return fields.map((field: unknown) => {
    const { key, ascending, sortOn } = field as {
      key?: unknown;
      ascending?: unknown;
      sortOn?: string | null;
    }; // checked below
    if (typeof key !== 'number') throw invalidArgument('A sort field needs a key.');
    if (sortOn !== undefined && sortOn !== null && sortOn !== 'Value')
      throw notImplemented(`sorting on ${sortOn}`);
    return { column: key, ascending: ascending !== false };
  });
}
