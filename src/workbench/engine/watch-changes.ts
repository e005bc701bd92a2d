import type { ICommandInfo, IExecutionOptions, IRange } from '@univerjs/core';
import {
  type IInsertSheetMutationParams,
  type IRemoveSheetMutationParams,
  type ISetRangeValuesMutationParams,
  type ISetSelectionsOperationParams,
  InsertColByRangeCommand,
  InsertColMutation,
  InsertRowByRangeCommand,
  InsertRowMutation,
  InsertSheetMutation,
  RemoveColByRangeCommand,
  RemoveColMutation,
  RemoveRowByRangeCommand,
  RemoveRowMutation,
  RemoveSheetMutation,
  SelectionMoveType,
  SetRangeValuesMutation,
  SetSelectionsOperation,
  SetWorksheetActiveOperation,
} from '@univerjs/sheets';
import { type Area, SHEET_COLUMNS, SHEET_ROWS, between } from './area';
import { type UniverSession, areaOf } from './univer-session';
import type { UniverSheet } from './univer-sheet';
import type { CellsChanged, Scalar, WorkbookEvent } from './workbook';

/** What the watcher needs of the workbook it watches. */
export interface Watched {
  readonly session: UniverSession;
  sheet(id: string): UniverSheet;
  /** The written area is known to the workbook before anybody hears of it, so that tables grow first. */
  onWritten(sheet: UniverSheet, area: Area): void;
  /** The engine remembers filtered-out rows by number; they are found again when rows have moved. */
  onRowsMoved(sheet: UniverSheet): void;
  forget(sheetId: string): void;
  raise(event: WorkbookEvent): void;
}

const STRUCTURE: Readonly<Record<string, CellsChanged['change']>> = {
  [InsertRowMutation.id]: 'rowsInserted',
  [RemoveRowMutation.id]: 'rowsDeleted',
  [InsertColMutation.id]: 'columnsInserted',
  [RemoveColMutation.id]: 'columnsDeleted',
};

/** While one of these runs, the engine also rewrites formulas that refer to moved cells: that is no edit of its own. */
const MOVING = new Set([
  InsertRowByRangeCommand.id,
  RemoveRowByRangeCommand.id,
  InsertColByRangeCommand.id,
  RemoveColByRangeCommand.id,
]);

/** Turns what happens in the engine - by the person at the screen or through the port - into events of the workbook. */
export function watchChanges(watched: Watched): { dispose(): void } {
  const { commands } = watched.session;
  const watcher = new Watcher(watched);
  const before = commands.beforeCommandExecuted((command) => {
    watcher.before(command);
  });
  const after = commands.onCommandExecuted((command, options) => {
    watcher.after(command, options);
  });
  return {
    dispose: () => {
      before.dispose();
      after.dispose();
    },
  };
}

class Watcher {
  #former: { area: Area; value: Scalar } | undefined;
  #activeId: string | undefined;
  #moving = false;

  constructor(private readonly watched: Watched) {
    this.#activeId = watched.session.book.getActiveSheet(true)?.getSheetId();
  }

  before(command: Readonly<ICommandInfo>): void {
    // Commands of the person are never nested in another command, so a new one ends a move that failed half-way.
    if (command.id.startsWith('sheet.command.')) this.#moving = MOVING.has(command.id);
    if (command.id !== SetRangeValuesMutation.id) return;
    const params = command.params as ISetRangeValuesMutationParams; // of this command id
    const area = contentArea(params);
    const isCell = area?.rows === 1 && area.columns === 1;
    const sheet = isCell ? this.watched.sheet(params.subUnitId) : undefined;
    const value = area && sheet?.values(area)[0]?.[0];
    this.#former = area && value !== undefined ? { area, value } : undefined;
  }

