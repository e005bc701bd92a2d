import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, calendarDate, type CalendarDate } from '../../../src/domain/calendar';
import { quantity } from '../../../src/domain/quantity';
import type { StockKey } from '../../../src/domain/release/stock';
import {
  firstFeasibleDays,
  type StockAhead,
  type WaitingOrder,
} from '../../../src/domain/shortage/first-feasible';
import { keyOf } from '../candidates';

const today = calendarDate('2026-11-20');
const after = (days: number) => addDays(today, days);
const [a, b] = ['A', 'B'] as [StockKey, StockKey];

const ahead = (
  free: number,
  ...arrivals: readonly (readonly [days: number, quantity: number])[]
): StockAhead => ({
  free: quantity(String(free)),
  arrivals: arrivals.map(([days, coming]) => ({ on: after(days), quantity: quantity(String(coming)) })),
});
const waiting = (number: number, needs: Readonly<Partial<Record<string, number>>>): WaitingOrder => ({
  key: keyOf(number),
  needs: Object.entries(needs).map(([stock, need]) => ({
    stock: stock as StockKey,
    quantity: quantity(String(need)),
  })),
});
const days = (...given: Parameters<typeof firstFeasibleDays>) =>
  firstFeasibleDays(...given).map(({ on }) => on);

describe('the first feasible day', () => {
  it('is the day whose supplies cover the need, after those before it in sequence', () => {
    const stock = new Map([[a, ahead(10, [3, 40], [7, 100])]]);
    const orders = [waiting(1, { A: 30 }), waiting(2, { A: 30 }), waiting(3, { A: 90 })];
    assert.deepEqual(days(orders, stock, today), [after(3), after(7), after(7)]);
  });

  it('is nobody knows when, where what is on its way never suffices, and such an order takes nothing from others', () => {
    const stock = new Map([[a, ahead(0, [2, 50])]]);
    assert.deepEqual(days([waiting(1, { A: 60 }), waiting(2, { A: 50 })], stock, today), [null, after(2)]);
  });

  it('lets a later order go earlier, but never puts an earlier one off', () => {
    const stock = new Map([[a, ahead(20, [5, 30])]]);
    const orders = [waiting(1, { A: 40 }), waiting(2, { A: 10 }), waiting(3, { A: 5 })];
    assert.deepEqual(days(orders, stock, today), [after(5), today, null]);
  });

  it('is the day of the last of its materials, and says it of each', () => {
    const stock = new Map([
      [a, ahead(0, [2, 10])],
      [b, ahead(0, [9, 10])],
    ]);
    const [first] = firstFeasibleDays([waiting(1, { A: 5, B: 5 })], stock, today);
    assert.equal(first?.on, after(9));
    assert.deepEqual(
      [...(first?.byStock ?? [])],
      [
        [a, after(2)],
        [b, after(9)],
      ],
    );
  });

  it('counts what should have come before as of today', () => {
    assert.deepEqual(days([waiting(1, { A: 5 })], new Map([[a, ahead(0, [-4, 5])]]), today), [today]);
  });

  it('leaves no stock below what its orders take on their days, and no order waiting longer than it must', () => {
    const names = [a, b];
    const anyStock = fc.record({
      free: fc.integer({ min: 0, max: 40 }),
      arrivals: fc.array(fc.tuple(fc.integer({ min: -3, max: 12 }), fc.integer({ min: 1, max: 40 })), {
        maxLength: 6,
      }),
    });
    const anyOrder = fc.dictionary(fc.constantFrom<string>(...names), fc.integer({ min: 1, max: 40 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(fc.tuple(anyStock, anyStock), fc.array(anyOrder, { maxLength: 10 }), (given, orders) => {
        const stocks = new Map(
          names.map((name, at) => [name, ahead(given[at]?.free ?? 0, ...(given[at]?.arrivals ?? []))]),
        );
        const found = firstFeasibleDays(
          orders.map((needs, at) => waiting(at + 1, needs)),
          stocks,
          today,
        );
        const taken: { readonly on: CalendarDate; readonly needs: Readonly<Record<string, number>> }[] = [];
        const holds = () =>
          names.every((name, at) =>
            Array.from({ length: 16 }, (_, day) => after(day)).every((day) => {
              const came = (given[at]?.arrivals ?? []).filter(([days]) => after(Math.max(days, 0)) <= day);
              const there = came.reduce((sum, [, coming]) => sum + coming, given[at]?.free ?? 0);
              const gone = taken
                .filter(({ on }) => on <= day)
                .reduce((sum, { needs }) => sum + (needs[name] ?? 0), 0);
              return gone <= there;
            }),
          );
        found.forEach(({ on }, place) => {
          const needs = orders[place] ?? {};
          const feasible = Array.from({ length: 16 }, (_, day) => after(day)).find((day) => {
            taken.push({ on: day, needs });
            const fits = holds();
            taken.pop();
            return fits;
          });
          assert.equal(on, feasible ?? null);
          if (on !== null) taken.push({ on, needs });
        });
        assert.ok(holds());
      }),
      { numRuns: 300 },
    );
  });
});
