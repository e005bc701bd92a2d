import { rowKeyOf } from '../sync/row-key';
import type { SheetChanges } from '../sync/sheet';
import { openOrders, orderColumn } from './orders-table';
import type { RunExcel } from './run-excel';

const SETTLE_MS = 250;

/**
 * Follows selection and edits in the orders sheet until the returned function is called. Events only refresh what the pane
 * shows: some edits raise none, so marks are read again before anything is done with them. A burst, within `settle` milliseconds, is
 * answered once.
 */
export async function watchSheet(
  run: RunExcel,
  changes: SheetChanges,
  settle = SETTLE_MS,
): Promise<() => Promise<void>> {
  const selection = settled(() => void selectedOrder(run).then(changes.onSelection, () => {}), settle);
  const edit = settled(changes.onEdit, settle);
  const handlers = await run(async (context) => {
    const { worksheets } = context.workbook;
    const selected = worksheets.onSelectionChanged.add(async () => selection.happened());
    const changed = worksheets.onChanged.add(async () => edit.happened());
    await context.sync();
    return [selected, changed];
  });
  return async () => {
    selection.stop();
    edit.stop();
    await Promise.all(handlers.map(remove));
  };
}

/** Office takes a handler back only in the context it was added in. */
async function remove(handler: OfficeExtension.EventHandlerResult<unknown>): Promise<void> {
  await Excel.run(handler.context, async (context) => {
    handler.remove();
    await context.sync();
  });
}

/** The order of the active cell's row; null outside the orders table. */
function selectedOrder(run: RunExcel) {
  return run(async (context) => {
    const open = await openOrders(context);
    if (open === null) return null;
    const cell = context.workbook.getActiveCell();
    const { worksheet } = cell;
    cell.load('rowIndex');
    worksheet.load('id');
    open.sheet.load('id');
    const key = orderColumn(open, 'key');
    key.load('values');
    await context.sync();
    if (worksheet.id !== open.sheet.id) return null;
    return rowKeyOf(key.values[cell.rowIndex - open.firstRow]?.[0]);
  });
}

function settled(act: () => void, settle: number): { happened(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    happened() {
      clearTimeout(timer);
      timer = setTimeout(act, settle);
    },
    stop: () => clearTimeout(timer),
  };
}
