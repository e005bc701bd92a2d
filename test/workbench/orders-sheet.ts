import type { HeadlessExcel } from '../../src/workbench/transport/headless';

export const ORDERS = [
  ['Order', 'Item', 'Qty', 'Due', 'Action'],
  ['2026/1/1', 'Frame', 10, 46000, ''],
  ['2026/2/1', 'Wheel', 20, 46001, 'REL'],
  ['2026/3/1', 'Frame', 30, 46002, ''],
  ['2026/4/1', 'Saddle', 40, 46003, 'REL'],
];

/** A table `Orders` on the sheet of the same name, written by the add-in itself. */
export async function writeOrders(excel: HeadlessExcel, rows: readonly unknown[][] = ORDERS): Promise<void> {
  await excel.Excel.run(async (context) => {
    const sheet = context.workbook.worksheets.add('Orders');
    const range = sheet.getRange('A1').getResizedRange(rows.length - 1, (rows[0]?.length ?? 1) - 1);
    range.getColumn(0).numberFormat = rows.map(() => ['@']);
    range.values = rows as unknown[][];
    const table = sheet.tables.add(range, true);
    table.name = 'Orders';
    await context.sync();
  });
}
