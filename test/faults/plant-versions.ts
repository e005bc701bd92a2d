import fc from 'fast-check';
import { company, type Lines } from '../adapter/orderbook/small-plant';
import { zipOf } from '../adapter/http/zip';
import { seed } from '../seed';

/** Orders that are launched in the first version; later ones may say that they began in the other system. */
export const launchedOrders = Array.from({ length: 20 }, (_, index) => index + 1);
/** Orders that the other system has released, with their movements. */
export const begunOrders = [21, 22, 23, 24];
/** From the second version on each brings one more order that was released in the other system: 25, 26 … */
const versions = 6;
/** The last version names a material that nobody knows. */
export const faultyVersion = versions;

const automatic = ['A', 'D', 'E'];
const warehouseOf = (item: string) => (item === 'E' ? 'MAG2' : 'MAG1');
const unitOf = (item: string) => (item === 'C' ? 'KG' : 'PC');

const anyLines = fc.dictionary(
  fc.constantFrom('A', 'B', 'C', 'D', 'E'),
  fc.integer({ min: 1, max: 60 }).map(String),
  { noNullPrototype: true, minKeys: 1 },
);
/** Each order comes in this many forms; its quantity tells them apart. */
const forms = 3;
const lines = fc.sample(anyLines, { seed, numRuns: (begunOrders.length + versions + 20) * forms });

/** What an order of this quantity needs, by item; its lines are numbered 10, 20 … in this order. */
export function needsOf(order: number, quantity: number): Lines {
  const form = quantity - 50;
  const found = form >= 0 && form < forms ? lines[(order - 1) * forms + form] : undefined;
  if (!found) throw new RangeError(`No version has order ${order} with a quantity of ${quantity}`);
  return found;
}

/** What a release withdraws of such an order. */
export const withdrawnBy = (order: number, quantity: number): Lines =>
  Object.fromEntries(Object.entries(needsOf(order, quantity)).filter(([item]) => automatic.includes(item)));

/** What the versions count, by item; E is not in the first one. */
export const countsOf = (version: number): Lines => ({
  ...{ A: String(300 + version), D: String(150 + version), C: String(90 + version) },
  ...(version > 0 && { E: String(250 + version) }),
});

interface OrderInFile {
  readonly number: number;
  readonly quantity: number;
  readonly state: 'launched' | 'direct' | 'release';
}

const anyForm = fc.integer({ min: 0, max: forms - 1 });
/** 0: not in the files any more; 1: begun in the other system, without movements. */
const anyFate = fc.integer({ min: 0, max: 9 });
const anyVersion = fc.array(fc.tuple(anyForm, anyFate), { minLength: 40, maxLength: 40 });

function ordersOf(version: number): readonly OrderInFile[] {
  const [drawn = []] = fc.sample(anyVersion, { seed: seed + version, numRuns: 1 });
  const newer = Array.from({ length: version }, (_, index) => 25 + index);
  return [...launchedOrders, ...begunOrders, ...newer].flatMap((number): OrderInFile[] => {
    const [form, fate] = drawn[number - 1] ?? [0, 2];
    const quantity = 50 + form;
    if (number > launchedOrders.length) return [{ number, quantity, state: 'release' }];
    if (version > 0 && fate === 0) return [];
    return [{ number, quantity, state: version > 0 && fate === 1 ? 'direct' : 'launched' }];
  });
}

/** A version of the plant folder as a zip archive: 0 is the first, {@link faultyVersion} the last. */
export function archiveOf(version: number): Uint8Array<ArrayBuffer> {
  const files = { ...masterData(version), ...orderFiles(version) };
  const texts = Object.entries(files).map(([name, rows]) => [`${name}.csv`, `${rows.join('\n')}\n`] as const);
  const description = { company, name: 'Esempio', timeZone: 'Europe/Rome' };
  return new Uint8Array(zipOf({ 'plant.json': JSON.stringify(description), ...Object.fromEntries(texts) }));
}

/** Names differ in each version, so that every import writes rows that releases read. */
function masterData(version: number): Readonly<Record<string, readonly string[]>> {
  const item = (code: string, pickup: string): string =>
    `${code},Material ${code} ${version},${unitOf(code)},purchase,${pickup},${warehouseOf(code)},SCP,3`;
  return {
    work_centres: ['work_centre,name,site', `100,Assembly ${version},S1`],
    warehouses: [
      'warehouse,name,site,negative_stock',
      `MAG1,Raw material ${version},S1,false`,
      `MAG2,Parts ${version},S1,false`,
    ],
    items: [
      'item,description,unit,procurement,pickup_type,warehouse,reason,decimals',
      `P,Product ${version},PC,production,manual,,,0`,
      ...automatic.map((code) => item(code, 'automatic')),
      ...[item('B', 'with_list'), item('C', 'manual')],
    ],
    stock: [
      'item,warehouse,quantity',
      ...Object.entries(countsOf(version)).map(
        ([code, quantity]) => `${code},${warehouseOf(code)},${quantity}`,
      ),
    ],
  };
}

function orderFiles(version: number): Readonly<Record<string, readonly string[]>> {
  const orders = ordersOf(version);
  const linesOf = ({ number, quantity }: OrderInFile) =>
    Object.entries(needsOf(number, quantity)).map(([item, need], index) => ({
      ...{ number, item, need, line: 10 * (index + 1) },
    }));
  const unknown = version === faultyVersion ? [`2026,${orders[0]?.number},990,X,PC,1,1`] : [];
  return {
    orders: [
      'year,number,item,quantity,unit,start,end,due,work_centre,site,state,origin,released_on',
      ...orders.map(({ number, quantity, state }) => {
        const begun = state === 'launched' ? 'launched,,' : `executive,${state},`;
        const released = state === 'release' ? '2026-11-16' : '';
        return `2026,${number},P,${quantity},PC,2026-11-23,2026-11-25,2026-11-27,100,S1,${begun}${released}`;
      }),
    ],
    order_materials: [
      'year,number,line,item,unit,quantity_per,quantity',
      ...orders
        .flatMap(linesOf)
        .map(({ number, line, item, need }) => `2026,${number},${line},${item},${unitOf(item)},1,${need}`),
      ...unknown,
    ],
    movements: [
      'year,number,line,item,warehouse,reason,quantity,unit,posted_on',
      ...orders
        .filter(({ state }) => state === 'release')
        .flatMap(linesOf)
        .filter(({ item }) => automatic.includes(item))
        .map(
          ({ number, line, item, need }) =>
            `2026,${number},${line},${item},${warehouseOf(item)},SCP,${need},${unitOf(item)},2026-11-16`,
        ),
    ],
  };
}
