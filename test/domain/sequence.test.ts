import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDate } from '../../src/domain/calendar';
import { orderKey } from '../../src/domain/order';
import { inSequence, type Sequenced } from '../../src/domain/sequence';

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
    assert.deepEqual(inSequence(orders).map(shown), [
      '2026-11-22 2026/99/0',
      '2026-11-23 2026/9/0',
      '2026-11-23 2026/10/0',
    ]);
  });

  it('compares year, number and lot as numbers', () => {
    const keys = [
      [2026, 10, 0],
      [2026, 9, 1],
      [2025, 99, 0],
      [2026, 9, 10],
      [2026, 9, 2],
    ] as const;
    const start = calendarDate('2026-11-23');
    const orders = keys.map(([year, number, lot]) => ({ key: orderKey({ year, number, lot }), start }));
    assert.deepEqual(
      inSequence(orders).map(({ key }) => key),
      ['2025/99/0', '2026/9/1', '2026/9/2', '2026/9/10', '2026/10/0'],
    );
  });

  it('has orders nobody knows at its end, by key', () => {
    const orders = [place(2, null), place(1, null), place(3, '2999-01-01')];
    assert.deepEqual(inSequence(orders).map(shown), ['2999-01-01 2026/3/0', '- 2026/1/0', '- 2026/2/0']);
  });

  it('does not depend on how the orders were marked', () => {
    const orders = fc.uniqueArray(anyPlace, { selector: ({ key }) => key });
    fc.assert(
      fc.property(orders, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const shuffled = list
          .map((order) => ({ order, at: numbers.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ order }) => order);
        assert.deepEqual(inSequence(shuffled), inSequence(list));
      }),
    );
  });

  it('keeps every order, none twice, and leaves the list it was given as it was', () => {
    fc.assert(
      fc.property(fc.array(anyPlace), (list) => {
        const before = [...list];
        const sorted = inSequence(list);
        assert.deepEqual(list, before);
        assert.deepEqual(sorted.map(shown).sort(), before.map(shown).sort());
        assert.deepEqual(
          sorted.map(({ start }) => start ?? '~'),
          before.map(({ start }) => start ?? '~').sort(),
        );
      }),
    );
  });
});
