import type { MarkedRow, PendingRun, SelectedRow, Sheet } from '../../../src/addin/sync/sheet';
import { SheetError } from '../../../src/addin/sync/sheet';
import type { Outcome } from '../../../src/contract/runs';
import { orderKey, type OrderKey } from '../../../src/domain/order';

/** What stands in the workbook of a test, what becomes of the next writes, and what was written. */
export interface FakeSheet {
  /** The company the workbook is for, and the one its rows are of. */
  workbookFor: string | null;
  ofRows: string;
  /** Marked rows beside the three there are always: 1 to release, 2 hidden, 3 to restore. */
  markedToo: MarkedRow[];
  selectedToo: SelectedRow[];
  pending: PendingRun | null;
  /** How many of the next writes find a cell being edited. */
  previewsLost: number;
  resultsLost: number;

  /** Orders, by what was written into their rows. */
  written: string[];
  writtenOrders: Outcome['order'][];
  foretold: string[];
  /** `choice order` of each change of somebody else that was settled. */
  chosen: string[];
  unmarked: OrderKey[];
  /** How many orders each writing of materials and operations was about. */
  contents: number[];
  rebuilt: number;
  columnsAdded: number;
}

export const freshSheet = (): FakeSheet => ({
  ...{ workbookFor: null, ofRows: '1', markedToo: [], selectedToo: [], pending: null },
  ...{ previewsLost: 0, resultsLost: 0 },
  ...{ written: [], writtenOrders: [], foretold: [], chosen: [], unmarked: [], contents: [] },
  ...{ rebuilt: 0, columnsAdded: 0 },
});

export function aMark(number: number, changes: Partial<MarkedRow> = {}): MarkedRow {
  return {
    row: number + 1,
    key: orderKey({ year: 2026, number, lot: 0 }),
    company: '1',
    version: 1,
    action: 'release',
    priority: null,
    start: null,
    ...{ item: 'A', quantity: '1', unit: 'pcs' },
    state: 'launched',
    wanted: {},
    hidden: false,
    ...changes,
  };
}

/** The port of the pane to a workbook of which only this is known. */
export function sheetPort(sheet: FakeSheet): Sheet {
  const mark: typeof aMark = (number, changes) => aMark(number, { company: sheet.ofRows, ...changes });
  return {
    readCompany: async () => sheet.workbookFor,
    changeCompany: async (code) => {
      sheet.workbookFor = sheet.ofRows = code;
    },
    readLoaded: async () => null,
    restoreFilters: async () => [],
    showsMaterials: async () => true,
    writeOrders: async (_orders, loaded) => ({ kept: 0, filtersLost: [], columnsLeftOut: [], loaded }),
    rebuild: async () => void (sheet.rebuilt += 1),
    addColumns: async () => void (sheet.columnsAdded += 1),
    readMarks: async () => ({
      marked: [
        mark(1, { version: 3 }),
        ...sheet.markedToo,
        mark(2, { version: 5, state: 'executive', hidden: true }),
        mark(3, { version: 7, action: 'restore', state: 'executive' }),
      ],
      newOrders: [],
      problems: [],
    }),
    mark: async () => 1,
    markOrders: async (orders) => {
      sheet.markedToo.push(...orders.map((order) => mark(Number(order.key.split('/')[1]))));
      return [];
    },
    unmarkOrders: async (keys) => {
      sheet.unmarked.push(...keys);
      return [];
    },
    readSelected: async () => sheet.selectedToo,
    selectRows: async () => 1,
    selectRow: async () => {},
    writeResults: async (outcomes) => {
      if (sheet.resultsLost-- > 0) throw new SheetError('cellEdit');
      sheet.writtenOrders.push(...outcomes.map(({ order }) => order));
      sheet.written.push(...outcomes.map((outcome) => outcome.key));
      return { kept: 0, filtersLost: [] };
    },
    claimNewOrders: async () => [],
    writeCreated: async () => ({ kept: 0, filtersLost: [] }),
    writePreview: async (outcomes) => {
      if (sheet.previewsLost-- > 0) throw new SheetError('cellEdit');
      sheet.foretold = outcomes.map((outcome) => outcome.key);
      return { kept: 0, filtersLost: [] };
    },
    settleChanged: async (outcomes, choice) => {
      sheet.chosen.push(...outcomes.map((outcome) => `${choice} ${outcome.key}`));
      return { kept: 0, filtersLost: [] };
    },
    writeMovements: async (movements, _company, _language, writing) =>
      writing?.progress?.(0, movements.length),
    showMovements: async () => {},
    writeFoundMovements: async () => ({ kept: 0, filtersLost: [], columnsLeftOut: [] }),
    filterMovements: async () => {},
    hasChanges: async () => false,
    writeChanges: async () => {},
    showChanges: async () => {},
    writeContent: async (of) => void sheet.contents.push(of.length),
    writeApplied: async () => {},
    writeRequests: async () => {},
    readContent: async () => ({ rows: [], system: 1900 }),
    writeShortages: async () => true,
    readLots: async () => ({ rows: [], firstRow: 0 }),
    writeLots: async () => {},
    updateLots: async () => {},
    writeWithdrawals: async () => {},
    openWorkbook: async () => {},
    readPendingRun: async () => sheet.pending,
    savePendingRun: async (next) => void (sheet.pending = next),
    watch: async () => async () => {},
  };
}
