import type { OrderDetail } from '../../contract/orders';
import type { Language } from '../../language/text';
import { contentColumns, type ContentField, contentRowsWith, type ContentTexts } from '../sync/content-rows';
import type { ContentSheet } from '../sync/sheet';
import { textsIn } from '../texts';
import type { TablePlan } from './make-table';
import { columnValues, openTable } from './open-table';
import { rewriteTable, type TableWriting } from './rewrite-table';
import { contentLink } from './workbook-setting';

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
  company: string,
  zone: string,
  language: Language,
  texts: ContentTexts,
  writing: TableWriting = {},
): Promise<void> {
  const t = textsIn(language);
  await rewriteTable(
    context,
    contentTable,
    'key',
    ({ dateSystem: system }) => contentRowsWith(texts, orders, company, { t, zone, system }),
    language,
    writing,
  );
  const open = await openTable(context, contentTable.link, []);
  open?.sheet.activate();
  await context.sync();
}

type Fields = Record<ContentField, unknown>;

/** The rows of that sheet as they stand; none where there is no such sheet. */
export async function readContent(context: Excel.RequestContext): Promise<ContentSheet> {
  const open = await openTable(context, contentTable.link, contentTable.needed);
  if (open === null) return { rows: [], system: 1900 };
  const columns = [...open.columns].map(([field, at]) => {
    const cells = open.table.columns.getItemAt(at).getDataBodyRange();
    cells.load('values');
    return { field, cells };
  });
  await context.sync();
  const values = columns.map(({ field, cells }) => [field, columnValues(cells)] as const);
  const rows = Array.from({ length: open.rows }, (_unused, row) => {
    // Every field is among them.
    const cells = Object.fromEntries(contentColumns.map(({ field }) => [field, ''])) as Fields;
    for (const [field, column] of values) cells[field] = column[row];
    return cells;
  });
  return { rows, system: open.dateSystem };
}
