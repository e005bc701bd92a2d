import {
  type ICommandInfo,
  ICommandService,
  IUniverInstanceService,
  type Univer,
  UniverInstanceType,
  type Workbook,
  type Worksheet,
  WrapStrategy,
} from '@univerjs/core';
import {
  type IReorderRangeMutationParams,
  type ISetRangeValuesMutationParams,
  ReorderRangeMutation,
  SetRangeValuesMutation,
  SetWorksheetRowAutoHeightMutation,
} from '@univerjs/sheets';

/** Pixels, at 11 points. */
const LINE_HEIGHT = 18;
const ROW_PADDING = 6;
const CELL_PADDING = 4;
/** Shorter texts fit on a line of any column that wraps; measuring them all would hold up ten thousand rows. */
const SHORT = 24;

/**
 * Makes rows as high as their wrapped texts, as Excel does whatever writes the cells; Univer does so only for what is typed. Rows
 * with a height of their own keep it.
 */
export function fitRowsToWrappedTexts(univer: Univer): void {
  const injector = univer.__getInjector();
  const commands = injector.get(ICommandService);
  const books = injector.get(IUniverInstanceService);
  commands.onCommandExecuted((command) => {
    const written = writtenCells(command);
    if (!written) return;
    const { unitId, subUnitId, rows } = written;
    const sheet = books
      .getUnit<Workbook>(unitId, UniverInstanceType.UNIVER_SHEET)
      ?.getSheetBySheetId(subUnitId);
    if (!sheet) return;
    const heights = rows.flatMap(({ row, columns }) => fittedHeight(sheet, row, columns));
    if (heights.length === 0) return;
    const params = { unitId, subUnitId, rowsAutoHeightInfo: heights };
    commands.syncExecuteCommand(SetWorksheetRowAutoHeightMutation.id, params, { onlyLocal: true });
  });
}

interface Written {
  readonly unitId: string;
  readonly subUnitId: string;
  readonly rows: readonly { readonly row: number; readonly columns: readonly number[] }[];
}

/** The cells a command wrote, or moved as a sort does; undefined when it did neither. */
function writtenCells({ id, params }: Readonly<ICommandInfo>): Written | undefined {
  if (id === SetRangeValuesMutation.id) {
    const { unitId, subUnitId, cellValue } = params as ISetRangeValuesMutationParams; // of this command id
    const rows = indexesOf(cellValue).map((row) => ({ row, columns: indexesOf(cellValue?.[row]) }));
    return { unitId, subUnitId, rows };
  }
  if (id !== ReorderRangeMutation.id) return undefined;
  const { unitId, subUnitId, range, order } = params as IReorderRangeMutationParams; // of this command id
  const width = range.endColumn - range.startColumn + 1;
  const columns = Array.from({ length: width }, (_, offset) => range.startColumn + offset);
  return { unitId, subUnitId, rows: indexesOf(order).map((row) => ({ row, columns })) };
}

function indexesOf(line: object | null | undefined): number[] {
  return Object.keys(line ?? {}).map(Number);
}

/** The new height of a row after these of its columns were written; none where it stays. */
function fittedHeight(
  sheet: Worksheet,
  row: number,
  columns: readonly number[],
): { row: number; autoHeight: number }[] {
  const fitted = sheet.getRowManager().getRow(row)?.ah;
  const texts = columns.flatMap((column) => {
    const value = sheet.getCellRaw(row, column)?.v;
    const text = typeof value === 'string' ? value : '';
    if (text.length <= SHORT && fitted === undefined) return [];
    // As it is stored: what conditional formats add does not wrap, and asking for it takes long.
    const style = sheet.getComposedCellStyleByCellData(row, column, sheet.getCellRaw(row, column));
    const wraps = style.tb === WrapStrategy.WRAP;
    return wraps ? [{ text, width: sheet.getColumnWidth(column) - CELL_PADDING }] : [];
  });
  if (texts.length === 0) return [];
  const lines = Math.max(...texts.map(({ text, width }) => linesOf(text, width)));
  const standard = sheet.getConfig().defaultRowHeight;
  const height = lines > 1 ? lines * LINE_HEIGHT + ROW_PADDING : standard;
  return height === (fitted ?? standard) ? [] : [{ row, autoHeight: height }];
}

let context: CanvasRenderingContext2D | null = null;

function widthOf(text: string): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (context === null) return 0;
  context.font = '11pt Arial';
  return context.measureText(text).width;
}

/** How many lines a text takes when words that do not fit go on the next one. */
function linesOf(text: string, width: number): number {
  let lines = 0;
  for (const paragraph of text.split('\n')) {
    lines++;
    let used = 0;
    for (const word of paragraph.split(' ')) {
      const needed = widthOf(`${word} `);
      if (used > 0 && used + needed > width) {
        lines++;
        used = 0;
      }
      used += needed;
    }
  }
  return lines;
}
