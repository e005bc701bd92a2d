import type { PlantTables } from './read-plant';
import { releaseInSequence } from './release-in-sequence';

export const FIRST_WEEK_END = '2014-03-07';

const count = <T>(rows: readonly T[], fits: (row: T) => boolean): number => rows.filter(fits).length;
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** The figures of the plant that data/README.md states, in the README's words. */
export function figuresOf(plant: PlantTables): ReadonlyMap<string, string> {
  const whole = (value: number): string => value.toLocaleString('en-US');
  const pickupOf = new Map(plant.items.map((item) => [item.item, item.pickup_type]));
  const linesOf = (pickup: string): string =>
    whole(count(plant.order_materials, (line) => pickupOf.get(line.item) === pickup));
  const ordersIn = (state: string, origin?: string): string =>
    whole(
      count(
        plant.orders,
        (order) => order.state === state && (origin === undefined || order.origin === origin),
      ),
    );
  const itemsWith = (pickup: string): string =>
    whole(count(plant.items, (item) => item.pickup_type === pickup));
  const week = releaseInSequence(plant, FIRST_WEEK_END);
  const inWindow = plant.orders.filter((order) => order.start >= '2014-02-07' && order.start <= '2014-03-28');

  return new Map([
    ...Object.entries(plant)
      .filter(([, rows]) => rows.length > 0)
      .map(([file, rows]): [string, string] => [`rows of ${file}`, whole(rows.length)]),
    ['launched orders', ordersIn('launched')],
    ['executive orders', ordersIn('executive')],
    ['executive orders by release', ordersIn('executive', 'release')],
    ['executive orders, direct', ordersIn('executive', 'direct')],
    ['fulfilled orders', ordersIn('fulfilled')],
    ['fulfilled orders by release', ordersIn('fulfilled', 'release')],
    ['fulfilled orders, direct', ordersIn('fulfilled', 'direct')],
    ['launched orders in the first load', whole(count(inWindow, (order) => order.state === 'launched'))],
    ['executive orders in the first load', whole(count(inWindow, (order) => order.state === 'executive'))],
    ['fulfilled orders in the first load', whole(count(inWindow, (order) => order.state === 'fulfilled'))],
    ['opening declarations', whole(count(plant.declarations, (row) => row.closing === 'false'))],
    ['closing declarations', whole(count(plant.declarations, (row) => row.closing === 'true'))],
    ['items drawn automatically', itemsWith('automatic')],
    ['items drawn with list', itemsWith('with_list')],
    ['items drawn manually', itemsWith('manual')],
    ['material lines, automatic', linesOf('automatic')],
    ['material lines, with list', linesOf('with_list')],
    ['material lines, manual', linesOf('manual')],
    ['launched orders of the first week', whole(week.orders)],
    ['releasable orders of the first week', whole(week.releasable)],
    ['share of short orders of the first week', percent(week.orders - week.releasable, week.orders)],
    ['automatic lines per order of the first week', (week.automaticLines / week.orders).toFixed(2)],
  ]);
}
