import type { Filter, Table, TableColumn } from '../../engine/workbook';
import { invalidArgument, notImplemented } from '../errors';
import { RemoteObject } from '../remote-object';
import { type ExcelContext, demandFocus, demandWritable } from './context';
import { RangeObject } from './range';

interface FilterCriteria {
  readonly filterOn: string;
  readonly values?: readonly unknown[];
  readonly criterion1?: string;
  readonly criterion2?: string;
  readonly operator?: 'And' | 'Or';
}

/** `table.columns.getItem(x).filter`. */
export class FilterObject extends RemoteObject {
  readonly className = 'Filter';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
    private readonly column: TableColumn,
  ) {
    super();
  }

  get criteria(): FilterCriteria | null {
    return asCriteria(this.table.filterOf(this.column));
  }

  apply(criteria: unknown): void {
    this.#filter(readCriteria(criteria));
  }

  applyValuesFilter(values: unknown): void {
    this.#filter(readCriteria({ filterOn: 'Values', values }));
  }

  applyCustomFilter(criterion1: unknown, criterion2: unknown, operator: unknown): void {
    this.#filter(readCriteria({ filterOn: 'Custom', criterion1, criterion2, operator }));
  }

  clear(): void {
    demandFocus(this.context);
    this.#filter(undefined);
  }

  #filter(filter: Filter | undefined): void {
    demandWritable(this.context);
    this.table.filter(this.column, filter);
  }
}

/** `table.autoFilter`: the filters of all columns by position. */
export class TableAutoFilterObject extends RemoteObject {
  readonly className = 'AutoFilter';

  constructor(
    private readonly context: ExcelContext,
    private readonly table: Table,
  ) {
    super();
  }

  get enabled(): boolean {
    return true;
  }

  get isDataFiltered(): boolean {
    return this.table.isFiltered;
  }

  get criteria(): (FilterCriteria | null)[] {
    return this.table.columns.map((column) => asCriteria(this.table.filterOf(column)));
  }

  apply(_range: unknown, columnIndex: unknown, criteria: unknown): void {
    demandWritable(this.context);
    if (columnIndex === undefined || columnIndex === null) return;
    this.table.filter(this.#column(columnIndex), readCriteria(criteria));
  }

  clearColumnCriteria(columnIndex: unknown): void {
    demandWritable(this.context);
    this.table.filter(this.#column(columnIndex), undefined);
  }

  clearCriteria(): void {
    demandWritable(this.context);
    demandFocus(this.context);
    for (const column of this.table.columns) {
      if (this.table.filterOf(column)) this.table.filter(column, undefined);
    }
  }

  reapply(): void {
    demandWritable(this.context);
    this.table.reapplyFilters();
  }

  getRange(): RangeObject {
    return new RangeObject(this.context, this.table.sheet, this.table.area);
  }

  getRangeOrNullObject(): RangeObject {
    return this.getRange();
  }

  #column(index: unknown): TableColumn {
    const column = typeof index === 'number' ? this.table.columns[index] : undefined;
    if (!column) throw invalidArgument('columnIndex is outside of the table.');
    return column;
  }
}

function asCriteria(filter: Filter | undefined): FilterCriteria | null {
  if (!filter) return null;
  if (filter.kind === 'values') return { filterOn: 'Values', values: filter.values };
  const second = filter.second === undefined ? {} : { criterion2: filter.second };
  return { filterOn: 'Custom', criterion1: filter.first, ...second, operator: filter.operator };
}

function readCriteria(value: unknown): Filter {
  const criteria = value as FilterCriteria; // as documented; checked below
  if (criteria.filterOn === 'Values') {
    if (!Array.isArray(criteria.values)) throw invalidArgument('A values filter needs values.');
    return { kind: 'values', values: criteria.values.map(String) };
  }
  if (criteria.filterOn !== 'Custom') throw notImplemented(`the filter on ${criteria.filterOn}`);
  if (typeof criteria.criterion1 !== 'string') throw invalidArgument('A custom filter needs criterion1.');
  const operator = criteria.operator ?? 'And';
  const second = typeof criteria.criterion2 === 'string' ? { second: criteria.criterion2 } : {};
  return { kind: 'criteria', first: criteria.criterion1, ...second, operator };
}
