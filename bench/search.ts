import { calendarDate as day } from '../src/domain/calendar';
import type { OrderQuery } from '../src/contract/orders';
import type { OrderBook } from '../src/adapter/orderbook/order-book';
import { median, timed } from './measure';
import { onDatabase } from './on-database';
import { bookOn } from './product';
import { company, makeSearchPlant } from './search-plant';

const OPEN_ORDERS = 100_000;
const PAGE = 200;
const ROUNDS = 11;

/**
 * Every kind of criterion, always on launched orders. `index` finds and counts what it wants by an index; `scan` passes through the
 * index of all launched orders, at least for the count.
 */
const searches: readonly (readonly [kind: 'index' | 'scan', what: string, query: OrderQuery])[] = [
  ['scan', 'all launched', {}],
  ['index', 'order 1250', { order: '1250' }],
  ['index', 'order 2025/1250/0', { order: '2025/1250/0' }],
  ['index', 'start, one day', { startFrom: day('2026-03-02'), startTo: day('2026-03-02') }],
  ['index', 'start, one week', { startFrom: day('2026-03-02'), startTo: day('2026-03-08') }],
  ['index', 'item, whole code', { item: 'BK-10001' }],
  ['index', 'item, beginning', { item: 'fr-001' }],
  ['scan', 'item, begins with FR (a fifth)', { item: 'FR' }],
  [
    'index',
    'start week and work centre',
    { startFrom: day('2026-03-02'), startTo: day('2026-03-08'), workCentre: ['WC007'] },
  ],
  ['scan', 'usage day', { usageFrom: day('2026-03-02'), usageTo: day('2026-03-02') }],
  ['scan', 'machine', { machine: ['M007'] }],
  ['scan', 'end, one week', { endFrom: day('2026-03-02'), endTo: day('2026-03-08') }],
  ['scan', 'due, one week', { dueFrom: day('2026-03-02'), dueTo: day('2026-03-08') }],
  ['scan', 'usage week', { usageFrom: day('2026-03-02'), usageTo: day('2026-03-08') }],
  ['scan', 'work centre', { workCentre: ['WC007'] }],
  ['scan', 'three work centres', { workCentre: ['WC007', 'wc008', 'WC009'] }],
  ['scan', 'site', { site: ['S2'] }],
  ['scan', 'customer, beginning', { customer: 'cliente 12' }],
  ['scan', 'customer %12%', { customer: '%12%' }],
  ['scan', 'customer, not there', { customer: '%nobody%' }],
  ['scan', 'project', { project: 'progetto 7' }],
  ['scan', 'sales order', { salesOrder: 'OC-2026/1000' }],
  ['scan', 'job order', { jobOrder: '2026/77' }],
  ['scan', 'job order %/1_7', { jobOrder: '%/1_7' }],
  ['scan', 'job-order type', { jobOrderType: 'spare' }],
  ['scan', 'order %/12%', { order: '%/12%' }],
  ['scan', 'item %01', { item: '%01' }],
  ['scan', 'item %rosso', { item: '%rosso' }],
  ['scan', 'category', { category: 'C7' }],
  ['scan', 'variant', { variant: 'v3' }],
  ['scan', 'BOM level', { bomLevel: [2] }],
  ['scan', 'mandatory', { mandatory: true }],
  ['scan', 'on hold', { onHold: true }],
  ['scan', 'not printed', { printed: false }],
  ['scan', 'customer, item, hold', { customer: '%società', item: '%nero', onHold: false }],
];

async function main(): Promise<void> {
  await onDatabase(async (pool) => {
    await makeSearchPlant(pool, OPEN_ORDERS);
    const book = bookOn(pool);
    console.log(
      `Searches of ${OPEN_ORDERS.toLocaleString('en')} launched orders beside as many fulfilled ones, pages of ${PAGE}; medians of ${ROUNDS} in ms.\n`,
    );
    console.log('| by | found | first page and count | next page |\n|:---|---:|---:|---:|');
    for (const [kind, what, query] of searches) console.log(await measure(book, kind, what, query));
  });
}

async function measure(book: OrderBook, kind: string, what: string, query: OrderQuery): Promise<string> {
  const launched: OrderQuery = { ...query, state: ['launched'] };
  const { total, next } = await book.search(company, launched, { limit: PAGE });
  const first = await medianOf(() => book.search(company, launched, { limit: PAGE }));
  const following =
    next === null
      ? ''
      : (await medianOf(() => book.search(company, launched, { limit: PAGE, cursor: next }))).toFixed(1);
  return `| ${kind}: ${what} | ${(total ?? 0).toLocaleString('en')} | ${first.toFixed(1)} | ${following} |`;
}

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await timed(work));
  return median(times);
}

void main();
