import assert from 'node:assert/strict';
import { aMovement, anOutcome, company, rowsOf, typeInto } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what Excel is known to do: days', () => {
  const { workbook, write, column } = useSheetOfOrders();

  describe('date systems', () => {
    // Excel counts 21 November 2026 as this many days since the last day of 1899, and since the first of 1904.
    const days = { false: 46347, true: 44885 } as const;

    for (const from1904 of [false, true]) {
      it(`a workbook that counts from ${from1904 ? 1904 : 1900} shows and gives back the same days`, async () => {
        workbook.excel.faults.countsDaysFrom1904 = from1904;
        await write(1);
        assert.deepEqual(await column('Start'), [days[`${from1904}`]]);
        await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
        assert.deepEqual(await column('Start'), [days[`${from1904}`]]);
        await typeInto('Action', 'Restore');
        const { marked } = await workbook.sheet.readMarks();
        assert.deepEqual(
          marked.map(({ start }) => start),
          ['2026-11-21'],
        );
        await workbook.sheet.writeMovements([aMovement(1)], company, 'en');
        const [movement] = await rowsOf('values', 'Movements');
        assert.equal(movement?.['Date'], days[`${from1904}`] - 1);
      });
    }
  });

  describe('worksheet functions that Excel refuses to compute', () => {
    /** How often the Excel of the test was asked for one. */
    function countQuestions(): () => number {
      const { host } = workbook.excel;
      const execute = host.execute.bind(host);
      let asked = 0;
      host.execute = (body, flags) => {
        if (body.includes('"Functions"') || body.includes('"functions"')) asked += 1;
        return execute(body, flags);
      };
      return () => asked;
    }

    it('leave days counted from 1900, and are asked for once', async () => {
      workbook.excel.faults.refusesFunctions = true;
      const asked = countQuestions();
      await write(1);
      assert.deepEqual(await column('Start'), [46347]);
      await typeInto('Action', 'Release');
      const { marked } = await workbook.sheet.readMarks();
      assert.deepEqual(
        marked.map(({ start }) => start),
        ['2026-11-21'],
      );
      await workbook.sheet.writeResults([anOutcome(1)], company, 'en');
      assert.equal(asked(), 1);
    });

    it('move no day in a workbook that was known to count from 1904', async () => {
      workbook.excel.faults.countsDaysFrom1904 = true;
      await write(1);
      workbook.excel.faults.refusesFunctions = true;
      await assert.rejects(write(1), { code: 'excel' });
      workbook.excel.faults.refusesFunctions = false;
      await write(1);
      assert.deepEqual(await column('Start'), [44885]);
    });
  });
});
