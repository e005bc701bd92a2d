import type { LotsOfLine, LotsOfStock } from '../../contract/lots';
import type { Outcome, Preview } from '../../contract/runs';
import { quantity, quantityText, zero } from '../../domain/quantity';
import type { Refusal } from '../../domain/refusals';
import type { Formats } from '../../language/formats';
import { refusalText } from '../../language/refusal-text';
import type { Translate } from '../texts';
import { type Cell, type DateSystem, quantityCell, serialOfDay, textCell } from './cells';
import { isChosen, lineKeyText, type LineOfLots, linesIn, proposedText, takesSomething } from './chosen-lots';
import { type LotCells, lotColumns, type LotRow } from './lot-columns';
import { itemText } from './shortage-rows';
import { textOf } from './words';

/** What a preview says of lots; after a run, which no longer proposes any, what became of its orders. */
export type ToldLots = Pick<Preview, 'lots' | 'lotStocks' | 'outcomes'>;

/** How the sheet of lots is written. */
export interface LotWords {
  readonly t: Translate;
  readonly formats: Formats;
  readonly system: DateSystem;
}

/** Lots offered beside those that are proposed; any other can be typed. */
const mostOthers = {
  few: { fifo: 10, expiry: 10, manual: 40 },
  many: { fifo: 0, expiry: 0, manual: 4 },
} as const;
/** Lines whose lots are looked through one by one; of more there would be hundreds of thousands of rows. */
const FEW_LINES = 1000;

/** A stock, with its lots by name. */
interface KnownStock {
  readonly stock: LotsOfStock;
  readonly lots: ReadonlyMap<string, LotsOfStock['lots'][number]>;
  /** How many others are offered to a line that has its lots. */
  readonly most: number;
}

/**
 * The rows of the sheet of lots, in place of those that are `standing` there: of each line the lots proposed and others there are. What a
 * planner chose stands as it was typed, also of orders that were not asked about; it goes with the order it was chosen for. Rows that say
 * no line are kept where they say something to take.
 */
export function lotRows(
  told: ToldLots,
  standing: readonly LotRow[],
  company: string,
  words: LotWords,
): LotCells[] {
  const lines = linesIn(standing, company);
  const chosen = new Map([...lines].filter(([, line]) => isChosen(line)));
  const stocks = knownStocks(told);
  const outcomes = new Map(told.outcomes.map((outcome) => [outcome.key, outcome]));
  const proposed = new Map(told.lots.map((line) => [lineKeyText(line, company), line]));
  const rowsOf = (key: string): LotCells[] => {
    const [line, typed] = [proposed.get(key), chosen.get(key)];
    const order = (line ?? typed)?.order;
    const outcome = order && outcomes.get(order);
    const stock = line && stocks.get(placeOf(line));
    if (typed !== undefined && (line !== undefined || outcome?.result !== 'released'))
      return withResults(typedRows(typed, company, stock, words), typed, outcome, true, words);
    return line === undefined
      ? []
      : withResults(proposedRows(line, company, stock, words), line, outcome, false, words);
  };
  // Lines stay in the order in which the planner sees them.
  const shown = [...new Set([...lines.keys(), ...proposed.keys()])].flatMap(rowsOf);
  const ofLines = new Set([...lines.values()].flatMap(({ rows }) => rows));
  const others = standing.filter((row) => !ofLines.has(row) && textOf(row.key) === '' && takesSomething(row));
  const lost = others.map((row) => ({ ...asTyped(row), result: words.t('sheet.lots.noLine') }));
  return [...shown, ...lost];
}

function knownStocks({ lots: lines, lotStocks }: ToldLots): Map<string, KnownStock> {
  const most = mostOthers[lines.length <= FEW_LINES ? 'few' : 'many'];
  return new Map(
    lotStocks.map((stock) => {
      const lots = new Map(stock.lots.map((lot) => [lot.lot, lot]));
      return [placeOf(stock), { stock, lots, most: most[stock.picking] }];
    }),
  );
}

/** The lots proposed for a line, and others there are to choose from. */
function proposedRows(
  line: LotsOfLine,
  company: string,
  known: KnownStock | undefined,
  words: LotWords,
): LotCells[] {
  const taken = new Map(line.lots.map(({ lot, quantity: of }) => [lot, of]));
  const ofLine = quantityText(line.lots.reduce((sum, { quantity: of }) => sum.plus(quantity(of)), zero));
  const lacks = quantity(ofLine).lt(line.need);
  const offered = [...taken.keys(), ...(known === undefined ? [] : othersOf(known, taken, lacks))];
  // A line without any has a row to type one into.
  return (offered.length === 0 ? [''] : offered).map((lot) => ({
    ...{ order: textCell(line.order), line: line.line, item: textCell(itemText(line)) },
    ...{ description: textCell(known?.stock.description ?? ''), warehouse: textCell(line.warehouse) },
    ...{ need: quantityCell(line.need), lot: textCell(lot), ...factsOf(known, lot, words) },
    ...{ quantity: quantityOrNone(taken.get(lot)), unit: textCell(known?.stock.unit ?? '') },
    key: textCell(lineKeyText(line, company)),
    loaded: textCell(proposedText(lot, taken.get(lot) ?? '0', ofLine)),
  }));
}

