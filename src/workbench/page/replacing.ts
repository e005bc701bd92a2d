import {
  ICommandService,
  type ICellData,
  type IMutationInfo,
  type IObjectMatrixPrimitiveType,
  type Injector,
  IUndoRedoService,
  type Nullable,
  type Worksheet,
} from '@univerjs/core';
import { type ISetRangeValuesMutationParams, SetRangeValuesMutation } from '@univerjs/sheets';

/** From this many cells on Univer's own way of handling them one by one is felt. */
const MANY_CELLS = 2000;

export type Cells = IObjectMatrixPrimitiveType<ICellData>;

/** Whether so many cells are handled as one block rather than by Univer, which looks at each a dozen times. */
export function areMany(rows: number, columns: number): boolean {
  return rows * columns >= MANY_CELLS;
}

/** A cell as it stands in a block: what it does not have is taken from the cell it replaces. */
export function wholeCell(cell: Nullable<ICellData>): ICellData {
  const { v = null, t = null, f = null, si = null, p = null, s = null, custom = null } = cell ?? {};
  return { v, t, f, si, p, s, custom };
}

/**
 * Puts whole cells in the place of others, as one step of the person's that can be undone. What is to happen besides, e.g. a new
 * selection, comes after the cells and is done again with them.
 */
export function replaceCells(
  injector: Injector,
  worksheet: Worksheet,
  cells: Cells,
  besides: readonly IMutationInfo[] = [],
): void {
  const former = cellsInPlaceOf(worksheet, cells);
  const redoMutations = [...replacement(worksheet, former, cells), ...besides];
  const undoMutations = replacement(worksheet, cells, former);
  const commands = injector.get(ICommandService);
  for (const { id, params } of redoMutations) commands.syncExecuteCommand(id, params);
  injector
    .get(IUndoRedoService)
    .pushUndoRedo({ unitID: worksheet.getUnitId(), undoMutations, redoMutations });
}

function cellsInPlaceOf(worksheet: Worksheet, cells: Cells): Cells {
  const matrix = worksheet.getCellMatrix();
  return mapCells(cells, (_cell, row, column) => wholeCell(matrix.getValue(row, column)));
}

/** Univer adds a style to the one that is there, so cells with both lose theirs first. */
function replacement(worksheet: Worksheet, former: Cells, cells: Cells): IMutationInfo[] {
  const restyled = mapCells(cells, ({ s }, row, column) => {
    const before = former[row]?.[column]?.s;
    return s && before && s !== before ? { s: null } : undefined;
  });
  const blocks = Object.keys(restyled).length > 0 ? [restyled, cells] : [cells];
  const sheet = { unitId: worksheet.getUnitId(), subUnitId: worksheet.getSheetId() };
  return blocks.map((cellValue) => {
    const params: ISetRangeValuesMutationParams = { ...sheet, cellValue };
    return { id: SetRangeValuesMutation.id, params };
  });
}

function mapCells(
  cells: Cells,
  change: (cell: ICellData, row: number, column: number) => ICellData | undefined,
): Cells {
  const changed: Cells = {};
  for (const [rowKey, line] of Object.entries(cells)) {
    const row = Number(rowKey);
    for (const [columnKey, cell] of Object.entries(line as Readonly<Record<string, ICellData>>)) {
      const column = Number(columnKey);
      const next = change(cell, row, column);
      if (next) (changed[row] ??= {})[column] = next;
    }
  }
  return changed;
}
