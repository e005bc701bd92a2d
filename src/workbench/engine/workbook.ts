import type { Area } from './area';

/** What a cell can hold; an empty cell reads as the empty string. Dates are serial numbers. */
export type Scalar = string | number | boolean;

/** One entry of a block to write: `null` leaves the cell as it is, `''` empties it. */
export type Entry = Scalar | null;

/** Who changes the workbook: the person at the screen, the add-in, or somebody else in the same file. */
export type Author = 'user' | 'add-in' | 'remote';

/** The spreadsheet the host plays Excel on. A port in our own words: nothing of Excel's API, nothing of the engine's. */
export interface Workbook {
  readonly name: string;
  /** In tab order, hidden ones included. */
  readonly sheets: readonly Sheet[];
  readonly activeSheet: Sheet;
  readonly tables: readonly Table[];
  readonly names: readonly DefinedName[];
  readonly selection: Selection;
  addSheet(name?: string): Sheet;
  activate(sheet: Sheet): void;
  select(sheet: Sheet, areas: readonly Area[]): void;
  addTable(sheet: Sheet, area: Area): Table;
  defineName(name: string, formula: string, comment: string): DefinedName;
  /** Runs changes as somebody else than the add-in; used where a person or a co-author is played. */
  as(author: Author, change: () => void): void;
  onEvent(sink: (event: WorkbookEvent) => void): () => void;
  /** Resolves when no formula is waiting to be calculated. */
  settled(): Promise<void>;
  dispose(): void;
}

export interface Selection {
  readonly sheet: Sheet;
  readonly areas: readonly Area[];
}

export interface DefinedName {
  readonly name: string;
  /** Formula text with a leading equals sign. */
  formula: string;
  comment: string;
  visible: boolean;
  delete(): void;
}

export type Visibility = 'Visible' | 'Hidden' | 'VeryHidden';

export interface Sheet {
  readonly id: string;
  name: string;
  visibility: Visibility;
  /** Zero-based place among the tabs. */
  position: number;
  tabColor: string;
  readonly isDeleted: boolean;
  frozen: { readonly rows: number; readonly columns: number };
  readonly validations: Validations;
  readonly conditionalFormats: ConditionalFormats;

  values(area: Area): Scalar[][];
  formulas(area: Area): Scalar[][];
  texts(area: Area): string[][];
  hasFormula(area: Area): boolean;
  /** The smallest area around everything that holds content, or content or format. */
  usedArea(valuesOnly: boolean): Area | null;
  /** Writes as if typed: text that starts with = + - becomes a formula, numbers in text become numbers. */
  write(row: number, column: number, entries: readonly (readonly Entry[])[]): void;
  clearContents(area: Area): void;
  clearFormats(area: Area): void;

  styles(area: Area): CellStyle[][];
  format(area: Area, style: Partial<CellStyle>): void;
  /** Number formats cell by cell; `null` leaves one as it is. */
  formatNumbers(row: number, column: number, formats: readonly (readonly (string | null)[])[]): void;

  isRowHidden(row: number): boolean;
  isRowFilteredOut(row: number): boolean;
  isColumnHidden(column: number): boolean;
  hideRows(row: number, count: number, hidden: boolean): void;
  hideColumns(column: number, count: number, hidden: boolean): void;
  /** Sizes in points. */
  columnWidth(column: number): number;
  setColumnWidth(column: number, count: number, width: number): void;
  rowHeight(row: number): number;
  setRowHeight(row: number, count: number, height: number): void;

  insertRows(row: number, count: number): void;
  deleteRows(row: number, count: number): void;
  insertColumns(column: number, count: number): void;
  deleteColumns(column: number, count: number): void;
  /** Sorts whole rows of the area by columns counted from its left edge. */
  sort(area: Area, keys: readonly SortKey[], matchCase: boolean): void;
  delete(): void;
}

export interface SortKey {
  readonly column: number;
  readonly ascending: boolean;
}

export interface CellStyle {
  /** `General`, `0.00`, `@` ... */
  numberFormat: string;
  /** `#RRGGBB`; the empty string is no fill. */
  fill: string;
  fontColor: string;
  fontName: string;
  fontSize: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
  strikethrough: boolean;
  horizontal: 'General' | 'Left' | 'Center' | 'Right' | 'Justify';
  vertical: 'Top' | 'Center' | 'Bottom';
  wrap: boolean;
}

