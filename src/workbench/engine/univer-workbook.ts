import {
  type IWorkbookData,
  type IWorksheetData,
  UniverInstanceType,
  type Univer,
  type Workbook as UniverBook,
  mergeWorksheetSnapshotWithDefault,
} from '@univerjs/core';
import {
  InsertSheetMutation,
  SetSelectionsOperation,
  SetWorksheetActiveOperation,
  SheetsSelectionsService,
} from '@univerjs/sheets';
import { AddSheetTableMutation, TableManager } from '@univerjs/sheets-table';
import type { Area } from './area';
import { FormulaIndex } from './formula-index';
import { growTables } from './grow-tables';
import { createHeadlessUniver } from './headless-univer';
import { Recalculation } from './recalculation';
import { uniqueHeaders } from './table-headers';
import { defineName, definedNames } from './univer-names';
import { UniverSession, WITHOUT_ACTIVATION, areaOf, rangeOf } from './univer-session';
import { UniverSheet } from './univer-sheet';
import { UniverTable } from './univer-table';
import { type Watched, watchChanges } from './watch-changes';
import type { Author, DefinedName, Selection, Sheet, Workbook, WorkbookEvent } from './workbook';

export interface WorkbookOptions {
  readonly name?: string;
  /** Name of the one sheet a new workbook has. */
  readonly sheetName?: string;
}

const ROWS = 1000;
const COLUMNS = 26;
const DEFAULT_COLUMN_WIDTH = 85;

/** A workbook on a Univer without user interface, for Node. Disposing it disposes the engine. */
export function createHeadlessWorkbook(options: WorkbookOptions = {}): UniverWorkbook {
  return createWorkbookEngine(createHeadlessUniver(), options);
}

/**
 * A workbook on the given Univer, whose plugins - with or without user interface - are registered already. It makes the
 * one workbook unit of that instance; the page shows it, the host plays Excel on it.
 */
export function createWorkbookEngine(univer: Univer, options: WorkbookOptions = {}): UniverWorkbook {
  const name = options.name ?? 'Book1';
  const sheetName = options.sheetName ?? 'Sheet1';
  const data: Partial<IWorkbookData> = {
    id: 'workbook',
    name,
    sheetOrder: ['sheet-0'],
    sheets: { 'sheet-0': emptySheet('sheet-0', sheetName) },
  };
  const book = univer.createUnit<Partial<IWorkbookData>, UniverBook>(UniverInstanceType.UNIVER_SHEET, data);
  return new UniverWorkbook(new UniverSession(univer, book));
}

export class UniverWorkbook implements Workbook, Watched {
  /** How many rows a table takes in when something is written under it. */
  growthLimit = Number.MAX_SAFE_INTEGER;
  readonly #sheets = new Map<string, UniverSheet>();
  readonly #tables = new Map<string, UniverTable>();
  readonly #sinks = new Set<(event: WorkbookEvent) => void>();
  readonly #formulas: FormulaIndex;
  readonly #recalculation: Recalculation;
  readonly #stops: (() => void)[] = [];

