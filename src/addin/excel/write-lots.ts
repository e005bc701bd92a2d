import type { Formats } from '../../language/formats';
import type { Language } from '../../language/text';
import { lotColumns, type LotField, type LotSheet } from '../sync/lot-columns';
import { lotRows, type ToldLots } from '../sync/lot-rows';
import { mostLotRows } from '../sync/most-rows';
import { SheetError } from '../sync/sheet';
import { textsIn } from '../texts';
import type { TablePlan } from './make-table';
import { openTable } from './open-table';
import { readTable } from './read-table';
import { rewriteTable, type TableWriting } from './rewrite-table';
import { lotsLink } from './workbook-setting';

export const lotsTable: TablePlan<LotField> = {
  link: lotsLink,
  sheetName: 'sheet.lots',
  tableName: 'Lots',
  columns: lotColumns,
  needed: ['key', 'order', 'line', 'lot', 'quantity', 'loaded'],
  frozenColumns: 3,
};

/** The rows of the sheet of lots as they stand; none where there is no such sheet. */
export async function readLots(context: Excel.RequestContext): Promise<LotSheet> {
  const read = await readTable(context, lotsTable, 'key');
  return read === null ? { rows: [], firstRow: 0 } : { rows: read.rows, firstRow: read.open.firstRow + 1 };
}

/** How the sheet of lots speaks. */
export interface LotLanguage {
  readonly language: Language;
  readonly formats: Formats;
}

/** Writes lots into their own sheet, made where there is none, as {@link updateLots} does, and brings it to the front. */
export async function writeLots(
  context: Excel.RequestContext,
  told: ToldLots,
  company: string,
  words: LotLanguage,
  writing: TableWriting = {},
): Promise<void> {
  await rewrite(context, told, company, words, writing, await readLots(context));
  const open = await openTable(context, lotsTable.link, []);
  open?.sheet.activate();
  await context.sync();
}

/** Brings the sheet of lots up to date where there is one. What the planner typed stays, also where `signal` stops it. */
export async function updateLots(
  context: Excel.RequestContext,
  told: ToldLots,
  company: string,
  words: LotLanguage,
  writing: TableWriting = {},
): Promise<void> {
  const standing = await readLots(context);
  const isBlank = standing.rows.every(({ key, quantity }) => key === '' && quantity === '');
  if (standing.rows.length > 0 && !(isBlank && told.lots.length === 0))
    await rewrite(context, told, company, words, writing, standing);
}

async function rewrite(
  context: Excel.RequestContext,
  told: ToldLots,
  company: string,
  { language, formats }: LotLanguage,
  writing: TableWriting,
  { rows: standing }: LotSheet,
): Promise<void> {
  const t = textsIn(language);
  const put = (of: ToldLots, how: TableWriting) =>
    rewriteTable(
      context,
      lotsTable,
      'key',
      ({ dateSystem: system }) => {
        const rows = lotRows(of, standing, company, { t, formats, system });
        if (rows.length > mostLotRows) throw new SheetError('tooManyRows', String(mostLotRows));
        return rows;
      },
      language,
      how,
    );
  await put(told, writing);
  // A table that is stopped is left empty, and choices belong to the planner.
  if (writing.signal?.aborted === true) await put({ lots: [], lotStocks: [], outcomes: [] }, {});
}
