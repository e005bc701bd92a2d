import {
  CommandType,
  type IAccessor,
  ICommandService,
  IUndoRedoService,
  IUniverInstanceService,
  type Univer,
} from '@univerjs/core';
import { FormulaDataModel, LexerTreeBuilder } from '@univerjs/engine-formula';
import {
  getSheetCommandTarget,
  type IReorderRangeCommandParams,
  type ISetRangeValuesMutationParams,
  ReorderRangeCommand,
  ReorderRangeMutation,
  ReorderRangeUndoMutationFactory,
  SetRangeValuesMutation,
} from '@univerjs/sheets';
import type { Cells } from './replacing';

/**
 * Keeps sorting by hand usable. Univer carries validations and conditional formats along row by row, which takes half a minute for
 * some thousand rows, where Excel leaves both in place; it writes all cells of a sheet with formulas a second time; and it measures
 * the height of every row again. Here rows are moved and the formulas among them shifted, as one step that can be undone. The
 * workbook has to be there.
 */
export function keepSortingFast(univer: Univer): void {
  const commands = univer.__getInjector().get(ICommandService);
  commands.unregisterCommand(ReorderRangeCommand.id);
  commands.registerCommand({ id: ReorderRangeCommand.id, type: CommandType.COMMAND, handler: reorderRows });
}

function reorderRows(accessor: IAccessor, params: object | undefined): boolean {
  const reorder = params as IReorderRangeCommandParams; // of this command id
  const { unitId, subUnitId, range, order } = reorder;
  if (!getSheetCommandTarget(accessor.get(IUniverInstanceService), { unitId, subUnitId })) return false;
  const formulas = movedFormulas(accessor, reorder);
  const write = (cellValue: Cells) => ({
    id: SetRangeValuesMutation.id,
    params: { unitId, subUnitId, cellValue } satisfies ISetRangeValuesMutationParams,
  });
  const moved = { unitId, subUnitId, range, order };
  const redoMutations = [{ id: ReorderRangeMutation.id, params: moved }, ...formulas.after.map(write)];
  const undoMutations = [
    { id: ReorderRangeMutation.id, params: ReorderRangeUndoMutationFactory(moved) },
    ...formulas.before.map(write),
  ];
  const commands = accessor.get(ICommandService);
  for (const { id, params: each } of redoMutations) commands.syncExecuteCommand(id, each);
  accessor.get(IUndoRedoService).pushUndoRedo({ unitID: unitId, undoMutations, redoMutations });
  return true;
}

/** The cells with formulas where they are before rows are moved, and after it, then shifted with their rows; none without formulas. */
function movedFormulas(
  accessor: IAccessor,
  { unitId, subUnitId, range, order }: IReorderRangeCommandParams,
): { readonly before: readonly Cells[]; readonly after: readonly Cells[] } {
  const formulas = accessor.get(FormulaDataModel);
  const lexer = accessor.get(LexerTreeBuilder);
  const target = getSheetCommandTarget(accessor.get(IUniverInstanceService), { unitId, subUnitId });
  const [before, after]: [Cells, Cells] = [{}, {}];
  for (const [rowKey, from] of Object.entries(order)) {
    const row = Number(rowKey);
    for (let column = range.startColumn; column <= range.endColumn; column++) {
      const cell = target?.worksheet.getCellRaw(from, column);
      if (!cell?.f && !cell?.si) continue;
      const formula = formulas.getFormulaStringByCell(from, column, subUnitId, unitId);
      (before[from] ??= {})[column] = { f: cell.f ?? null, si: cell.si ?? null };
      const f = formula ? lexer.moveFormulaRefOffset(formula, 0, row - from) : null;
      (after[row] ??= {})[column] = { f, si: null };
    }
  }
  return Object.keys(after).length === 0 ? { before: [], after: [] } : { before: [before], after: [after] };
}
