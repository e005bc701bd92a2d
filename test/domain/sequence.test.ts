import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDate } from '../../src/domain/calendar';
import { orderKey } from '../../src/domain/order';
import { bySequence, type Sequenced } from '../../src/domain/sequence';

const place = (number: number, start: string | null): Sequenced => ({
  key: orderKey({ year: 2026, number, lot: 0 }),
  start: start === null ? null : calendarDate(start),
});
const anyPlace = fc
  .tuple(
    fc.integer({ min: 1, max: 30 }),
    fc.option(fc.constantFrom('2026-11-20', '2026-11-21', '2027-01-01')),
  )
  .map(([number, start]) => place(number, start));
const shown = ({ key, start }: Sequenced) => `${start ?? '-'} ${key}`;

describe('the sequence of a run', () => {
  it('is by start date, then by key as numbers', () => {
    const orders = [place(10, '2026-11-23'), place(9, '2026-11-23'), place(99, '2026-11-22')];
    assert.deepEqual(orders.sort(bySequence).map(shown), [
      '2026-11-22 2026/99/0',
      '2026-11-23 2026/9/0',
      '2026-11-23 2026/10/0',
    ]);
  });

  it('has orders nobody knows at its end, by key', () => {
    const orders = [place(2, null), place(1, null), place(3, '2999-01-01')];
    assert.deepEqual(orders.sort(bySequence).map(shown), ['2999-01-01 2026/3/0', '- 2026/1/0', '- 2026/2/0']);
  });

  it('does not depend on how the orders were marked', () => {
    const orders = fc.uniqueArray(anyPlace, { selector: ({ key }) => key });
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const shuffled = list
          .map((order) => ({ order, at: numbers.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ order }) => order);
        assert.deepEqual(shuffled.sort(bySequence), [...list].sort(bySequence));
      }),
    );
  });

  it('puts each order before every later one', () => {
    fc.assert(
      fc.property(fc.array(anyPlace), (list) => {
        const sorted = list.sort(bySequence);
        sorted.forEach((earlier, index) => {
          for (const later of sorted.slice(index)) assert.ok(bySequence(earlier, later) <= 0);
        });
      }),
    );
  });
});
