import type { Formats } from '../../language/formats';
import type { Language } from '../../language/text';
import { CHUNK_BYTES, chunksOf } from '../sync/chunks';
import {
  paperColumns,
  paperHead,
  paperRows,
  warehouseStarts,
  type WithdrawalPaper,
} from '../sync/withdrawal-rows';
import { textsIn } from '../texts';
import { freeName } from './make-table';
import { setUpPrinting } from './print-setup';
import { queueSetting, readSetting, withdrawalSheet } from './workbook-setting';

/** Title, of when, a blank line, and the names of the columns. */
const HEAD_ROWS = 4;
const HEAD_FILL = '#D9D9D9';
/** Our columns are then as wide as A4 and letter paper. Excel passes over page breaks where it is to fit a sheet to pages. */
const ZOOM = { scale: 85 };
/** A worksheet of Excel has 1,023 row breaks at most. */
const MOST_BREAKS = 1000;

/**
 * Writes the withdrawal list of a run on a sheet of its own, ready to print, and brings it to the front. There is one such sheet: the next
 * list takes its place, unless the planner renamed the sheet or filtered it, which is how to keep a list.
 */
export async function writeWithdrawals(
  context: Excel.RequestContext,
  paper: WithdrawalPaper,
  language: Language,
  formats: Formats,
  chunkBytes = CHUNK_BYTES,
): Promise<void> {
  const t = textsIn(language);
  const rows = paperRows(paper, t);
  const sheet = (await formerSheet(context)) ?? (await newSheet(context, t('sheet.withdrawals')));
  const columns = paperColumns.length;
  paperColumns.forEach(({ kind, width }, at) => {
    sheet.getRangeByIndexes(0, at, 1, 1).getEntireColumn().format.columnWidth = width;
    // Formats before values, so that what the order book calls things stays text. A single one stands for all cells.
    const format = kind === 'text' ? '@' : 'General';
    sheet.getRangeByIndexes(HEAD_ROWS, at, rows.length, 1).numberFormat = format as unknown as string[][];
  });
  const [title = '', of = ''] = paperHead(paper, t, formats);
  sheet.getRangeByIndexes(0, 0, 2, 1).values = [[title], [of]];
  sheet.getRangeByIndexes(0, 0, 1, 1).format.font.bold = true;
  sheet.getRangeByIndexes(0, 0, 1, 1).format.font.size = 14;
  const header = sheet.getRangeByIndexes(HEAD_ROWS - 1, 0, 1, columns);
  header.values = [paperColumns.map((column) => t(column.header))];
  header.format.font.bold = true;
  header.format.fill.color = HEAD_FILL;
  for (const { first, count } of chunksOf(rows, chunkBytes)) {
    sheet.getRangeByIndexes(HEAD_ROWS + first, 0, count, columns).values = rows.slice(first, first + count);
    context.application.suspendScreenUpdatingUntilNextSync();
    // One request per chunk is what keeps each below Excel's limit.
    // eslint-disable-next-line office-addins/no-context-sync-in-loop
    await context.sync();
  }
  sheet.freezePanes.freezeRows(HEAD_ROWS);
  setUpPrinting(sheet, HEAD_ROWS, language, ZOOM);
  breakPages(sheet, warehouseStarts(paper));
  sheet.load('id,name');
  await context.sync();
  queueSetting(context, withdrawalSheet, { sheet: sheet.id, name: sheet.name });
  sheet.activate();
  await context.sync();
}

/** Each warehouse begins a page: its list goes to another storeman. */
function breakPages(sheet: Excel.Worksheet, starts: readonly number[]): void {
  sheet.horizontalPageBreaks.removePageBreaks();
  for (const row of starts.slice(0, MOST_BREAKS))
    sheet.horizontalPageBreaks.add(sheet.getRangeByIndexes(HEAD_ROWS + row, 0, 1, 1));
}

/**
 * The sheet of the list before, emptied. Null where there is none, where the planner gave it another name, and where rows are hidden: a block
 * written under a filter would land in the visible rows only.
 */
async function formerSheet(context: Excel.RequestContext): Promise<Excel.Worksheet | null> {
  const former = await readSetting(context, withdrawalSheet);
  if (former === null) return null;
  const sheet = context.workbook.worksheets.getItemOrNullObject(former.sheet);
  sheet.load('name');
  await context.sync();
  if (sheet.isNullObject || sheet.name !== former.name) return null;
  const used = sheet.getUsedRangeOrNullObject();
  used.load('rowHidden');
  await context.sync();
  if (used.isNullObject) return sheet;
  if (used.rowHidden !== false) return null;
  used.clear();
  return sheet;
}

async function newSheet(context: Excel.RequestContext, name: string): Promise<Excel.Worksheet> {
  const { worksheets } = context.workbook;
  worksheets.load('items/name');
  await context.sync();
  return worksheets.add(freeName(name, worksheets.items, ' '));
}
