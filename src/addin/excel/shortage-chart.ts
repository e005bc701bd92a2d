import type { Shortage } from '../../contract/runs';
import { chartedShortages } from '../sync/shortage-rows';
import type { Translate } from '../texts';
import { freeName } from './make-table';
import { queueSetting, readSetting, shortageChartSheet } from './workbook-setting';

/** Codes of an Excel that knows the API by name only. */
const NO_CHARTS: ReadonlySet<string> = new Set(['ApiNotFound', 'NotImplemented']);
/** Of the numbers a chart is drawn from: their names. */
const HEAD_ROWS = 1;
const COLUMNS = 3;
const MISSING_COLOUR = '#C50F1F';
const AVAILABLE_COLOUR = '#107C41';
/** Points. */
const PLACE = { left: 260, top: 8, width: 560 };
const ROW_HEIGHT = 24;
const LEAST_HEIGHT = 220;

/**
 * Draws what is there and what is missing of the materials that lack most, as a native chart on a sheet of its own beside its numbers. The
 * next chart takes its place, unless the planner renamed the sheet. Answers false where this Excel draws no charts for add-ins; the sheet
 * then has the numbers alone.
 */
export async function drawShortages(
  context: Excel.RequestContext,
  shortages: readonly Shortage[],
  t: Translate,
): Promise<boolean> {
  const charted = chartedShortages(shortages);
  if (charted.length === 0) return true;
  const sheet = await emptySheet(context, t('sheet.shortageChart'));
  const values = [[t('column.item'), t('column.available'), t('column.missing')], ...charted];
  // Formats before values, so that what the order book calls things stays text. A single one stands for all cells.
  sheet.getRangeByIndexes(0, 0, values.length, 1).numberFormat = '@' as unknown as string[][];
  const numbers = sheet.getRangeByIndexes(0, 0, values.length, COLUMNS);
  numbers.values = values;
  sheet.getRangeByIndexes(0, 0, HEAD_ROWS, COLUMNS).format.font.bold = true;
  sheet.getRangeByIndexes(0, 0, 1, 1).getEntireColumn().format.columnWidth = 96;
  sheet.load('id,name');
  await context.sync();
  queueSetting(context, shortageChartSheet, { sheet: sheet.id, name: sheet.name });
  await context.sync();
  if (!Office.context.requirements.isSetSupported('ExcelApi', '1.7')) return false;
  try {
    draw(sheet, numbers, charted.length, t);
    await context.sync();
    return true;
  } catch (error) {
    // Excel without charts, or one that stands in for it: the numbers are there, and the pane says so.
    if (error instanceof OfficeExtension.Error && NO_CHARTS.has(error.code)) return false;
    throw error;
  }
}

function draw(sheet: Excel.Worksheet, numbers: Excel.Range, rows: number, t: Translate): void {
  const chart = sheet.charts.add('BarStacked', numbers, 'Columns');
  chart.title.text = t('sheet.shortageChart.title');
  chart.left = PLACE.left;
  chart.top = PLACE.top;
  chart.width = PLACE.width;
  chart.height = Math.max(LEAST_HEIGHT, rows * ROW_HEIGHT);
  chart.series.getItemAt(0).format.fill.setSolidColor(AVAILABLE_COLOUR);
  chart.series.getItemAt(1).format.fill.setSolidColor(MISSING_COLOUR);
  // Bars grow from the bottom: the first row is to be the highest.
  chart.axes.categoryAxis.reversePlotOrder = true;
}

/** The sheet of the chart before, without what was on it; a new one where there is none, or the planner gave it another name. */
async function emptySheet(context: Excel.RequestContext, name: string): Promise<Excel.Worksheet> {
  const { worksheets } = context.workbook;
  const former = await readSetting(context, shortageChartSheet);
  if (former !== null) {
    const sheet = worksheets.getItemOrNullObject(former.sheet);
    sheet.load('name');
    await context.sync();
    // What is drawn on a sheet goes with it alone where charts cannot be asked for.
    if (!sheet.isNullObject && sheet.name === former.name) sheet.delete();
  }
  worksheets.load('items/name');
  await context.sync();
  return worksheets.add(freeName(name, worksheets.items, ' '));
}
