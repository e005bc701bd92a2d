import {
  ICommandService,
  IUniverInstanceService,
  type Univer,
  UniverInstanceType,
  type Workbook,
} from '@univerjs/core';
import { PasteCommand, SheetPasteShortKeyCommand } from '@univerjs/preset-sheets-core';

const PASTING: readonly string[] = [PasteCommand.id, SheetPasteShortKeyCommand.id];

/**
 * Keeps pasting by hand usable. Univer measures the height of every pasted row it knows nothing about, which is most of the time a
 * paste of thousands of cells takes; rows it knows keep their height, as rows do in Excel unless what is pasted wraps.
 */
export function keepPastingFast(univer: Univer): void {
  const injector = univer.__getInjector();
  injector.get(ICommandService).beforeCommandExecuted(({ id }) => {
    if (!PASTING.includes(id)) return;
    const workbook = injector
      .get(IUniverInstanceService)
      .getCurrentUnitOfType<Workbook>(UniverInstanceType.UNIVER_SHEET);
    const sheet = workbook?.getActiveSheet();
    if (!sheet) return;
    const rows = sheet.getRowManager().getRowData();
    for (let row = 0; row < sheet.getRowCount(); row++) rows[row] ??= {};
  });
}
