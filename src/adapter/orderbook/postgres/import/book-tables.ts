import type { PlantFile } from '../../import-format';

/** Where the rows of a file are kept. */
export interface BookTable {
  readonly table: string;
  /** Columns that have another name in the table. */
  readonly names?: Readonly<Record<string, string>>;
  /**
   * The file has all rows of the table, or all of each row of `of`: rows that are not in it go. `of` names the file whose rows it
   * belongs to by these columns.
   */
  readonly whole?: { readonly of: PlantFile; readonly by: readonly string[] } | 'all';
}

/** The tables of the files that an import writes row by row: master data and what is on its way. */
export const bookTables = {
  sites: { table: 'site' },
  calendars: { table: 'calendar' },
  calendar_hours: { table: 'calendar_hours', whole: { of: 'calendars', by: ['calendar'] } },
  calendar_holidays: { table: 'calendar_holiday', whole: { of: 'calendars', by: ['calendar'] } },
  work_centres: { table: 'work_centre', names: { group: 'centre_group' } },
  machines: { table: 'machine' },
  warehouses: { table: 'warehouse' },
  reasons: { table: 'movement_reason' },
  withdrawal_defaults: { table: 'withdrawal_default' },
  deposit_defaults: { table: 'deposit_default' },
  closed_periods: { table: 'closed_period', names: { from: 'from_on', to: 'to_on' }, whole: 'all' },
  items: { table: 'item' },
  item_units: { table: 'item_unit' },
  boms: { table: 'bom' },
  bom_lines: { table: 'bom_line', whole: { of: 'boms', by: ['bom', 'version'] } },
  routings: { table: 'routing' },
  routing_operations: {
    table: 'routing_operation',
    names: { next: 'next_operations' },
    whole: { of: 'routings', by: ['routing', 'version'] },
  },
  incoming_supply: { table: 'incoming_supply', names: { due: 'due_on' }, whole: 'all' },
} as const satisfies Partial<Record<PlantFile, BookTable>>;

export type RowFile = keyof typeof bookTables;

// The names of an object literal are the keys of its type.
export const rowFiles = Object.keys(bookTables) as readonly RowFile[];

export const bookTableOf = (file: RowFile): BookTable => bookTables[file];

export const isRowFile = (file: PlantFile): file is RowFile => file in bookTables;

/** The name of a file's column in its table. */
export const tableColumn = (file: RowFile, column: string): string =>
  bookTableOf(file).names?.[column] ?? column;
