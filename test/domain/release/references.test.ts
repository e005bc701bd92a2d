import assert from 'node:assert/strict';
import fc from 'fast-check';
import { orderKey, type MarkedOrder, type OrderKey } from '../../../src/domain/order';
import {
  subOrdersOf,
  withReferences,
  type Maker,
  type ParentOrder,
  type Product,
  type SubOrder,
} from '../../../src/domain/release/references';

const key = (number: number) => orderKey({ year: 2026, number, lot: 0 });
const product = (text: string) => text as Product;
const parent = (number: number, takes: string, jobOrder = 'J', level = 1): ParentOrder => ({
  key: key(number),
  ...{ jobOrder, level, takes: takes.split('').map(product) },
});
const maker = (number: number, makes: string, change: Partial<Maker> = {}): Maker => ({
  ...{ key: key(number), version: number, launched: true, jobOrder: 'J', level: 2, makes: product(makes) },
  promisedTo: [],
  ...change,
});
const keysOf = (orders: readonly { readonly key: OrderKey }[]) => orders.map((order) => order.key);
const nobody = new Set<OrderKey>();
const marked = (...numbers: number[]): MarkedOrder[] =>
  numbers.map((number) => ({ key: key(number), version: 1 }));

describe('sub-orders of an order', () => {
  it('are those of its job order that make what it takes', () => {
    const makers = [maker(2, 'A'), maker(3, 'Z'), maker(4, 'A', { jobOrder: 'K' }), maker(5, 'B')];
    assert.deepEqual(keysOf(subOrdersOf([parent(1, 'AB')], makers, nobody)), [key(2), key(5)]);
  });

  it('are not those of orders without a job order', () => {
    assert.deepEqual(subOrdersOf([parent(1, 'A', '')], [maker(2, 'A', { jobOrder: '' })], nobody), []);
  });

  it('are never above it, nor the order itself', () => {
    const makers = [maker(2, 'A', { level: 1 }), maker(1, 'A', { level: 2 })];
    assert.deepEqual(subOrdersOf([parent(1, 'A', 'J', 2)], makers, nobody), []);
  });

  it('are those whose output is promised to it, whatever their job order, and no others’', () => {
    const makers = [
      maker(2, 'A', { jobOrder: 'K', promisedTo: [key(1)] }),
      maker(3, 'A', { promisedTo: [key(9)] }),
    ];
    assert.deepEqual(keysOf(subOrdersOf([parent(1, 'A')], makers, nobody)), [key(2)]);
  });

  it('have one place each: below the first order that they work for', () => {
    const found = subOrdersOf([parent(1, 'A'), parent(2, 'AB')], [maker(3, 'A'), maker(4, 'B')], nobody);
    assert.deepEqual(
      found.map((sub) => [sub.key, sub.under]),
      [
        [key(3), key(1)],
        [key(4), key(2)],
      ],
    );
  });
});

describe('orders with the sub-orders that go along', () => {
  const below = (number: number, under: number, change: Partial<Maker> = {}): SubOrder => ({
    ...maker(number, 'A', change),
    under: key(under),
  });

  it('come each followed by its own, the nearest first', () => {
    const subs = [below(11, 1), below(12, 1), below(111, 11), below(21, 2)];
    assert.deepEqual(
      keysOf(withReferences(marked(1, 2), subs)),
      [1, 11, 12, 111, 2, 21].map((number) => key(number)),
    );
  });

  it('leave out what is executive already, and not what is below that', () => {
    const subs = [below(11, 1, { launched: false }), below(111, 11)];
    assert.deepEqual(withReferences(marked(1), subs), [
      ...marked(1),
      { key: key(111), version: 111, goesWith: key(1) },
    ]);
  });

  it('keep what is marked itself in its own place, with its own version', () => {
    const subs = [below(2, 1), below(3, 2)];
    assert.deepEqual(withReferences(marked(2, 1), subs), [
      ...marked(2, 1).slice(0, 1),
      { key: key(3), version: 3, goesWith: key(2) },
      ...marked(1),
    ]);
  });

  it('end and name each order once, whatever circles the orders stand in', () => {
    const letters = ['A', 'B', 'C', 'D', 'E'];
    const plant = fc.array(
      fc.record({
        makes: fc.constantFrom(...letters),
        takes: fc.subarray(letters),
        jobOrder: fc.constantFrom('J', 'K', ''),
        level: fc.integer({ min: 1, max: 3 }),
        promisedTo: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(plant, (orders) => {
        const makers = orders.map(({ makes, promisedTo, ...order }, number) =>
          maker(number, makes, { ...order, promisedTo: promisedTo.map(key) }),
        );
        const parents = new Map(
          orders.map(({ takes, jobOrder, level }, number) => [
            key(number),
            parent(number, takes.join(''), jobOrder, level),
          ]),
        );
        const reached = new Set([key(0)]);
        const found: SubOrder[] = [];
        for (let level: readonly OrderKey[] = [key(0)]; level.length > 0;) {
          const next = subOrdersOf(
            level.flatMap((each) => parents.get(each) ?? []),
            makers,
            reached,
          );
          for (const sub of next) reached.add(sub.key);
          found.push(...next);
          level = keysOf(next);
        }
        const all = keysOf(withReferences(marked(0), found));
        assert.equal(new Set(all).size, all.length);
        assert.deepEqual(new Set(all), reached);
      }),
    );
  });
});