/** The first ones that have something and are not proposed anyway; the more where the line lacks something. */
function othersOf({ stock, most }: KnownStock, taken: ReadonlyMap<string, string>, lacks: boolean): string[] {
  const others: string[] = [];
  const enough = lacks ? Math.max(most, mostOthers.many.manual) : most;
  for (const { lot, available } of stock.lots) {
    if (others.length === enough) break;
    if (available !== '0' && !taken.has(lot)) others.push(lot);
  }
  return others;
}

const quantityOrNone = (text: string | undefined): Cell => (text === undefined ? '' : quantityCell(text));

/** The rows of a line as its planner typed them; what is known of the lots anew where their stock is. */
function typedRows(
  line: LineOfLots,
  company: string,
  known: KnownStock | undefined,
  words: LotWords,
): LotCells[] {
  return line.rows.map((row) => ({
    ...asTyped(row),
    ...(known ? factsOf(known, textOf(row.lot), words) : { result: '' }),
    ...{ order: textCell(line.order), line: line.line, key: textCell(lineKeyText(line, company)) },
    // Says that it was not proposed.
    loaded: '',
  }));
}

function asTyped(row: LotRow): LotCells {
  const cells = lotColumns.map(({ field }) => {
    const value = row[field];
    return [field, typeof value === 'number' ? value : textCell(textOf(value))] as const;
  });
  // A cell for every column.
  return Object.fromEntries(cells) as LotCells;
}

/** What is known of a lot: a row says that it has expired where nothing else is said of it. */
function factsOf(known: KnownStock | undefined, name: string, { t, system }: LotWords) {
  const lot = known?.lots.get(name);
  const expires = lot?.expiresOn ?? null;
  return {
    available: lot === undefined ? '' : quantityCell(lot.available),
    expires: expires === null ? '' : serialOfDay(expires, system),
    result: lot?.expired === true ? t('sheet.lots.expired') : '',
  };
}

/** Says beside each lot what is wrong with it, and beside the first one of the line what is wrong with all. */
function withResults(
  rows: readonly LotCells[],
  { line }: Pick<LotsOfLine, 'line'>,
  outcome: Outcome | undefined,
  typed: boolean,
  { t, formats }: LotWords,
): LotCells[] {
  const [first] = rows;
  if (first === undefined) return [];
  const all = [...(outcome?.refusals ?? []), ...(outcome?.warnings ?? [])];
  const said = all.filter((refusal) => isAbout(refusal, line, first));
  // An order that something else keeps says so, too.
  const reasons = said.length > 0 ? said : (outcome?.refusals ?? []);
  const usual = outcome === undefined ? t('sheet.lots.notAsked') : t('sheet.lots.chosen');
  const isNamed = ({ params }: Refusal) => rows.some((row) => isLot(row, params['lot']));
  return rows.map((row, at) => {
    const isOfLot = ({ params }: Refusal) => isLot(row, params['lot']);
    const ofRow = reasons.filter((reason) => isOfLot(reason) || (at === 0 && !isNamed(reason)));
    const here = ofRow.map((reason) => refusalText(reason, t, formats));
    if (typed && takes(row)) return { ...row, result: here.length === 0 ? usual : textCell(here.join('\n')) };
    if (!ofRow.some(isOfLot) && row.result !== '') here.push(shown(row.result));
    return { ...row, result: textCell(here.join('\n')) };
  });
}

/** Whether a reason is about lots of this line: it names the line, or the stock that the line is drawn from. */
function isAbout({ code, params }: Refusal, line: number, row: LotCells): boolean {
  const { item = '', variant = '', warehouse } = params;
  if (code === 'REL-09') return params['line'] === String(line);
  return (
    code === 'REL-10' &&
    textCell(itemText({ item, variant })) === row.item &&
    warehouse === shown(row.warehouse)
  );
}

const takes = (row: LotCells) => takesSomething(row);
const isLot = (row: LotCells, lot = '') => lot !== '' && takes(row) && shown(row.lot) === lot;
/** Text as a cell shows it. */
const shown = (cell: Cell) => String(cell).replace(/^'/, '');
const placeOf = ({ item, variant, warehouse }: Pick<LotsOfStock, 'item' | 'variant' | 'warehouse'>) =>
  JSON.stringify([item, variant, warehouse]);
