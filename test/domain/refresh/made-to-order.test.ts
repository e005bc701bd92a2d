import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import { aBom, aLine, anItem, anOperation, aRouting, lasting } from './masters';
import { anOrder, at, linesOf, only, op10, op20, refreshed, span, twoOperations } from './orders';

describe('what is made to order', () => {
  const toOrder = (of: Parameters<typeof twoOperations>[0] = {}) =>
    twoOperations({
      items: [
        anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1, makeToOrder: true }),
        anItem('S', { routing: 'S', bom: 'S', makeToOrder: true }),
        anItem('T', { makeToOrder: true, leadTimeDays: 2 }),
        anItem('P', { makeToOrder: true, procurement: 'purchase' }),
        anItem('X'),
      ],
      boms: [
        aBom('A', [
          aLine(10, 'S', '1', { routingLink: 'L20' }),
          aLine(20, 'T', '1'),
          aLine(30, 'P', '1'),
          aLine(40, 'S', '2', { leadTimeOffsetDays: 1 }),
        ]),
        aBom('S', [aLine(10, 'X', '1'), aLine(20, 'T', '1')]),
      ],
      routings: [aRouting('A', [op10, op20]), aRouting('S', [anOperation(10, { run: lasting(1) })])],
      ...of,
    });

  it('is a line of the same order, a level below, done when its first component is needed', () => {
    const content = refreshed(anOrder(), toOrder());
    assert.deepEqual(linesOf(content), [
      '10000 0 A 60 2026-11-27',
      // Twice for A: once by day only, which is the earlier.
      '20000 1 S 180 2026-11-24',
      '30000 1 T 60 2026-11-25',
      '40000 2 T 180 2026-11-23',
    ]);
    assert.deepEqual(content.lines.map(span), [
      ...['25 14:45 – 26 16:00', '23 13:00 – 23 16:00', '23 00:00 – 25 14:45', '21 00:00 – 23 13:00'],
    ]);
  });

  it('is reserved for the materials that it makes', () => {
    const content = refreshed(anOrder(), toOrder());
    const names = new Map(
      content.materials.map(({ line, item, orderLine }) => [line, `${orderLine} ${item}`]),
    );
    const supplies = content.supplies.map(
      ({ material, orderLine, quantity }) =>
        `${names.get(material)} ← ${orderLine} ${quantityText(quantity)}`,
    );
    assert.deepEqual(supplies, [
      '10000 S ← 20000 60',
      '10000 S ← 20000 120',
      '10000 T ← 30000 60',
      '20000 T ← 40000 180',
    ]);
  });

  it('starts the order with the first of its lines', () => {
    const { header } = refreshed(anOrder(), toOrder());
    assert.deepEqual([span(header), header.dueOn], ['21 00:00 – 26 16:00', '2026-11-27']);
  });

  it('goes backward from its component when the order goes forward', () => {
    const content = refreshed(anOrder({ startsAt: at('2026-11-25 08:00') }), toOrder(), {
      direction: 'forward',
    });
    assert.deepEqual(content.lines.slice(0, 2).map(span), ['25 08:00 – 26 09:15', '23 13:00 – 23 16:00']);
  });

  it('is no line where the item that takes it is not made to order', () => {
    const stock = toOrder();
    const items = [...stock.items.values()].map((item) =>
      item.item === 'A' ? { ...item, makeToOrder: false } : item,
    );
    const content = refreshed(anOrder(), {
      ...stock,
      items: new Map(items.map((item) => [item.item, item])),
    });
    assert.deepEqual([linesOf(content).length, content.supplies], [1, []]);
  });

  it('goes when components are calculated without lines', () => {
    const present = refreshed(anOrder(), toOrder());
    const content = refreshed(anOrder({}, { present }), toOrder(), only('componentNeed'));
    assert.deepEqual([linesOf(content), content.supplies], [['10000 0 A 60 2026-11-27'], []]);
    const kept = refreshed(anOrder({}, { present }), toOrder(), only('routings'));
    assert.deepEqual([linesOf(kept), kept.supplies], [linesOf(present), present.supplies]);
  });
});
