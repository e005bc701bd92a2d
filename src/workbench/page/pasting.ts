import {
  ICommandService,
  type ICellData,
  type IRange,
  IUniverInstanceService,
  type Injector,
  type Univer,
  UniverInstanceType,
  type Workbook,
  type Worksheet,
} from '@univerjs/core';
import { FormulaDataModel, LexerTreeBuilder } from '@univerjs/engine-formula';
import {
  ISheetClipboardService,
  PasteCommand,
  SheetPasteShortKeyCommand,
} from '@univerjs/preset-sheets-core';
import {
  SetSelectionsOperation,
  SetWorksheetColumnCountMutation,
  SetWorksheetRowCountMutation,
  SheetsSelectionsService,
} from '@univerjs/sheets';
import { areMany, type Cells, replaceCells, wholeCell } from './replacing';

const PASTING: readonly string[] = [PasteCommand.id, SheetPasteShortKeyCommand.id];
const HTML = 'text/html';

type Copied = NonNullable<ReturnType<ReturnType<ISheetClipboardService['copyContentCache']>['get']>>;

/**
 * Keeps pasting by hand usable: thousands of cells of this workbook are put in place as one block. Univer writes each cell four
 * times and looks for a date in each text. The workbook has to be there.
 */
export function keepPastingFast(univer: Univer): void {
  const injector = univer.__getInjector();
  const clipboard = injector.get(ISheetClipboardService);
  const pasteEach = clipboard.legacyPaste.bind(clipboard);
  const pasteItem = clipboard.paste.bind(clipboard);
  clipboard.legacyPaste = async (html, text, files) =>
    pasteMany(injector, html) || pasteEach(html, text, files);
  clipboard.paste = async (item, pasteType) => {
    const isPlain = pasteType === undefined || pasteType === 'default-paste';
    const html = isPlain && item.types.includes(HTML) ? await (await item.getType(HTML)).text() : '';
    return pasteMany(injector, html) || pasteItem(item, pasteType);
  };
  leaveRowHeights(injector);
}

/**
 * Univer measures the height of every pasted row it knows nothing about, which is most of the time a paste of thousands of cells
 * takes; rows it knows keep their height, as rows do in Excel unless what is pasted wraps.
 */
function leaveRowHeights(injector: Injector): void {
  injector.get(ICommandService).beforeCommandExecuted(({ id }) => {
    const sheet = PASTING.includes(id) ? activeSheet(injector) : undefined;
    if (!sheet) return;
    const rows = sheet.getRowManager().getRowData();
    for (let row = 0; row < sheet.getRowCount(); row++) rows[row] ??= {};
  });
}

/** False when Univer's way is the right one: few cells, cells from elsewhere, moved, merged, or under a filter. */
function pasteMany(injector: Injector, html: string | undefined): boolean {
  const sheet = activeSheet(injector);
  const selection = injector.get(SheetsSelectionsService).getCurrentLastSelection();
  const id = /data-copy-id="([^\s"]+)"/.exec(html ?? '')?.[1];
  const copied =
    id === undefined ? undefined : injector.get(ISheetClipboardService).copyContentCache().get(id);
  if (!sheet || !selection || !copied?.matrix || (copied.copyType as string) === 'CUT') return false;
  const range = targetOf(selection.range, copied);
  const [rows, columns] = [range.endRow - range.startRow + 1, range.endColumn - range.startColumn + 1];
  if (!areMany(rows, columns) || sheet.getMergeData().length > 0 || hasFilteredRows(sheet, range))
    return false;
  const cells = pastedCells(injector, copied, range);
  makeRoom(injector, sheet, range);
  const sheetIds = { unitId: sheet.getUnitId(), subUnitId: sheet.getSheetId() };
  const primary = { ...selection.primary, actualRow: range.startRow, actualColumn: range.startColumn };
  const selections = [{ range, primary, style: null }];
  replaceCells(injector, sheet, cells, [
    { id: SetSelectionsOperation.id, params: { ...sheetIds, selections } },
  ]);
  return true;
}

/** What is copied is repeated where it fits the selection without a rest, otherwise it goes to the first selected cell once. */
function targetOf(selected: IRange, { range: { rows, cols } }: Copied): IRange {
  const [height, width] = [
    selected.endRow - selected.startRow + 1,
    selected.endColumn - selected.startColumn + 1,
  ];
  const isRepeated = height % rows.length === 0 && width % cols.length === 0;
  return {
    startRow: selected.startRow,
    startColumn: selected.startColumn,
    endRow: selected.startRow + (isRepeated ? height : rows.length) - 1,
    endColumn: selected.startColumn + (isRepeated ? width : cols.length) - 1,
  };
}

function hasFilteredRows(sheet: Worksheet, { startRow, endRow }: IRange): boolean {
  for (let row = startRow; row <= endRow; row++) if (sheet.getRowFiltered(row)) return true;
  return false;
}

function pastedCells(
  injector: Injector,
  { matrix, range, unitId, subUnitId }: Copied,
  target: IRange,
): Cells {
  const formulas = injector.get(FormulaDataModel);
  const lexer = injector.get(LexerTreeBuilder);
  const cells: Cells = {};
  for (let row = target.startRow; row <= target.endRow; row++) {
    const line: Record<number, ICellData> = {};
    const down = (row - target.startRow) % range.rows.length;
    for (let column = target.startColumn; column <= target.endColumn; column++) {
      const right = (column - target.startColumn) % range.cols.length;
      const [fromRow, fromColumn] = [range.rows[down] ?? 0, range.cols[right] ?? 0];
      const cell = wholeCell(matrix?.getValue(down, right));
      const formula =
        cell.f ?? (cell.si ? formulas.getFormulaStringByCell(fromRow, fromColumn, subUnitId, unitId) : null);
      const f = formula ? lexer.moveFormulaRefOffset(formula, column - fromColumn, row - fromRow) : null;
      line[column] = { ...cell, f, si: null };
    }
    cells[row] = line;
  }
  return cells;
}

/** The grid grows to take the cells; it stays that large when they are taken back, which nobody sees. */
function makeRoom(injector: Injector, sheet: Worksheet, { endRow, endColumn }: IRange): void {
  const commands = injector.get(ICommandService);
  const ids = { unitId: sheet.getUnitId(), subUnitId: sheet.getSheetId() };
  if (endRow >= sheet.getRowCount()) {
    commands.syncExecuteCommand(SetWorksheetRowCountMutation.id, { ...ids, rowCount: endRow + 1 });
  }
  if (endColumn >= sheet.getColumnCount()) {
    commands.syncExecuteCommand(SetWorksheetColumnCountMutation.id, { ...ids, columnCount: endColumn + 1 });
  }
}

function activeSheet(injector: Injector): Worksheet | undefined {
  return injector
    .get(IUniverInstanceService)
    .getCurrentUnitOfType<Workbook>(UniverInstanceType.UNIVER_SHEET)
    ?.getActiveSheet();
}
