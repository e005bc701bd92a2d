import assert from 'node:assert/strict';
import { localTime, type Instant } from '../../src/domain/calendar';
import { groupBy } from '../../src/domain/group-by';
import { quantity, quantityText } from '../../src/domain/quantity';
import type { WantedOrder } from '../../src/domain/refresh/candidate';
import { decideRefresh } from '../../src/domain/refresh/decide';
import { defaultOptions, type RefreshOptions } from '../../src/domain/refresh/options';
import type { OrderContent } from '../../src/domain/refresh/order-content';
import { reschedule } from '../../src/domain/refresh/reschedule';
import { contoso, contosoMasters } from './contoso-masters';
import { amount, on } from '../domain/refresh/masters';
import { anOrder, hours, keyOf } from '../domain/refresh/orders';

const masters = contosoMasters();
const facts = {
  masters,
  hours: { ...hours, timeZone: 'Europe/London' },
  booked: [],
  today: on('2025-06-01'),
};
const shown = (at: Instant | null) =>
  at === null ? '–' : localTime('Europe/London', at).slice(5, 16).replace('T', ' ');
const operations = ({ operations }: OrderContent) =>
  operations.map(({ operation, startsAt, endsAt }) => `${operation}: ${shown(startsAt)} – ${shown(endsAt)}`);

function refreshed(wanted: Partial<WantedOrder>, options: Partial<RefreshOptions> = {}): OrderContent {
  const order = anOrder({
    item: 'SP-SCM1009',
    unit: 'PCS',
    quantity: amount(10),
    dueOn: on('2025-06-13'),
    ...wanted,
  });
  const [decision] = decideRefresh([order], facts, { ...defaultOptions, ...options });
  assert.ok(decision?.content, JSON.stringify(decision?.refusals));
  return decision.content;
}

describe('a refresh at Contoso Coffee', () => {
  const startsAt = new Date('2025-06-12T07:00:00Z').toISOString() as Instant;

  it('goes backward through the serial routing of the Airpot', () => {
    assert.deepEqual(operations(refreshed({})), [
      ...['10: 06-12 14:40 – 06-13 09:30', '20: 06-13 09:30 – 06-13 12:50'],
      ...['30: 06-13 12:50 – 06-13 14:30', '40: 06-13 14:30 – 06-13 16:00'],
    ]);
  });

  it('goes forward, and is due when it is done', () => {
    const content = refreshed({ startsAt }, { direction: 'forward' });
    assert.deepEqual(operations(content), [
      ...['10: 06-12 08:00 – 06-12 10:50', '20: 06-12 10:50 – 06-12 14:10'],
      ...['30: 06-12 14:10 – 06-12 15:50', '40: 06-12 15:50 – 06-13 09:20'],
    ]);
    assert.equal(content.header.dueOn, '2025-06-13');
  });

  it('moves wiring to the next morning, and with it what follows', () => {
    const present = refreshed({ startsAt }, { direction: 'forward' });
    const moved = {
      orderLine: 10000,
      operation: 20,
      startsAt: new Date('2025-06-13T07:00:00Z').toISOString() as Instant,
    };
    const { content } = reschedule({ key: keyOf(1), present, warehouse: null }, moved, facts);
    assert.ok(content);
    assert.deepEqual(operations(content), [
      ...['10: 06-12 08:00 – 06-12 10:50', '20: 06-13 08:00 – 06-13 11:20'],
      ...['30: 06-13 11:20 – 06-13 13:00', '40: 06-13 13:00 – 06-13 14:30'],
    ]);
  });

  it('needs the components of AutoDrip with a routing link when wiring starts', () => {
    const content = refreshed({ item: 'SP-SCM1004' });
    const wiring = content.operations.find(({ operation }) => operation === 20);
    const linked = content.materials.filter(({ operation }) => operation === 20);
    assert.deepEqual(
      linked.map(({ item, usageAt }) => [item, usageAt === wiring?.startsAt]),
      [
        ['SP-BOM1302', true],
        ['SP-BOM1303', true],
      ],
    );
    assert.ok(
      content.materials.some(
        ({ operation, usageAt }) => operation === null && usageAt === content.header.startsAt,
      ),
    );
  });

  it('replaces a phantom by its parts', () => {
    const items = refreshed({ item: 'SP-SCM1006' }).materials.map(({ item }) => item);
    assert.ok(items.length > 5 && !items.includes('SP-SCM1006-BASE'));
  });

  it('needs what the orders of the plant need', () => {
    const materials = groupBy(contoso.order_materials, ({ number, lot }) => `${number}/${lot}`);
    const needs = (rows: readonly { item: string; quantity: string }[]) =>
      rows.map((each) => `${each.item} ${quantityText(quantity(each.quantity))}`).sort();
    for (const { number, lot, item, quantity: pieces, due } of contoso.orders) {
      const content = refreshed({ item, quantity: quantity(pieces), dueOn: on(due) });
      const calculated = content.materials.map((each) => ({
        item: each.item,
        quantity: quantityText(each.quantity),
      }));
      assert.deepEqual(
        needs(calculated),
        needs(materials.get(`${number}/${lot}`) ?? []),
        `${number} ${item}`,
      );
    }
  });
});
