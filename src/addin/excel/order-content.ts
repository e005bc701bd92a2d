import type { OrderDetail } from '../../contract/orders';
import type { Language } from '../../language/text';
import type { Block } from '../sync/blocks';
import { type AbsentOrders, contentColumns, type ContentField, contentRowsWith } from '../sync/content-rows';
import { type AppliedContent, planContent } from '../sync/plan-content';
import { type ContentSheet, SheetError, type Writing } from '../sync/sheet';
import { textsIn } from '../texts';
import type { TablePlan } from './make-table';
import { bodyCells, columnValues, openTable, type OpenTable } from './open-table';
import { readInBlocks } from './read-in-blocks';
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
    const rows = await readOnce(context, found);
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

type Fields = Record<ContentField, unknown>;

/** Rows whose cells go into one answer of Excel on the web, which is 5 MB at most. */
const READ_AT_ONCE = 5000;
/** How often rows may move while they are read. */
const READINGS = 5;

/** The rows of that sheet as they stand; none where there is no such sheet. Fails with `rowsMoved` when they never come to rest. */
export async function readContent(context: Excel.RequestContext): Promise<ContentSheet> {
  for (let reading = 0; reading < READINGS; reading++) {
    // Rows that moved may have become fewer.
    const open = await openTable(context, contentTable.link, contentTable.needed);
    if (open === null) return { rows: [], system: 1900 };
    const rows = await readOnce(context, open);
    if (rows !== null) return { rows, system: open.dateSystem };
  }
  throw new SheetError('rowsMoved');
}

/** Null when rows moved meanwhile. */
async function readOnce(
  context: Excel.RequestContext,
  open: OpenTable<ContentField>,
): Promise<Fields[] | null> {
  const read = await readInBlocks(context, open, 'key', READ_AT_ONCE, ({ first, count }) =>
    [...open.columns].map(([field, at]) => {
      const cells = bodyCells(open, first, count, at, 1);
      cells.load('values');
      return { field, cells };
    }),
  );
  if (read === null) return null;
  return read.blocks.flatMap(({ count, cells }) => {
    const columns = cells.map((column) => [column.field, columnValues(column.cells)] as const);
    return Array.from({ length: count }, (_unused, row) => {
      // Every field is among them.
      const fields = Object.fromEntries(contentColumns.map(({ field }) => [field, ''])) as Fields;
      for (const [field, values] of columns) fields[field] = values[row];
      return fields;
    });
  });
}
