import assert from 'node:assert/strict';
import { anOrder, aSearch, rowsOf, useWorkbook } from '../workbook';

/** A fresh workbook for every test of the surrounding `describe`, and what a test does with its sheet of orders. */
export function useSheetOfOrders() {
  const workbook = useWorkbook();
  const orders = (...numbers: number[]) => numbers.map((number) => anOrder(number));
  return {
    workbook,
    orders,
    /** Writes what a search found, by the numbers of the orders. */
    write: (...numbers: number[]) =>
      workbook.sheet.writeOrders(orders(...numbers), aSearch(numbers.length), 'en'),
    column: async (header: string, of?: 'values' | 'formulas') =>
      (await rowsOf(of)).map((row) => row[header]),
    table: () => workbook.excel.workbook.tables[0] ?? assert.fail('There is no table.'),
    asUser: (change: () => void) => {
      workbook.excel.workbook.as('user', change);
    },
  };
}