  after(command: Readonly<ICommandInfo>, options: IExecutionOptions | undefined): void {
    const structure = STRUCTURE[command.id];
    if (MOVING.has(command.id)) this.#settleMove(command);
    if (structure) this.#moved(command, structure);
    else if (command.id === SetRangeValuesMutation.id) this.#written(command, options);
    else if (command.id === SetSelectionsOperation.id) this.#selected(command);
    else if (command.id === SetWorksheetActiveOperation.id) this.#activated(command);
    else if (command.id === InsertSheetMutation.id) {
      const { sheet } = command.params as IInsertSheetMutationParams; // of this command id
      this.#raiseSheet('sheetAdded', this.watched.sheet(sheet.id));
    } else if (command.id === RemoveSheetMutation.id) {
      const { subUnitId } = command.params as IRemoveSheetMutationParams; // of this command id
      this.#raiseSheet('sheetDeleted', this.watched.sheet(subUnitId));
      this.watched.forget(subUnitId);
    }
  }

  #written(command: Readonly<ICommandInfo>, options: IExecutionOptions | undefined): void {
    if (options?.fromFormula === true || this.#moving) return;
    const params = command.params as ISetRangeValuesMutationParams; // of this command id
    const area = contentArea(params);
    if (!area) return;
    const { author } = this.watched.session;
    const former = this.#former;
    const sheet = this.watched.sheet(params.subUnitId);
    this.watched.onWritten(sheet, area);
    const value = former && sheet.values(area)[0]?.[0];
    const details = former && value !== undefined ? { before: former.value, after: value } : {};
    this.watched.raise({ kind: 'cellsChanged', sheet, area, change: 'edited', author, ...details });
  }

  #moved(command: Readonly<ICommandInfo>, change: CellsChanged['change']): void {
    const { subUnitId, range } = command.params as { subUnitId: string; range: IRange }; // of these command ids
    const { author } = this.watched.session;
    const sheet = this.watched.sheet(subUnitId);
    const area = areaOf(range);
    const isRows = change === 'rowsInserted' || change === 'rowsDeleted';
    const whole = isRows
      ? { ...area, column: 0, columns: SHEET_COLUMNS }
      : { ...area, row: 0, rows: SHEET_ROWS };
    this.watched.raise({ kind: 'cellsChanged', sheet, area: whole, change, author });
  }

  #settleMove(command: Readonly<ICommandInfo>): void {
    this.#moving = false;
    const { subUnitId } = command.params as { subUnitId: string }; // of these command ids
    this.watched.onRowsMoved(this.watched.sheet(subUnitId));
  }

  #selected(command: Readonly<ICommandInfo>): void {
    const { subUnitId, selections, type } = command.params as ISetSelectionsOperationParams; // of this command id
    const isUnderway = type === SelectionMoveType.MOVE_START || type === SelectionMoveType.MOVING;
    if (isUnderway || selections.length === 0) return;
    const areas = selections.map((selection) => areaOf(selection.range));
    this.watched.raise({ kind: 'selectionChanged', sheet: this.watched.sheet(subUnitId), areas });
  }

  #activated(command: Readonly<ICommandInfo>): void {
    const { subUnitId } = command.params as { subUnitId: string }; // of this command id
    const previous = this.#activeId;
    if (previous === subUnitId) return;
    this.#activeId = subUnitId;
    const exists = previous !== undefined && this.watched.session.book.getSheetBySheetId(previous);
    const former = exists ? this.watched.sheet(previous) : undefined;
    this.watched.raise({ kind: 'sheetActivated', sheet: this.watched.sheet(subUnitId), previous: former });
  }

  #raiseSheet(kind: 'sheetAdded' | 'sheetDeleted', sheet: UniverSheet): void {
    this.watched.raise({ kind, sheet, author: this.watched.session.author });
  }
}

/** The area in which a mutation writes content; nothing when it only formats. */
function contentArea(params: ISetRangeValuesMutationParams): Area | undefined {
  let [top, left, bottom, right] = [Infinity, Infinity, -1, -1];
  for (const [rowKey, line] of Object.entries(params.cellValue ?? {})) {
    for (const [columnKey, cell] of Object.entries(line as Readonly<Record<string, object | null>>)) {
      if (cell && !('v' in cell) && !('f' in cell) && !('p' in cell)) continue;
      const [row, column] = [Number(rowKey), Number(columnKey)];
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
      left = Math.min(left, column);
      right = Math.max(right, column);
    }
  }
  return bottom < 0 ? undefined : between(top, left, bottom, right);
}
