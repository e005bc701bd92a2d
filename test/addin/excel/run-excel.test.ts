import assert from 'node:assert/strict';
import { excelRunner } from '../../../src/addin/excel/run-excel';
import { writeOrders } from '../../../src/addin/excel/write-orders';
import { anOrder, aSearch, rowsOf, useWorkbook } from './workbook';

describe('work in Excel', () => {
  const workbook = useWorkbook();
  const orders = [1, 2, 3, 4, 5].map((number) => anOrder(number));

  describe('while a cell is being edited', () => {
    it('waits from its second chunk on, says so, and goes on without losing or doubling anything', async () => {
      await workbook.sheet.writeOrders(orders, aSearch(5), 'en');
      const { excel } = workbook;
      const table = excel.workbook.tables[0] ?? assert.fail('There is no table.');
      const progress = (done: number) => {
        if (done === 2) excel.faults.startCellEdit();
      };
      const again = orders.map((order) => ({ ...order, quantity: '1' }));
      const waits: boolean[] = [];
      let say = () => {};
      const said = new Promise<void>((resolve) => (say = resolve));
      const run = excelRunner((waiting) => {
        waits.push(waiting);
        say();
      }, 1);
      const writing = run((context) =>
        writeOrders(context, again, aSearch(5), 'en', { chunkBytes: 1, progress }),
      );
      await said;
      excel.workbook.as('user', () => {
        table.sheet.write(4, 0, [['Release']]);
      });
      excel.faults.endCellEdit();
      await writing;
      assert.deepEqual(waits, [true, false]);
      assert.deepEqual(
        (await rowsOf()).map((row) => [row['Order'], row['Qty'], row['Action']]),
        orders.map(({ key }, at) => [key, 1, at === 3 ? 'Release' : '']),
      );
    });
  });

  describe('that the planner can undo', () => {
    const undoGroup = { delayForCellEdit: true, mergeUndoGroup: true };

    /** Plays an Excel that may group undo steps, or refuse to; answers with the options work is done with. */
    function playUndo(groups: 'unknown' | 'kept' | 'refused'): unknown[] {
      Office.context.requirements.isSetSupported = (set, version) =>
        groups !== 'unknown' && set === 'ExcelApi' && version === '1.20';
      const asked: unknown[] = [];
      const run = Excel.run as (...given: unknown[]) => Promise<unknown>;
      Excel.run = (...given: unknown[]) => {
        const [options] = given;
        if (typeof options !== 'object' || options === null) return run(...given);
        asked.push(options);
        if (groups === 'refused' && 'mergeUndoGroup' in options) throw refusal;
        return run(...given);
      };
      return asked;
    }

    // The typings hide the constructor.
    const refused = { code: 'UndoNotSupported', message: '' };
    let refusal: Error;
    beforeEach(() => {
      refusal = Object.assign(Object.create(OfficeExtension.Error.prototype) as Error, refused);
    });

    it('is one step where Excel groups steps', async () => {
      const asked = playUndo('kept');
      await excelRunner(() => {})((context) => context.sync(), 'oneUndo');
      assert.deepEqual(asked, [undoGroup]);
    });

    it('is done in several steps where Excel cannot undo all of it', async () => {
      const asked = playUndo('refused');
      assert.equal(await excelRunner(() => {})(async () => 'done', 'oneUndo'), 'done');
      assert.deepEqual(asked, [undoGroup, { delayForCellEdit: true }]);
    });

    it('asks for no group where Excel knows none', async () => {
      const asked = playUndo('unknown');
      await excelRunner(() => {})((context) => context.sync(), 'oneUndo');
      assert.deepEqual(asked, [{ delayForCellEdit: true }]);
    });
  });
});
