import { createHeadlessExcel, type HeadlessExcel } from '../../../src/workbench/transport/headless';
import { excelSheet } from '../../../src/addin/excel/excel-sheet';
import { excelRunner } from '../../../src/addin/excel/run-excel';
import { formatsFor } from '../../../src/language/formats';
import type { LoadedSearch, Sheet } from '../../../src/addin/sync/sheet';
import type { Movement } from '../../../src/contract/movements';
import type { OrderRow } from '../../../src/contract/orders';
import type { Outcome } from '../../../src/contract/runs';
import { calendarDate, instant } from '../../../src/domain/calendar';
import { orderKey } from '../../../src/domain/order';

export interface TestWorkbook {
  readonly excel: HeadlessExcel;
  readonly sheet: Sheet;
  /** Whether Excel was said to wait for a cell edit, in order. */
  readonly waits: readonly boolean[];
}

/** A fresh workbook in a headless Excel for every test of the surrounding `describe`. */
export function useWorkbook(): TestWorkbook {
  const workbook = {} as OpenWorkbook;
  beforeEach(() => Object.assign(workbook, openWorkbook()));
  afterEach(() => {
    workbook.close();
  });
  return workbook;
}

export interface OpenWorkbook extends TestWorkbook {
  readonly close: () => void;
}

/** A fresh workbook in a headless Excel, which is the one Excel there is until it is closed. */
export function openWorkbook(): OpenWorkbook {
  const waits: boolean[] = [];
  const excel = createHeadlessExcel();
  const removeGlobals = excel.installGlobals();
  const onWaiting = (waiting: boolean) => void waits.push(waiting);
  const formats = (language: 'en' | 'it', zone?: string) => formatsFor(language, language, zone);
  return {
    excel,
    waits,
    sheet: excelSheet(formats, onWaiting, excelRunner(onWaiting, 1)),
    close() {
      removeGlobals();
      excel.dispose();
    },
  };
}

export function anOrder(number: number, changes: Partial<OrderRow> = {}): OrderRow {
  return {
    key: orderKey({ year: 2026, number, lot: 0 }),
    version: 3,
    state: 'launched',
    item: `SP-${number}`,
    variant: '',
    description: 'Frame',
    quantity: '12.5',
    quantityProduced: '0',
    unit: 'pcs',
    start: calendarDate('2026-11-21'),
    end: calendarDate('2026-11-25'),
    due: calendarDate('2026-11-30'),
    workCentre: '100',
    customer: 'Rossi',
    site: '1',
    jobOrder: '',
    jobOrderType: '',
    salesOrder: '',
    project: '',
    bomLevel: 1,
    mandatory: false,
    printedOn: null,
    holdReason: null,
    heldAt: null,
    heldBy: null,
    releasedAt: null,
    releasedBy: null,
    runNumber: null,
    ...changes,
  };
}

export function anOutcome(number: number, changes: Partial<Outcome> = {}): Outcome {
  const released = anOrder(number, { state: 'executive', version: 4 });
  return {
    key: released.key,
    result: 'released',
    refusals: [],
    warnings: [],
    movements: 2,
    order: released,
    ...changes,
  };
}

export function aMovement(line: number, status: Movement['status'] = 'posted'): Movement {
  return {
    id: `2026/1/0 1 ${line} 1`,
    order: orderKey({ year: 2026, number: 1, lot: 0 }),
    line,
    part: 1,
    item: 'A',
    variant: '',
    description: 'Tube',
    warehouse: 'MAG1',
    reason: 'SCP',
    record: 1,
    quantity: '5',
    direction: 'unload',
    unit: 'pcs',
    lot: '',
    postedOn: calendarDate('2026-11-20'),
    postedAt: instant(new Date('2026-11-20T10:00:00Z')),
    postedBy: 'anna',
    runNumber: 17,
    status,
    restoredAt: null,
    restoredBy: null,
  };
}

/** The company of every test that is not about companies. */
export const company = 'IT';

export function aSearch(found: number, of = company): LoadedSearch {
  const today = calendarDate('2026-11-28');
  return { company: of, view: 'release', query: { state: ['launched'] }, today, found, at: 0 };
}

/** The orders table as a person sees it: one object per row, by the headers shown. */
export function rowsOf(what: 'values' | 'formulas' | 'text' = 'values', table = 'Orders') {
  return Excel.run(async (context) => {
    const found = context.workbook.tables.getItem(table);
    const header = found.getHeaderRowRange();
    const body = found.getDataBodyRange();
    header.load('values');
    body.load(what);
    await context.sync();
    const headers = (header.values[0] ?? []).map(String);
    return body[what].map((cells: unknown[]) =>
      Object.fromEntries(headers.map((name, at) => [name, cells[at]])),
    );
  });
}

/** Writes into one column of the orders table, from its first row down. */
export function typeInto(header: string, ...values: unknown[]): Promise<void> {
  return Excel.run(async (context) => {
    const column = context.workbook.tables.getItem('Orders').columns.getItem(header).getDataBodyRange();
    values.forEach((value, row) => {
      column.getCell(row, 0).values = [[value]];
    });
    await context.sync();
  });
}

/** Leaves only the row of this order in view. */
export function filterOrders(order: string): Promise<void> {
  return Excel.run(async (context) => {
    const column = context.workbook.tables.getItem('Orders').columns.getItem('Order');
    column.filter.applyValuesFilter([order]);
    await context.sync();
  });
}

/** What the Order column shows, top to bottom. */
export function visibleOrders(): Promise<unknown[]> {
  return Excel.run(async (context) => {
    const column = context.workbook.tables.getItem('Orders').columns.getItem('Order');
    const view = column.getDataBodyRange().getVisibleView();
    view.load('values');
    await context.sync();
    return view.values.map(([value]: unknown[]) => value);
  });
}

/** Does something to the workbook as the planner, right after the sync after which `when` first holds; up to `times` times. */
export function whileWriting<T>(
  { excel }: TestWorkbook,
  job: (context: Excel.RequestContext) => Promise<T>,
  when: () => boolean,
  planner: () => void,
  times = 1,
): Promise<T> {
  let left = times;
  return Excel.run((context) => {
    const sync = context.sync.bind(context);
    context.sync = async <U>(passThrough?: U) => {
      const passed = await sync(passThrough);
      if (left > 0 && when()) {
        left--;
        excel.workbook.as('user', planner);
      }
      // office.js passes the argument through as it is.
      return passed as U;
    };
    return job(context);
  });
}
