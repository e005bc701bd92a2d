import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupBy } from '../../../src/domain/group-by';
import { capacityWindow, narrower } from '../../../src/domain/refresh/capacity-window';
import { emptyContent, type CapacityNeed } from '../../../src/domain/refresh/order-content';
import { aCentre, aMachine, amount, anItem, anOperation, aRouting, lasting, masters, on } from './masters';
import { anOrder, at, codes, refreshAll, span } from './orders';

const limits = { constrained: true, criticalLoad: amount(90), dampener: amount(5) };
/** Orders of item A take `minutes` on the constrained machine CNC. */
const plant = (minutes: number, of: Parameters<typeof aMachine>[1] = limits) =>
  masters({
    items: [anItem('A', { routing: 'A' })],
    machines: [aMachine('CNC', of)],
    routings: [
      aRouting('A', [anOperation(10, { machine: 'CNC', run: lasting(minutes), lotSize: amount(60) })]),
    ],
  });
const orders = (count: number) => Array.from({ length: count }, (_, place) => anOrder({}, {}, place + 1));
const spans = (minutes: number, count: number, of?: Parameters<typeof aMachine>[1]) =>
  refreshAll(orders(count), plant(minutes, of)).map(({ content }) => content && span(content.header));
const busy = (from: string, to: string, minutes: number): CapacityNeed => ({
  ...{
    orderLine: 10000,
    operation: 10,
    workCentre: 'WC1',
    machine: 'CNC',
    kind: 'run',
    capacities: amount(1),
  },
  ...{ day: on(from.slice(0, 10)), startsAt: at(from), endsAt: at(to), minutes: amount(minutes) },
});

