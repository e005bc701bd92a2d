import assert from 'node:assert/strict';
import {
  anOrder,
  aMovement,
  aSearch,
  company,
  filterOrders,
  rowsOf,
  typeInto,
  useWorkbook,
} from './workbook';

const NEWER = {
  hold: 'Hold',
  produced: 'Produced',
  lastDeclaration: 'Last declaration',
  restorable: 'Restorable',
};

describe('a workbook that an earlier version made, without the newer columns', () => {
  const workbook = useWorkbook();
  const held = anOrder(1, { holdReason: 'drawing missing', heldBy: 'bruno' });
  const write = (...orders: ReturnType<typeof anOrder>[]) =>
    workbook.sheet.writeOrders(orders, aSearch(orders.length), 'en');
  const table = (name = 'Orders') =>
    workbook.excel.workbook.tables.find((each) => each.name === name) ?? assert.fail('There is no table.');
  const headers = () => table().columns.map(({ name }) => name);
  const asPlanner = (change: () => void) => {
    workbook.excel.workbook.as('user', change);
  };

  /** Takes columns out of a table and out of what the workbook remembers, as if they had never been there. */
  async function without(columns: Readonly<Record<string, string>>, of = 'Orders', link = 'orders') {
    await Excel.run(async (context) => {
      const setting = context.workbook.settings.getItem(`launchbook.${link}`);
      setting.load('value');
      await context.sync();
      const known = setting.value as { columns: Record<string, unknown> };
      for (const [field, header] of Object.entries(columns)) {
        context.workbook.tables.getItem(of).columns.getItem(header).delete();
        delete known.columns[field];
      }
      context.workbook.settings.add(`launchbook.${link}`, known);
      await context.sync();
    });
  }

  /** Writes right of the table, one column left free. */
  function writeBeside(...cells: string[]): void {
    asPlanner(() => {
      const { sheet, area } = table();
      sheet.write(
        area.row,
        area.column + area.columns + 1,
        cells.map((cell) => [cell]),
      );
    });
  }

  it('gets them with the next search, filled, at the end of the table and in view', async () => {
    await write(anOrder(1), anOrder(2));
    await without(NEWER);
    const before = headers();
    assert.deepEqual((await write(held, anOrder(2))).columnsLeftOut, []);
    assert.deepEqual(headers(), [...before, ...Object.values(NEWER)]);
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Hold']),
      ['drawing missing (bruno)', ''],
    );
    const { sheet, area } = table();
    const shown = Object.values(NEWER).map(
      (header) => !sheet.isColumnHidden(area.column + headers().indexOf(header)),
    );
    assert.deepEqual(shown, [true, true, true, true]);
  });

  it('keeps its own columns, marks and filter meanwhile, and text of the order book stays text', async () => {
    workbook.excel.faults.writesOnlyVisibleRows = true;
    await write(anOrder(1), anOrder(2));
    await without(NEWER);
    asPlanner(() => {
      table().addColumn(table().columns.length, 'Note');
    });
    await typeInto('Note', 'ask Rossi');
    await typeInto('Action', 'Release');
    await filterOrders('2026/2/0');
    await write(anOrder(1, { holdReason: '=1+1', heldBy: 'bruno' }), anOrder(2));
    const [first] = await rowsOf();
    assert.deepEqual(
      [first?.['Note'], first?.['Action'], first?.['Hold']],
      ['ask Rossi', 'Release', '=1+1 (bruno)'],
    );
    assert.equal(table().isFiltered, true);
  });

  it('does not get back what the planner deleted, and leaves a column of the same name alone that they made since', async () => {
    await write(anOrder(1), anOrder(2));
    asPlanner(() => {
      const hold =
        table().columns.find(({ name }) => name === 'Hold') ?? assert.fail('There is no column Hold.');
      table().deleteColumn(hold);
    });
    await write(held, anOrder(2));
    assert.ok(!headers().includes('Hold'));
    asPlanner(() => {
      table().addColumn(0, 'Hold');
    });
    await typeInto('Hold', 'mine');
    await write(held, anOrder(2));
    assert.deepEqual(
      (await rowsOf()).map((row) => row['Hold']),
      ['mine', ''],
    );
  });

  it('leaves them out where the planner has something beside the table, and names them', async () => {
    await write(anOrder(1), anOrder(2));
    await without(NEWER);
    writeBeside('My sums', '12');
    const before = headers();
    assert.deepEqual((await write(held, anOrder(2))).columnsLeftOut, Object.values(NEWER));
    assert.deepEqual(headers(), before);
    assert.equal((await rowsOf())[0]?.['Order'], '2026/1/0');
  });

  it('gets them there on request: what stands beside the table moves to the right as it is', async () => {
    await write(anOrder(1), anOrder(2));
    await without(NEWER);
    writeBeside('My sums', '12');
    const from = table().area.column + table().area.columns + 1;
    await write(held, anOrder(2));
    await workbook.sheet.addColumns('en');
    assert.deepEqual((await write(held, anOrder(2))).columnsLeftOut, []);
    assert.equal((await rowsOf())[0]?.['Hold'], 'drawing missing (bruno)');
    const { sheet } = table();
    const moved = [5, 6].map((by) => sheet.values({ row: 0, column: from + by, rows: 2, columns: 1 }).flat());
    assert.deepEqual(
      moved.find(([title]) => title === 'My sums'),
      ['My sums', 12],
    );
    assert.ok(!headers().includes('My sums'));
  });

  it('gets those of the movements as well', async () => {
    await workbook.sheet.writeMovements([aMovement(1)], company, 'en');
    await without({ direction: 'Direction' }, 'Movements', 'movements');
    await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], company, 'en');
    assert.deepEqual(
      (await rowsOf('values', 'Movements')).map((row) => row['Direction']),
      ['Withdrawal', 'Withdrawal'],
    );
  });
});
