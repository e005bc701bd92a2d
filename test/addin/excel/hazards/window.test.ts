import assert from 'node:assert/strict';
import { anOutcome, company, filterOrders, rowsOf, visibleOrders } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what Excel is known to do: the window', () => {
  const { workbook, write, column, table, asUser } = useSheetOfOrders();

  it('lost focus: a search arrives although another workbook is in front', async () => {
    await write(1);
    workbook.excel.faults.focusLost = true;
    await write(1, 2);
    assert.deepEqual(await column('Order'), ['2026/1/0', '2026/2/0']);
  });

  it('lost focus: filters that cannot be taken off stop the write, and the planner is asked to click back', async () => {
    await write(1, 2);
    await filterOrders('2026/2/0');
    workbook.excel.faults.focusLost = true;
    await assert.rejects(write(1, 2, 3), { code: 'otherWorkbook' });
    workbook.excel.faults.focusLost = false;
    assert.deepEqual(await visibleOrders(), ['2026/2/0']);
    assert.equal((await rowsOf()).length, 2);
  });

  it('a workbook that is read-only is named', async () => {
    await write(1);
    workbook.excel.faults.readOnly = true;
    await assert.rejects(write(2), { code: 'readOnly' });
  });

  it('cell-edit mode: a write waits for the planner, and nothing is lost', async () => {
    await write(1, 2);
    const { faults } = workbook.excel;
    faults.startCellEdit();
    const writing = workbook.sheet.writeResults([anOutcome(1)], company, 'en');
    await new Promise((resolve) => setImmediate(resolve));
    asUser(() => {
      table().sheet.write(2, 0, [['Release']]);
    });
    faults.endCellEdit();
    await writing;
    assert.deepEqual(await column('Action'), ['', 'Release']);
    assert.deepEqual(await column('State'), ['Executive', 'Launched']);
  });

  it('cell-edit mode that Excel will not wait for is named', async () => {
    await write(1);
    workbook.excel.faults.failAfter = { changes: 0, code: 'InvalidOperationInCellEditMode' };
    await assert.rejects(workbook.sheet.mark('release', 'visible', 'en'), { code: 'cellEdit' });
  });
});
