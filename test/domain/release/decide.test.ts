import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/domain/header-rules';
import { quantity } from '../../../src/domain/quantity';
import {
  decideRelease,
  type ReleaseCandidate,
  type StockBalance,
  type StockKey,
} from '../../../src/domain/release/decide';
import { candidate, codes, keyOf, staleCandidate, unknownCandidate } from '../candidates';

// Any text that tells stocks apart will do here.
const stock = (name: string) => name as StockKey;
const balance = (item: string, available: string, changes: Partial<StockBalance> = {}) =>
  [
    stock(item),
    {
      ...{ item, variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' },
      ...{ available: quantity(available), mayGoNegative: false, ...changes },
    },
  ] as const;
const balances = (...entries: (readonly [StockKey, StockBalance])[]) => new Map(entries);

/** A candidate that needs so much of each stock. */
const needing = (order: Candidate, needs: Record<string, string> = {}): ReleaseCandidate => ({
  ...order,
  unresolved: [],
  needs: Object.entries(needs).map(([name, text]) => ({ stock: stock(name), quantity: quantity(text) })),
});

describe('deciding a release', () => {
  it('lets a launched order go whose needs are covered', () => {
    const decisions = decideRelease([needing(candidate(1), { A: '100' })], balances(balance('A', '100')));
    assert.deepEqual(decisions, [{ key: keyOf(1), refusals: [] }]);
  });

  it('lets an order without automatic materials go', () => {
    assert.deepEqual(decideRelease([needing(candidate(1))], new Map()), [{ key: keyOf(1), refusals: [] }]);
  });

  it('takes a stock without balance as covered', () => {
    const [decision] = decideRelease([needing(candidate(1), { A: '5' })], new Map());
    assert.deepEqual(decision?.refusals, []);
  });

  it('ORD-01 an order that does not exist', () => {
    const [decision] = decideRelease([needing(unknownCandidate(7))], new Map());
    assert.deepEqual(decision, {
      key: keyOf(7),
      refusals: [{ code: 'ORD-01', params: { order: '2026/7/0' } }],
    });
  });

  for (const state of ['executive', 'fulfilled', 'historical'] as const) {
    it(`REL-01 an order that is ${state}`, () => {
      const [decision] = decideRelease([needing(candidate(1, { state }))], new Map());
      assert.deepEqual(decision?.refusals, [{ code: 'REL-01', params: { order: '2026/1/0', state } }]);
    });
  }

  it('REL-01 does not speak of materials that will never be withdrawn', () => {
    const order = {
      ...needing(candidate(1, { state: 'executive' }), { A: '5' }),
      unresolved: [{ line: 10, item: 'B' }],
    };
    const [decision] = decideRelease([order], balances(balance('A', '0')));
    assert.deepEqual(codes(decision?.refusals), ['REL-01']);
  });

  it('REL-03 an order that was changed since it was marked names who and when', () => {
    const [decision] = decideRelease([needing(staleCandidate(1))], new Map());
    assert.deepEqual(decision?.refusals, [
      { code: 'REL-03', params: { order: '2026/1/0', user: 'anna', at: '2026-11-20T09:30:00.000Z' } },
    ]);
  });

  it('REL-03 a version that is newer than the book is no better', () => {
    const order = needing(candidate(1));
    const ahead = { ...order, marked: { ...order.marked, version: order.marked.version + 1 } };
    assert.deepEqual(codes(decideRelease([ahead], new Map())[0]?.refusals), ['REL-03']);
  });

  it('REL-08 every material without warehouse and reason, each with its line', () => {
    const unresolved = [
      { line: 10, item: 'A' },
      { line: 30, item: 'B' },
    ];
    const [decision] = decideRelease([{ ...needing(candidate(1)), unresolved }], new Map());
    assert.deepEqual(decision?.refusals, [
      { code: 'REL-08', params: { order: '2026/1/0', line: '10', item: 'A' } },
      { code: 'REL-08', params: { order: '2026/1/0', line: '30', item: 'B' } },
    ]);
  });

  it('REL-10 a stock that does not cover the need says how much is short', () => {
    const book = balances(balance('A', '80.5', { variant: 'RED', lot: 'L1', unit: 'KG' }));
    const [decision] = decideRelease([needing(candidate(1), { A: '100' })], book);
    assert.deepEqual(decision?.refusals, [
      {
        code: 'REL-10',
        params: {
          ...{ item: 'A', variant: 'RED', warehouse: 'MAG1', lot: 'L1', unit: 'KG' },
          ...{ need: '100', available: '80.5', short: '19.5' },
        },
      },
    ]);
  });

  it('REL-10 by the smallest quantity there is', () => {
    const book = balances(balance('A', '1'));
    const [decision] = decideRelease([needing(candidate(1), { A: '1.000000001' })], book);
    assert.equal(decision?.refusals[0]?.params['short'], '0.000000001');
  });

  it('REL-10 a stock below zero has nothing available', () => {
    const [decision] = decideRelease([needing(candidate(1), { A: '5' })], balances(balance('A', '-20')));
    const { available, short } = decision?.refusals[0]?.params ?? {};
    assert.deepEqual([available, short], ['0', '5']);
  });

  it('REL-10 for every short stock, and not for the covered ones', () => {
    const book = balances(balance('A', '0'), balance('B', '10'), balance('C', '3'));
    const [decision] = decideRelease([needing(candidate(1), { A: '1', B: '10', C: '4' })], book);
    assert.deepEqual(
      decision?.refusals.map(({ code, params }) => `${code} ${params['item']}`),
      ['REL-10 A', 'REL-10 C'],
    );
  });

  it('REL-10 is what the orders before it have left over', () => {
    const orders = [1, 2].map((number) => needing(candidate(number), { A: '60' }));
    const [first, second] = decideRelease(orders, balances(balance('A', '100')));
    assert.deepEqual(first?.refusals, []);
    const { available, short } = second?.refusals[0]?.params ?? {};
    assert.deepEqual([available, short], ['40', '20']);
  });

  it('lets stock go below zero where that is allowed', () => {
    const orders = [1, 2].map((number) => needing(candidate(number), { A: '60' }));
    const decisions = decideRelease(orders, balances(balance('A', '10', { mayGoNegative: true })));
    assert.deepEqual(
      decisions.map(({ refusals }) => refusals),
      [[], []],
    );
  });

  it('REL-10 for a lot-managed stock, beside one that may go below zero', () => {
    const book = balances(balance('A', '0', { mayGoNegative: true }), balance('L', '0', { lot: 'L1' }));
    const [decision] = decideRelease([needing(candidate(1), { A: '5', L: '5' })], book);
    assert.deepEqual(
      decision?.refusals.map(({ params }) => params['item']),
      ['L'],
    );
  });

  it('says everything that keeps an order at once', () => {
    const order = {
      ...needing(staleCandidate(1), { A: '5', B: '5' }),
      unresolved: [{ line: 30, item: 'C' }],
    };
    const [decision] = decideRelease([order], balances(balance('A', '0'), balance('B', '1')));
    assert.deepEqual(codes(decision?.refusals), ['REL-03', 'REL-08', 'REL-10', 'REL-10']);
  });

  it('says of an executive order that was changed both things', () => {
    const [decision] = decideRelease([needing(staleCandidate(1, { state: 'executive' }))], new Map());
    assert.deepEqual(codes(decision?.refusals), ['REL-01', 'REL-03']);
  });

  it('a refused order consumes nothing, so a later one that fits still goes', () => {
    const orders = [
      needing(candidate(1), { A: '60' }),
      needing(candidate(2), { A: '60' }),
      needing(candidate(3), { A: '40' }),
    ];
    const decisions = decideRelease(orders, balances(balance('A', '100')));
    assert.deepEqual(
      decisions.map(({ refusals }) => codes(refusals)),
      [[], ['REL-10'], []],
    );
  });

  it('an order refused for one material leaves its other materials to the next', () => {
    const orders = [needing(candidate(1), { A: '5', B: '10' }), needing(candidate(2), { B: '10' })];
    const decisions = decideRelease(orders, balances(balance('A', '0'), balance('B', '10')));
    assert.deepEqual(
      decisions.map(({ refusals }) => refusals.length),
      [1, 0],
    );
  });

  for (const [why, order] of [
    ['unknown', unknownCandidate(1)],
    ['changed meanwhile', staleCandidate(1)],
    ['executive already', candidate(1, { state: 'executive' })],
  ] as const) {
    it(`an order that is ${why} takes nothing from the next`, () => {
      const orders = [needing(order, { A: '100' }), needing(candidate(2), { A: '100' })];
      const [, second] = decideRelease(orders, balances(balance('A', '100')));
      assert.deepEqual(second?.refusals, []);
    });
  }
});
