import type { RefreshPreview } from '../../contract/refresh';
import type { Language } from '../../language/text';
import { mostChangeRows } from '../sync/most-rows';
import { SheetError } from '../sync/sheet';
import { changeColumns, type ChangeField, changeRows, type PlantWords } from '../sync/change-columns';
import type { TablePlan } from './make-table';
import { openTable } from './open-table';
import { rewriteTable, type TableWriting } from './rewrite-table';
import { changesLink } from './workbook-setting';

export const changesTable: TablePlan<ChangeField> = {
  link: changesLink,
  sheetName: 'sheet.changes',
  tableName: 'RefreshPreview',
  columns: changeColumns,
  needed: ['order'],
  frozenColumns: 1,
};

/** Whether the workbook has the sheet of a preview. */
export async function hasChanges(context: Excel.RequestContext): Promise<boolean> {
  return (await openTable(context, changesTable.link, [])) !== null;
}

/**
 * Writes what a refresh would change into its own sheet, in place of the preview before, as {@link rewriteTable} does. Where it is too much
 * for a sheet, that is empty: the preview before is no longer what would happen.
 */
export async function writeChanges(
  context: Excel.RequestContext,
  preview: RefreshPreview,
  language: Language,
  words: PlantWords,
  writing: TableWriting = {},
): Promise<void> {
  const rows = changeRows(preview, words);
  const fits = rows.length <= mostChangeRows;
  await rewriteTable(context, changesTable, 'order', () => (fits ? rows : []), language, writing);
  if (!fits) throw new SheetError('tooManyRows', String(mostChangeRows));
}

/** Brings the sheet of the preview to the front, if there is one. */
export async function showChanges(context: Excel.RequestContext): Promise<void> {
  const open = await openTable(context, changesTable.link, []);
  open?.sheet.activate();
  await context.sync();
}
