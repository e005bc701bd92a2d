import {
  ICommandService,
  type IExecutionOptions,
  type IRange,
  IUndoRedoService,
  IUniverInstanceService,
  type Injector,
  type Univer,
  type Workbook as UniverBook,
  type Worksheet,
} from '@univerjs/core';
import { type Area, between } from './area';
import type { Author } from './workbook';

/** The engine activates a sheet that is added or shown, except when the change comes from elsewhere. */
export const WITHOUT_ACTIVATION: IExecutionOptions = { fromCollab: true };

/** The one workbook of a Univer instance, and the way everything here changes it. */
export class UniverSession {
  readonly injector: Injector;
  readonly commands: ICommandService;
  /** Who the changes being made belong to; what the person does at the screen comes from outside and is the default. */
  author: Author = 'user';
  /** What changes through the port are made as. */
  portAuthor: Author = 'add-in';
  /** While a table is put back whole, its going and coming is nobody's business. */
  isQuiet = false;
  #nextId = 1;

  constructor(
    readonly univer: Univer,
    readonly book: UniverBook,
  ) {
    this.injector = univer.__getInjector();
    this.commands = this.injector.get(ICommandService);
    this.injector.get(IUniverInstanceService).focusUnit(book.getUnitId());
  }

  get unitId(): string {
    return this.book.getUnitId();
  }

  /** Ids are counted, so that the same steps give the same ids every time. */
  newId(kind: string): string {
    return `${kind}-${String(this.#nextId++)}`;
  }

  worksheet(id: string): Worksheet {
    const worksheet = this.book.getSheetBySheetId(id);
    if (!worksheet) throw new Error(`The sheet ${id} is gone.`);
    return worksheet;
  }

  /**
   * Executes a mutation or synchronous command on the workbook. What the port does cannot be undone by the person, and what
   * the person did before cannot either: an undo over a change it does not know would restore cells that have moved on.
   */
  execute(command: string, params: Readonly<Record<string, unknown>>, options?: IExecutionOptions): void {
    const former = this.author;
    this.author = this.portAuthor;
    try {
      const done = this.commands.syncExecuteCommand(command, { unitId: this.unitId, ...params }, options);
      if (done === false) throw new Error(`${command} was refused.`);
    } finally {
      this.author = former;
    }
    this.injector.get(IUndoRedoService).clearUndoRedo(this.unitId);
  }

  /**
   * Executes a command that moves cells of a sheet. Tables, rules and filters of the engine follow such a command on the
   * active sheet only, so the sheet is active for that moment; nobody is told.
   */
  executeOn(sheetId: string, command: string, params: Readonly<Record<string, unknown>>): void {
    const former = this.book.getActiveSheet(true);
    const isElsewhere = former?.getSheetId() !== sheetId;
    if (isElsewhere) this.book.setActiveSheet(this.worksheet(sheetId));
    try {
      this.execute(command, { subUnitId: sheetId, ...params });
    } finally {
      if (isElsewhere && former) this.book.setActiveSheet(former);
    }
  }

  quietly(change: () => void): void {
    const former = this.isQuiet;
    this.isQuiet = true;
    try {
      change();
    } finally {
      this.isQuiet = former;
    }
  }
}

export function rangeOf(area: Area): IRange {
  return {
    startRow: area.row,
    startColumn: area.column,
    endRow: area.row + area.rows - 1,
    endColumn: area.column + area.columns - 1,
  };
}

export function areaOf(range: IRange): Area {
  return between(range.startRow, range.startColumn, range.endRow, range.endColumn);
}
