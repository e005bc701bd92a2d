import {
  ICommandService,
  type Injector,
  type IRange,
  LocaleService,
  type Univer,
  type Worksheet,
} from '@univerjs/core';
import { ScrollToRangeOperation } from '@univerjs/preset-sheets-core';
import {
  SetSheetTableFilterCommand,
  SetSheetTableFilterMutation,
  TableManager,
} from '@univerjs/sheets-table';
import { firstInView, workbookOf } from './in-view';

/** Fewer rows than these under the place scrolled to look like none. */
const ROWS_IN_VIEW = 10;
/** Univer's command for a press on the arrow in a table's header; the package does not give its name. */
const OPEN_FILTER_LIST = 'sheet.operation.open-table-filter-panel';
/** Between two letters of a keyword; a long list takes its time to be drawn again. */
const PAUSE_MS = 150;

/** Lets a filter behave as in Excel where Univer does less. The workbook has to be there. */
export function filterAsExcelDoes(univer: Univer): void {
  const injector = univer.__getInjector();
  let pause: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target !== searchBox(injector)) return;
    clearTimeout(pause);
    pause = setTimeout(() => tickFound(target), PAUSE_MS);
  });
  injector.get(ICommandService).beforeCommandExecuted(({ id, params }) => {
    if (id === SetSheetTableFilterCommand.id) keepFound(searchBox(injector), params as FilterChosen); // of this command id
  });
  injector.get(ICommandService).onCommandExecuted(({ id, params }) => {
    if (id !== SetSheetTableFilterMutation.id) return;
    const { unitId, tableId } = params as { unitId: string; tableId: string }; // of this command id
    const range = injector.get(TableManager).getTableById(unitId, tableId)?.getTableFilterRange();
    // The engine filters after it has told everybody.
    if (range) setTimeout(() => showRowsLeft(injector, range));
  });
}

/** Opens the list that the arrow in a header of the table opens; columns are counted from 0. */
export function openFilterList(univer: Univer, tableId: string, column: number): void {
  const injector = univer.__getInjector();
  const unitId = workbookOf(injector)?.getUnitId() ?? '';
  const table = injector.get(TableManager).getTableById(unitId, tableId);
  if (!table) return;
  const { startRow: row, startColumn } = table.getRange();
  const subUnitId = table.getSubunitId();
  const opened = { unitId, subUnitId, tableId, row, col: startColumn + column };
  void injector.get(ICommandService).executeCommand(OPEN_FILTER_LIST, opened);
}

interface FilterChosen {
  readonly tableFilter?: { readonly filterType: string; values?: string[] };
}

/** Where the list of a filter that is open is searched; it has no name but the words in it. */
function searchBox(injector: Injector): HTMLInputElement | undefined {
  const placeholder = injector.get(LocaleService).t('sheets-table-ui.filter.search-placeholder');
  const inputs = document.querySelectorAll<HTMLInputElement>('input[placeholder]');
  return [...inputs].find((input) => input.placeholder === placeholder);
}

/** What a keyword finds is ticked, so that it can be confirmed at once. Univer takes all ticks away with every letter. */
function tickFound(search: HTMLInputElement): void {
  const all = search.closest('.univer-h-full')?.querySelector<HTMLInputElement>('input[type="checkbox"]');
  if (search.value !== '' && all?.checked === false) all.click();
}

/** Only what is found can be chosen; Univer also chooses what the letters typed before found. */
function keepFound(search: HTMLInputElement | undefined, { tableFilter }: FilterChosen): void {
  const keyword = search?.value.toLowerCase() ?? '';
  if (keyword === '' || !tableFilter?.values) return;
  tableFilter.values = tableFilter.values.filter((value) => value.toLowerCase().includes(keyword));
}

/** Scrolls to the top of the table when what is left of it is above the place scrolled to. */
function showRowsLeft(injector: Injector, { startRow, endRow }: IRange): void {
  const sheet = workbookOf(injector)?.getActiveSheet();
  if (!sheet) return;
  const left = rowsLeft(sheet, startRow, endRow);
  const { row: top, column } = firstInView(injector);
  const [first] = left;
  if (first === undefined || first >= top || left.filter((row) => row >= top).length >= ROWS_IN_VIEW) return;
  const range = { startRow, endRow: startRow, startColumn: column, endColumn: column };
  injector.get(ICommandService).syncExecuteCommand(ScrollToRangeOperation.id, { range });
}

function rowsLeft(sheet: Worksheet, from: number, to: number): number[] {
  const rows = Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
  return rows.filter((row) => !sheet.getRowFiltered(row) && sheet.getRowRawVisible(row));
}
