import type { Univer } from '@univerjs/core';
import { formatArea, parseArea, type Area } from '../engine/area';
import type { Scalar, Workbook } from '../engine/workbook';
import type { Faults } from '../protocol/faults';
import type { BatchFault } from '../transport/parent-frame';
import type { Addin } from './addin';
import { openFilterList } from './filtering';
import { firstInView } from './in-view';
import type { Pane } from './pane';
import type { Ribbon } from './ribbon';

/**
 * What browser tests drive the workbench by: a canvas grid offers nothing to click by name. It does what a user does with sheet,
 * ribbon and pane, in the person's name, so that the add-in gets the events it would get.
 * Sheets and tables are named as in their tabs; addresses are A1 style, without the sheet. Unknown names throw.
 */
export interface WorkbenchDriver {
  /** Office.js in the pane has answered. */
  readonly ready: Promise<void>;
  /** Names of the sheets in the order of their tabs. */
  sheets(): string[];
  activeSheet(): string;
  activate(sheet: string): void;
  /** Stored values of a range, row by row; dates are serial numbers, an empty cell is the empty text. */
  read(sheet: string, address: string): Scalar[][];
  /** Texts of a range as shown, number formats applied. */
  readText(sheet: string, address: string): string[][];
  /** Types values into the cells from the first one of the address on, as a person would: `=…` is a formula. */
  write(sheet: string, address: string, values: readonly (readonly Scalar[])[]): void;
  select(sheet: string, address: string): void;
  /** Address of what is selected in the sheet in front. */
  selection(): string;
  /** Names of the tables of a sheet. */
  tables(sheet: string): string[];
  /** Address of a table with its header, e.g. `A1:O129`. */
  tableRange(table: string): string;
  /** Keeps the rows whose text in the column is one of the given ones. */
  setTableFilter(table: string, column: string, texts: readonly string[]): void;
  clearTableFilter(table: string, column: string): void;
  /** Presses the arrow in the header of a table's column. */
  openFilterList(table: string, column: string): void;
  /** Number of the first row in view, from 1, under those that are frozen. */
  firstRowInView(): number;
  /** Numbers of the rows of a range, from 1, that no filter hides. */
  visibleRows(sheet: string, address: string): number[];
  /** Presses a ribbon button by its control id. Fulfilled when the add-in has completed the command. */
  press(controlId: string): Promise<void>;
  /** Undefined when the ribbon has no such control. */
  isEnabled(controlId: string): boolean | undefined;
  paneVisible(): boolean;
  /** What can go wrong with Excel; everything is off until it is set. */
  readonly faults: Faults;
  /** Lets the next batch of the add-in fail with this error code. */
  failNextBatch(fault: BatchFault): void;
  /** The add-in asks nothing of the sheet and the sheet has nothing left to calculate or tell. */
  idle(): Promise<void>;
}

declare global {
  interface Window {
    workbench: WorkbenchDriver;
  }
}

/** Looks this often, in milliseconds, and calls it idle after being quiet so many times. */
const IDLE_LOOK_MS = 20;
const QUIET_LOOKS = 5;

export interface Driven {
  readonly workbook: Workbook;
  readonly faults: Faults;
  readonly addin: Addin;
  readonly ribbon: Ribbon;
  readonly pane: Pane;
  readonly univer: Univer;
}

export function createDriver({ workbook, faults, addin, ribbon, pane, univer }: Driven): WorkbenchDriver {
  return {
    ready: addin.started,
    ...gridOf(workbook, univer),
    press: async (controlId) => {
      const button = ribbon.button(controlId);
      if (button === undefined) throw new Error(`The ribbon has no button "${controlId}".`);
      if (ribbon.isEnabled(controlId) === false) throw new Error(`The button "${controlId}" is disabled.`);
      await addin.press(button);
    },
    isEnabled: (controlId) => ribbon.isEnabled(controlId),
    paneVisible: () => pane.visible,
    faults,
    failNextBatch: (fault) => addin.failNextBatch(fault),
    idle: async () => {
      await addin.started;
      for (let quiet = 0; quiet < QUIET_LOOKS; quiet = addin.busy ? 0 : quiet + 1) {
        await workbook.settled();
        await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
      }
    },
  };
}

/** The part of the driver that concerns cells, sheets and tables. */
type GridDriver = Omit<
  WorkbenchDriver,
  'ready' | 'press' | 'isEnabled' | 'paneVisible' | 'faults' | 'failNextBatch' | 'idle'
>;

function gridOf(workbook: Workbook, univer: Univer): GridDriver {
  const asUser = (change: () => void) => workbook.as('user', change);
  const sheet = (name: string) => named(workbook.sheets, name, 'sheet');
  const table = (name: string) => named(workbook.tables, name, 'table');
  return {
    sheets: () => workbook.sheets.map(({ name }) => name),
    activeSheet: () => workbook.activeSheet.name,
    activate: (name) => asUser(() => workbook.activate(sheet(name))),
    read: (name, address) => sheet(name).values(area(address)),
    readText: (name, address) => sheet(name).texts(area(address)),
    write: (name, address, values) => {
      const { row, column } = area(address);
      asUser(() => sheet(name).write(row, column, values));
    },
    select: (name, address) => asUser(() => workbook.select(sheet(name), [area(address)])),
    selection: () => workbook.selection.areas.map(formatArea).join(),
    tables: (name) => workbook.tables.filter((each) => each.sheet === sheet(name)).map((each) => each.name),
    tableRange: (name) => formatArea(table(name).area),
    setTableFilter: (name, column, values) =>
      asUser(() =>
        table(name).filter(named(table(name).columns, column, 'column'), { kind: 'values', values }),
      ),
    clearTableFilter: (name, column) =>
      asUser(() => table(name).filter(named(table(name).columns, column, 'column'), undefined)),
    openFilterList: (name, column) => {
      const { id, columns } = table(name);
      openFilterList(univer, id, named(columns, column, 'column').index);
    },
    firstRowInView: () => firstInView(univer.__getInjector()).row + 1,
    visibleRows: (name, address) => {
      const { row, rows } = area(address);
      const all = Array.from({ length: rows }, (_, offset) => row + offset);
      const hidden = (each: number) => sheet(name).isRowHidden(each) || sheet(name).isRowFilteredOut(each);
      return all.filter((each) => !hidden(each)).map((each) => each + 1);
    },
  };
}

function area(address: string): Area {
  const parsed = parseArea(address);
  if (parsed === undefined) throw new Error(`"${address}" is no address.`);
  return parsed;
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string, kind: string): T {
  const found = list.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no ${kind} "${name}".`);
  return found;
}
