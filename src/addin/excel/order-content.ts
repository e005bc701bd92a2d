import type { OrderDetail } from '../../contract/orders';
import type { Language } from '../../language/text';
import type { Block } from '../sync/blocks';
import { type AbsentOrders, contentColumns, type ContentField, contentRowsWith } from '../sync/content-rows';
import { type AppliedContent, planContent } from '../sync/plan-content';
import { type ContentSheet, SheetError, type Writing } from '../sync/sheet';
import { textsIn } from '../texts';
import type { TablePlan } from './make-table';
import { openTable } from './open-table';
import { readRows, readTable } from './read-table';
import { areRowsInPlace } from './rows-in-place';
import { rewriteTable, type TableWriting } from './rewrite-table';
import { contentLink } from './workbook-setting';
import { writeAtRest } from './write-at-rest';
import { writeRows } from './write-rows';

export const contentTable: TablePlan<ContentField> = {
  link: contentLink,
  sheetName: 'sheet.content',
  tableName: 'MaterialsAndOperations',
  columns: contentColumns,
  needed: ['key', 'version', 'result'],
  frozenColumns: 2,
};

/** Writes materials and operations of orders into their own sheet, in place of those before, and brings it to the front. */
export async function writeContent(
  context: Excel.RequestContext,
  orders: readonly OrderDetail[],
  absent: AbsentOrders,
  company: string,
  zone: string,
  language: Language,
  writing: TableWriting = {},
): Promise<void> {
  const t = textsIn(language);
  await rewriteTable(
    context,
    contentTable,
    'key',
    ({ dateSystem: system }) => contentRowsWith(orders, absent, company, { t, zone, system }),
    language,
    writing,
  );
  const open = await openTable(context, contentTable.link, []);
  open?.sheet.activate();
  await context.sync();
}

/**
 * Writes into the rows of that sheet what became of the planner's changes, and brings it to the front. The planner may sort or delete rows
 * meanwhile: what is not written by then is planned again from the rows as they are. Fails with `rowsMoved` when they never come to rest.
 */
export async function writeApplied(
  context: Excel.RequestContext,
  applied: AppliedContent,
  company: string,
  zone: string,
  language: Language,
  writing: Pick<Writing, 'progress'> = {},
): Promise<void> {
  const t = textsIn(language);
  const reopen = async () => {
    const open = await openTable(context, contentTable.link, contentTable.needed);
    if (open === null) throw new SheetError('rowsMoved');
    return open;
  };
  const open = await reopen();
  await writeAtRest(context, open, reopen, async (found) => {
    const rows = await readRows(context, contentTable, found, 'key');
    if (rows === null) return false;
    const planned = planContent({ rows }, applied, company, { t, zone, system: found.dateSystem });
    const keys = rows.map(({ key }, row) => (planned[row] === null ? null : String(key)));
    const isInPlace = ({ first, count }: Block) =>
      areRowsInPlace(context, found, 'key', first, keys.slice(first, first + count));
    return (await writeRows(context, found, 0, planned, { ...writing, isInPlace })) === planned.length;
  });
  open.sheet.activate();
  await context.sync();
}

/** The rows of that sheet as they stand; none where there is no such sheet. Fails with `rowsMoved` when they never come to rest. */
export async function readContent(context: Excel.RequestContext): Promise<ContentSheet> {
  const read = await readTable(context, contentTable, 'key');
  return read === null ? { rows: [], system: 1900 } : { rows: read.rows, system: read.open.dateSystem };
}
