import type { Preview } from '../../contract/runs';
import type { Language } from '../../language/text';
import { shortageColumns, type ShortageField, shortageRows } from '../sync/shortage-rows';
import { textsIn } from '../texts';
import type { TablePlan } from './make-table';
import { openTable } from './open-table';
import { rewriteTable, type TableWriting } from './rewrite-table';
import { drawShortages } from './shortage-chart';
import { shortagesLink } from './workbook-setting';

export const shortagesTable: TablePlan<ShortageField> = {
  link: shortagesLink,
  sheetName: 'sheet.shortages',
  tableName: 'Shortages',
  columns: shortageColumns,
  needed: ['key'],
  frozenColumns: 1,
};

/**
 * Writes what is short for which order into its own sheet, in place of what was there before, draws the chart of it and brings the table to
 * the front. Answers whether the chart is there: not every Excel draws one for an add-in.
 */
export async function writeShortages(
  context: Excel.RequestContext,
  preview: Pick<Preview, 'shortages' | 'outcomes'>,
  company: string,
  language: Language,
  writing: TableWriting = {},
): Promise<boolean> {
  const t = textsIn(language);
  await rewriteTable(
    context,
    shortagesTable,
    'key',
    ({ dateSystem }) => shortageRows(preview, company, t, dateSystem),
    language,
    writing,
  );
  const drawn = await drawShortages(context, preview.shortages, t);
  const open = await openTable(context, shortagesTable.link, []);
  open?.sheet.activate();
  await context.sync();
  return drawn;
}