export interface Table {
  readonly id: string;
  name: string;
  readonly sheet: Sheet;
  /** Header and body, without a total row. */
  readonly area: Area;
  readonly body: Area;
  readonly columns: readonly TableColumn[];
  style: string;
  showTotals: boolean;
  readonly isDeleted: boolean;
  /** Grows or shrinks to an area that keeps the header row. */
  resize(area: Area): void;
  /** Adds empty rows at the end, with the formats, rules and calculated columns of the last one. */
  appendRows(count: number): void;
  addColumn(index: number, name: string): TableColumn;
  deleteColumn(column: TableColumn): void;
  filterOf(column: TableColumn): Filter | undefined;
  filter(column: TableColumn, filter: Filter | undefined): void;
  readonly isFiltered: boolean;
  reapplyFilters(): void;
  /** Removes the table and its cells. */
  delete(): void;
  /** Removes the table, keeps the cells. */
  convertToRange(): void;
}

export interface TableColumn {
  readonly id: string;
  name: string;
  /** Zero-based place in the table. */
  readonly index: number;
}

/** Which rows of a table column are shown: those with one of the texts, or those that meet the criteria. */
export type Filter =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | {
      readonly kind: 'criteria';
      readonly first: string;
      readonly second?: string;
      readonly operator: 'And' | 'Or';
    };

export interface Validations {
  /** The one rule that covers all of the area; `null` for none, `undefined` when cells differ. */
  ruleFor(area: Area): Validation | null | undefined;
  set(area: Area, rule: Validation): void;
  clear(area: Area): void;
  /** Cells whose content the rules refuse, as single cells. */
  invalidCells(area: Area): Area[];
}

export type ValidationRule =
  | { readonly kind: 'list'; readonly source: string; readonly dropDown: boolean }
  | {
      readonly kind: 'wholeNumber' | 'decimal' | 'date' | 'textLength';
      readonly operator: ComparisonOperator;
      readonly first: string | number;
      readonly second?: string | number;
    }
  | { readonly kind: 'custom'; readonly formula: string };

export type ComparisonOperator =
  | 'Between'
  | 'NotBetween'
  | 'EqualTo'
  | 'NotEqualTo'
  | 'GreaterThan'
  | 'LessThan'
  | 'GreaterThanOrEqualTo'
  | 'LessThanOrEqualTo';

export interface Validation {
  readonly rule: ValidationRule;
  readonly ignoreBlanks: boolean;
  readonly alert: {
    readonly show: boolean;
    readonly style: 'Stop' | 'Warning' | 'Information';
    readonly title: string;
    readonly message: string;
  };
  readonly prompt: { readonly show: boolean; readonly title: string; readonly message: string };
}

export interface ConditionalFormats {
  /** Rules that touch the area, first in priority first. */
  touching(area: Area): readonly ConditionalFormat[];
  add(area: Area, condition: Condition, style: ConditionStyle): string;
  change(id: string, condition: Condition, style: ConditionStyle): void;
  remove(id: string): void;
  /** Takes the area out of every rule. */
  clear(area: Area): void;
}

export interface ConditionalFormat {
  readonly id: string;
  readonly areas: readonly Area[];
  readonly condition: Condition;
  readonly style: ConditionStyle;
}

export type Condition =
  | {
      readonly kind: 'cellValue';
      readonly operator: ComparisonOperator;
      readonly first: string;
      readonly second?: string;
    }
  | {
      readonly kind: 'text';
      readonly operator: 'Contains' | 'NotContains' | 'BeginsWith' | 'EndsWith';
      readonly text: string;
    }
  | { readonly kind: 'custom'; readonly formula: string };

export interface ConditionStyle {
  readonly fill?: string;
  readonly fontColor?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strikethrough?: boolean;
}

export type WorkbookEvent =
  | CellsChanged
  | { readonly kind: 'selectionChanged'; readonly sheet: Sheet; readonly areas: readonly Area[] }
  | { readonly kind: 'sheetActivated'; readonly sheet: Sheet; readonly previous: Sheet | undefined }
  | { readonly kind: 'sheetAdded' | 'sheetDeleted'; readonly sheet: Sheet; readonly author: Author }
  | { readonly kind: 'tableAdded' | 'tableDeleted'; readonly table: Table; readonly author: Author };

export interface CellsChanged {
  readonly kind: 'cellsChanged';
  readonly sheet: Sheet;
  readonly area: Area;
  readonly change: 'edited' | 'rowsInserted' | 'rowsDeleted' | 'columnsInserted' | 'columnsDeleted';
  readonly author: Author;
  /** Of a single edited cell. */
  readonly before?: Scalar;
  readonly after?: Scalar;
}