describe('a constrained centre', () => {
  it('T-25 has what its load leaves up to the critical one, and a dampener above that', () => {
    const window = (load: number) => capacityWindow({ effective: 480, criticalLoad: 90, dampener: 5 }, load);
    assert.deepEqual(window(0), { available: 432, dampener: 24 });
    assert.deepEqual(window(408), { available: 24, dampener: 24 });
    assert.deepEqual(window(440), { available: 0, dampener: 16 });
    assert.deepEqual(window(470), { available: 0, dampener: 0 });
  });

  it('takes the narrower of the limits of machine and work centre', () => {
    assert.deepEqual(narrower({ available: 100, dampener: 10 }, { available: 80, dampener: 50 }), {
      available: 80,
      dampener: 30,
    });
  });

  it('is given out in the sequence of the batch, a day up to its critical load', () => {
    // 432 minutes a day, and 24 more where an order then ends on that day: the third finds 32 left.
    assert.deepEqual(spans(200, 3), ['27 12:40 – 27 16:00', '27 09:20 – 27 12:40', '26 13:12 – 27 09:20']);
  });

  it('lets an order exceed the critical load by the dampener when all of it fits into the day', () => {
    assert.deepEqual(spans(456, 1), ['27 08:24 – 27 16:00']);
    assert.deepEqual(spans(457, 1), ['26 15:35 – 27 16:00']);
  });

  it('leaves the dampener alone when setup and run do not fit into the day together', () => {
    const data = plant(440);
    const operation = { ...data.routings.get('A')?.[0]?.operations[0], setup: lasting(30) };
    const routings = [aRouting('A', [anOperation(10, operation)])];
    const masters = { ...data, routings: new Map([['A', routings]]) };
    const [decision] = refreshAll(orders(1), masters);
    assert.deepEqual(decision?.content && span(decision.content.header), '26 15:22 – 27 16:00');
  });

  it('works around what others have booked', () => {
    const facts = { booked: [busy('2026-11-27 10:00', '2026-11-27 15:00', 300)] };
    const [decision] = refreshAll(orders(1), plant(120), {}, facts);
    assert.deepEqual(decision?.content && span(decision.content.header), '27 09:00 – 27 16:00');
    const minutes = decision?.content?.needs.map((need) => span(need));
    assert.deepEqual(minutes, ['27 09:00 – 27 10:00', '27 15:00 – 27 16:00']);
  });

  it('does as many things at once as it has capacities', () => {
    const two = { ...limits, capacity: amount(2), criticalLoad: amount(100) };
    assert.deepEqual(spans(240, 4, two), [
      '27 12:00 – 27 16:00',
      '27 12:00 – 27 16:00',
      '27 08:00 – 27 12:00',
      '27 08:00 – 27 12:00',
    ]);
  });

  it('counts the work of its machines for a constrained work centre', () => {
    const data = masters({
      items: [anItem('A', { routing: 'A' })],
      machines: [aMachine('M1'), aMachine('M2')],
      workCentres: [aCentre('WC1', { ...limits, criticalLoad: amount(50), dampener: amount(0) })],
      routings: [
        aRouting('A', [
          anOperation(10, { machine: 'M1', run: lasting(240), lotSize: amount(60), nextOperations: [20] }),
          anOperation(20, { machine: 'M2', run: lasting(240), lotSize: amount(60) }),
        ]),
      ],
    });
    const [decision] = refreshAll(orders(1), data);
    assert.deepEqual(decision?.content?.operations.map(span), ['26 12:00 – 26 16:00', '27 12:00 – 27 16:00']);
  });

  it('is never full where it is not constrained', () => {
    assert.deepEqual(new Set(spans(240, 5, {})), new Set(['27 12:00 – 27 16:00']));
  });

  it('has no booking left of an order that is refused', () => {
    const data = plant(240);
    const refused = anOrder({ item: 'B' }, {}, 1);
    const blocked = masters({
      ...{
        items: [...data.items.values(), anItem('B', { routing: 'A', bom: 'NONE' })],
        machines: [...data.machines.values()],
      },
      routings: [...data.routings.values()].flat(),
    });
    const decisions = refreshAll([refused, anOrder({}, {}, 2)], blocked);
    assert.deepEqual(decisions.map(codes), [['REF-09'], []]);
    assert.equal(decisions[1]?.content && span(decisions[1].content.header), '27 12:00 – 27 16:00');
  });

  it('keeps the bookings of marked orders that are not refreshed, also when that shows only while calculating', () => {
    const present = { ...emptyContent, needs: [busy('2026-11-27 12:00', '2026-11-27 16:00', 240)] };
    const second = (of: Parameters<typeof anOrder>[1]) => {
      const other = anOrder({ item: 'B' }, { present, ...of }, 2);
      const data = plant(120);
      const items = [...data.items.values(), anItem('B', { routing: 'NONE' })];
      const whole = masters({
        items,
        machines: [...data.machines.values()],
        routings: [...data.routings.values()].flat(),
      });
      const [first, refused] = refreshAll([anOrder(), other], whole);
      return [first?.content && span(first.content.header), refused && codes(refused)];
    };
    const fulfilled = {
      key: anOrder({}, {}, 2).marked.key,
      state: 'fulfilled',
      version: 1,
      lastChange: null,
    } as const;
    assert.deepEqual(second({ order: fulfilled }), ['27 10:00 – 27 12:00', ['REF-01']]);
    assert.deepEqual(second({}), ['27 10:00 – 27 12:00', ['REF-09']]);
  });

  it('gives the same again when a batch is refreshed twice', () => {
    const batch = orders(6);
    const once = refreshAll(batch, plant(200));
    const again = batch.map((each, place) => ({ ...each, present: once[place]?.content ?? emptyContent }));
    assert.deepEqual(refreshAll(again, plant(200)), once);
  });

  it('is never loaded above critical load and dampener, nor by two orders at once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom('back' as const, 'forward' as const),
        (minutes, direction) => {
          const batch = minutes.map((of, place) =>
            anOrder({ quantity: amount(of), startsAt: at('2026-11-02 08:00') }, {}, place + 1),
          );
          const decisions = refreshAll(batch, plant(60), { direction });
          const needs = decisions.flatMap(({ content }) => content?.needs ?? []);
          for (const [, ofDay] of groupBy(needs, ({ day }) => day)) {
            const load = ofDay.reduce((sum, each) => sum.plus(each.minutes), amount(0));
            assert.ok(load.lte(456), load.toString());
            const inTime = ofDay.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
            for (const [place, each] of inTime.entries())
              assert.ok(place === 0 || (inTime[place - 1]?.endsAt ?? '') <= each.startsAt);
          }
          for (const [place, { content }] of decisions.entries()) {
            const total = content?.needs.reduce((sum, each) => sum.plus(each.minutes), amount(0));
            assert.ok(total?.eq(minutes[place] ?? 0));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
