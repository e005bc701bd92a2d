import { type ICellData, type IRange, type Nullable, ObjectMatrix, type Worksheet } from '@univerjs/core';
import {
  FormulaDataModel,
  type IFormulaData,
  initSheetFormulaData,
  LexerTreeBuilder,
} from '@univerjs/engine-formula';
import {
  type ISetRangeValuesMutationParams,
  InsertColMutation,
  InsertRowMutation,
  InsertSheetMutation,
  MoveColsMutation,
  MoveRangeMutation,
  MoveRowsMutation,
  RemoveColMutation,
  RemoveRowMutation,
  RemoveSheetMutation,
  ReorderRangeMutation,
  SetRangeValuesMutation,
} from '@univerjs/sheets';
import type { UniverSession } from './univer-session';

interface RowsMoved {
  readonly subUnitId: string;
  readonly range: IRange;
}

/** Formulas with their cells by the id other cells share them under. */
type SharedFormulas = Record<string, { f: string; r: number; c: number }>;

/** Changes after which formulas can be anywhere. */
const SCATTERING = new Set([
  InsertColMutation.id,
  RemoveColMutation.id,
  MoveRangeMutation.id,
  MoveRowsMutation.id,
  MoveColsMutation.id,
  ReorderRangeMutation.id,
  InsertSheetMutation.id,
  RemoveSheetMutation.id,
]);

/**
 * The engine looks through every cell of the workbook for formulas at every single write, which makes filling a big sheet
 * quadratic. This remembers the rows that have formulas and lets the engine look through those alone. A row may be
 * remembered that has none any more, never the other way round.
 */
export class FormulaIndex {
  /** Rows with formulas by sheet; a sheet that is missing has to be looked through again. */
  readonly #rows = new Map<string, Set<number>>();
  /** The formulas that other cells share, by sheet; forgotten at every write. */
  readonly #origins = new Map<string, SharedFormulas>();
  readonly #stop: { dispose(): void };
  readonly #forget: { dispose(): void };

  constructor(private readonly session: UniverSession) {
    this.#stop = session.commands.beforeCommandExecuted((command) => {
      this.#origins.clear();
      if (command.id === SetRangeValuesMutation.id) {
        this.#written(command.params as ISetRangeValuesMutationParams); // of this command id
      } else if (command.id === InsertRowMutation.id || command.id === RemoveRowMutation.id) {
        this.#shifted(command.params as RowsMoved, command.id === InsertRowMutation.id ? 1 : -1); // of these ids
      } else if (SCATTERING.has(command.id)) this.#rows.clear();
    });
    this.#forget = session.commands.onCommandExecuted(() => {
      this.#origins.clear();
    });
    this.#install(session.injector.get(FormulaDataModel));
  }

  hasFormulas(): boolean {
    return this.session.book.getSheets().some((worksheet) => this.#rowsOf(worksheet).size > 0);
  }

  dispose(): void {
    this.#stop.dispose();
    this.#forget.dispose();
  }

  /** Replaces four lookups of this one instance; the first three answer the same as before, from fewer cells. */
  #install(model: FormulaDataModel): void {
    const { session } = this;
    model.getFormulaData = () => {
      const data: IFormulaData = { [session.unitId]: {} };
      for (const worksheet of session.book.getSheets()) this.#collect(data, worksheet);
      return data;
    };
    model.getSheetFormulaData = (unitId, sheetId) => {
      const worksheet = session.book.getSheetBySheetId(sheetId);
      const data: IFormulaData = { [unitId]: {} };
      if (worksheet) this.#collect(data, worksheet);
      return data[unitId]?.[sheetId] ?? {};
    };
    model.getFormulaStringByCell = (row, column, sheetId) => this.#formulaAt(row, column, sheetId);
    // Private to the engine's type; the places of formulas that other cells share.
    Reflect.set(model, '_getSheetFormulaIdMap', (_unitId: string, sheetId: string) => this.#shared(sheetId));
  }

  #collect(data: IFormulaData, worksheet: Worksheet): void {
    initSheetFormulaData(data, this.session.unitId, worksheet.getSheetId(), this.#cellsOf(worksheet));
  }

  /** Univer looks through all cells for the formula a cell shares: reading a filled column would be quadratic. */
  #formulaAt(row: number, column: number, sheetId: string): string | null {
    const cell = this.session.book.getSheetBySheetId(sheetId)?.getCellMatrix().getValue(row, column);
    if (cell?.f) return cell.f;
    const origins = this.#origins.get(sheetId) ?? this.#shared(sheetId);
    this.#origins.set(sheetId, origins);
    const origin = cell?.si ? origins[cell.si] : undefined;
    if (!origin) return null;
    const lexer = this.session.injector.get(LexerTreeBuilder);
    return lexer.moveFormulaRefOffset(origin.f, column - origin.c, row - origin.r);
  }

  #shared(sheetId: string): SharedFormulas {
    const shared: SharedFormulas = {};
    const worksheet = this.session.book.getSheetBySheetId(sheetId);
    if (!worksheet) return shared;
    this.#cellsOf(worksheet).forValue((r, c, cell) => {
      if (cell?.f && cell.si) shared[cell.si] = { f: cell.f, r, c };
    });
    return shared;
  }

  #cellsOf(worksheet: Worksheet): ObjectMatrix<Nullable<ICellData>> {
    const matrix = worksheet.getCellMatrix().getMatrix();
    const rows = [...this.#rowsOf(worksheet)].sort((a, b) => a - b);
    return new ObjectMatrix(Object.fromEntries(rows.map((row) => [row, matrix[row] ?? {}])));
  }

  #rowsOf(worksheet: Worksheet): Set<number> {
    const known = this.#rows.get(worksheet.getSheetId());
    if (known) return known;
    const rows = new Set<number>();
    worksheet.getCellMatrix().forValue((row, _column, cell) => {
      if (hasFormula(cell)) rows.add(row);
    });
    this.#rows.set(worksheet.getSheetId(), rows);
    return rows;
  }

  #written({ subUnitId, cellValue }: ISetRangeValuesMutationParams): void {
    const rows = this.#rows.get(subUnitId);
    if (!rows) return;
    for (const [row, line] of Object.entries(cellValue ?? {})) {
      const cells = Object.values(line as Readonly<Record<string, ICellData | null>>);
      if (cells.some(hasFormula)) rows.add(Number(row));
    }
  }

  #shifted({ subUnitId, range }: RowsMoved, direction: 1 | -1): void {
    const rows = this.#rows.get(subUnitId);
    const count = (range.endRow - range.startRow + 1) * direction;
    for (const row of [...(rows ?? [])]) if (row >= range.startRow) rows?.add(Math.max(row + count, 0));
  }
}

function hasFormula(cell: Nullable<ICellData>): boolean {
  return Boolean(cell?.f) || Boolean(cell?.si);
}
