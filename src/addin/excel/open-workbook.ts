/**
 * Opens an xlsx file, as base64, as a new workbook that nobody has saved yet: the way to hand a file over that works in every Excel. The
 * first sync waits while a cell is being edited; opening by itself would be refused.
 */
export async function openWorkbook(context: Excel.RequestContext, file: string): Promise<void> {
  context.workbook.load('name');
  await context.sync();
  await Excel.createWorkbook(file);
}
