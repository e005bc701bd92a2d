import { type Injector, IUniverInstanceService, UniverInstanceType, type Workbook } from '@univerjs/core';
import { IRenderManagerService, SheetScrollManagerService } from '@univerjs/preset-sheets-core';

export function workbookOf(injector: Injector): Workbook | undefined {
  const instances = injector.get(IUniverInstanceService);
  return instances.getCurrentUnitOfType<Workbook>(UniverInstanceType.UNIVER_SHEET) ?? undefined;
}

/** Where the part of the sheet in front begins that can be scrolled, as it is scrolled now; counted from 0. */
export function firstInView(injector: Injector): { readonly row: number; readonly column: number } {
  const book = workbookOf(injector);
  const { xSplit = 0, ySplit = 0 } = book?.getActiveSheet()?.getFreeze() ?? {};
  const scroll = injector
    .get(IRenderManagerService)
    .getRenderById(book?.getUnitId() ?? '')
    ?.with(SheetScrollManagerService)
    .getCurrentScrollState();
  return {
    row: (scroll?.sheetViewStartRow ?? 0) + ySplit,
    column: (scroll?.sheetViewStartColumn ?? 0) + xSplit,
  };
}
