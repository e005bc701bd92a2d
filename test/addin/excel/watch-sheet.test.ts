import assert from 'node:assert/strict';
import { watchSheet } from '../../../src/addin/excel/watch-sheet';
import { excelRunner } from '../../../src/addin/excel/run-excel';
import type { RowKey } from '../../../src/addin/sync/row-key';
import { anOrder, aSearch, company, useWorkbook } from './workbook';

describe('the pane, while the planner works in the sheet', () => {
  const workbook = useWorkbook();

  // Its hooks end before the workbook's do.
  describe('hears', () => {
    let stop: () => Promise<void>;
    let seen: (RowKey | null | 'edit')[];
    let next: Promise<unknown>;
    let tell: (what: unknown) => void;

    const expectNext = () => {
      next = new Promise((resolve) => (tell = resolve));
    };
    const hear = (what: RowKey | null | 'edit') => {
      seen.push(what);
      tell(what);
    };
    const sheet = (name: string) =>
      workbook.excel.workbook.sheets.find((each) => each.name === name) ?? assert.fail(name);
    const select = (name: string, row: number, column: number) => {
      workbook.excel.workbook.as('user', () => {
        workbook.excel.workbook.activate(sheet(name));
        workbook.excel.workbook.select(sheet(name), [{ row, column, rows: 1, columns: 1 }]);
      });
    };

    beforeEach(async () => {
      await workbook.sheet.writeOrders([anOrder(1), anOrder(2)], aSearch(2), 'en');
      await workbook.excel.eventsDelivered();
      seen = [];
      expectNext();
      stop = await watchSheet(
        excelRunner(() => {}),
        { onSelection: hear, onEdit: () => hear('edit') },
        0,
      );
    });
    afterEach(() => stop());

    it('which order is selected, wherever in its row, and of none outside the table', async () => {
      select('Orders', 2, 5);
      await next;
      expectNext();
      select('Sheet1', 2, 5);
      await next;
      assert.deepEqual(seen, [{ order: '2026/2/0', company }, null]);
    });

    it('of a burst of edits once', async () => {
      workbook.excel.workbook.as('user', () => {
        sheet('Orders').write(1, 0, [['Release']]);
        sheet('Orders').write(2, 0, [['Release']]);
      });
      await next;
      assert.deepEqual(seen, ['edit']);
    });

    it('nothing any more once it has stopped', async () => {
      await stop();
      select('Orders', 2, 5);
      await workbook.excel.eventsDelivered();
      await workbook.sheet.readMarks();
      assert.deepEqual(seen, []);
    });
  });
});