  constructor(readonly session: UniverSession) {
    this.#formulas = new FormulaIndex(session);
    this.#recalculation = new Recalculation(session, this.#formulas);
    const watch = watchChanges(this);
    this.#stops.push(() => {
      watch.dispose();
    });
    this.#followTables();
  }

  get name(): string {
    return this.session.book.getName();
  }

  get sheets(): readonly UniverSheet[] {
    return this.session.book.getConfig().sheetOrder.map((id) => this.sheet(id));
  }

  get activeSheet(): UniverSheet {
    const active = this.session.book.getActiveSheet(true) ?? this.session.book.ensureActiveSheet();
    return this.sheet(active.getSheetId());
  }

  get tables(): readonly UniverTable[] {
    return [...this.#tables.values()].filter((table) => !table.isDeleted);
  }

  get names(): readonly DefinedName[] {
    return definedNames(this.session);
  }

  get selection(): Selection {
    const sheet = this.activeSheet;
    const service = this.session.injector.get(SheetsSelectionsService);
    const selections = service.getWorkbookSelections(this.session.unitId).getSelectionsOfWorksheet(sheet.id);
    const areas = selections.map((selection) => areaOf(selection.range));
    return { sheet, areas: areas.length > 0 ? areas : [{ row: 0, column: 0, rows: 1, columns: 1 }] };
  }

  sheet(id: string): UniverSheet {
    const sheet = this.#sheets.get(id) ?? new UniverSheet(this.session, id);
    this.#sheets.set(id, sheet);
    return sheet;
  }

  addSheet(name = this.#freeSheetName()): UniverSheet {
    const sheet = emptySheet(this.session.newId('sheet'), name);
    this.session.execute(InsertSheetMutation.id, { index: this.sheets.length, sheet }, WITHOUT_ACTIVATION);
    return this.sheet(sheet.id);
  }

  activate(sheet: Sheet): void {
    this.session.execute(SetWorksheetActiveOperation.id, { subUnitId: sheet.id });
  }

  select(sheet: Sheet, areas: readonly Area[]): void {
    if (this.activeSheet.id !== sheet.id) this.activate(sheet);
    const selections = areas.map((area) => ({ range: rangeOf(area), primary: primaryOf(area), style: null }));
    this.session.execute(SetSelectionsOperation.id, { subUnitId: sheet.id, selections, reveal: true });
  }

  addTable(sheet: Sheet, area: Area): UniverTable {
    const header = sheet.texts({ ...area, rows: 1 })[0] ?? [];
    const columns = uniqueHeaders(header).map((displayName) => ({
      id: this.session.newId('column'),
      displayName,
      dataType: 'none',
      formula: '',
      meta: {},
      style: {},
    }));
    const tableId = this.session.newId('table');
    const options = { columns, tableStyleId: 'table-default-0' };
    const params = { tableId, name: this.#freeTableName(), range: rangeOf(area), options };
    this.session.execute(AddSheetTableMutation.id, { subUnitId: sheet.id, ...params });
    const table = this.#table(tableId);
    table.readHeader();
    return table;
  }

  defineName(name: string, formula: string, comment: string): DefinedName {
    return defineName(this.session, name, formula, comment);
  }

  as(author: Author, change: () => void): void {
    const former = this.session.portAuthor;
    this.session.portAuthor = author;
    try {
      change();
    } finally {
      this.session.portAuthor = former;
    }
  }

  onEvent(sink: (event: WorkbookEvent) => void): () => void {
    this.#sinks.add(sink);
    return () => this.#sinks.delete(sink);
  }

  settled(): Promise<void> {
    return this.#recalculation.settled();
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#recalculation.dispose();
    this.#formulas.dispose();
    this.session.univer.dispose();
  }

  onWritten(sheet: UniverSheet, area: Area): void {
    // What follows from a change is the doing of whoever made it.
    this.as(this.session.author, () => {
      growTables(this.tables, sheet, area, this.growthLimit);
    });
  }

  onRowsMoved(sheet: UniverSheet): void {
    this.as(this.session.author, () => {
      for (const table of this.tables) if (table.sheet === sheet && table.isFiltered) table.reapplyFilters();
    });
  }

  forget(sheetId: string): void {
    for (const table of this.#tables.values()) if (table.sheet.id === sheetId) this.#tables.delete(table.id);
  }

  raise(event: WorkbookEvent): void {
    for (const sink of this.#sinks) sink(event);
  }

  /** Tables come and go through the port or by the hand of the person; both are heard here. */
  #followTables(): void {
    const manager = this.session.injector.get(TableManager);
    const added = manager.tableAdd$.subscribe(({ tableId }) => {
      const table = this.#table(tableId);
      if (!this.session.isQuiet) this.raise({ kind: 'tableAdded', table, author: this.session.author });
    });
    const deleted = manager.tableDelete$.subscribe(({ tableId }) => {
      const table = this.#tables.get(tableId);
      if (!table || this.session.isQuiet) return;
      this.raise({ kind: 'tableDeleted', table, author: this.session.author });
      this.#tables.delete(tableId);
    });
    this.#stops.push(
      () => {
        added.unsubscribe();
      },
      () => {
        deleted.unsubscribe();
      },
    );
  }

  #table(id: string): UniverTable {
    const known = this.#tables.get(id);
    if (known) return known;
    const engine = this.session.injector.get(TableManager).getTableById(this.session.unitId, id);
    if (!engine) throw new Error(`There is no table ${id}.`);
    const table = new UniverTable(this.session, this.sheet(engine.getSubunitId()), id);
    this.#tables.set(id, table);
    return table;
  }

  #freeSheetName(): string {
    const taken = new Set(this.sheets.map((sheet) => sheet.name.toLowerCase()));
    for (let number = 1; ; number++)
      if (!taken.has(`sheet${String(number)}`)) return `Sheet${String(number)}`;
  }

  #freeTableName(): string {
    const taken = new Set(this.tables.map((table) => table.name.toLowerCase()));
    for (let number = 1; ; number++)
      if (!taken.has(`table${String(number)}`)) return `Table${String(number)}`;
  }
}

function emptySheet(id: string, name: string): IWorksheetData {
  const size = { rowCount: ROWS, columnCount: COLUMNS, defaultColumnWidth: DEFAULT_COLUMN_WIDTH };
  return mergeWorksheetSnapshotWithDefault({ id, name, ...size });
}

function primaryOf(area: Area): Readonly<Record<string, unknown>> {
  return {
    actualRow: area.row,
    actualColumn: area.column,
    isMerged: false,
    isMergedMainCell: false,
    startRow: area.row,
    startColumn: area.column,
    endRow: area.row,
    endColumn: area.column,
  };
}
