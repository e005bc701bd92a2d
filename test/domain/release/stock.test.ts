import assert from 'node:assert/strict';
import { quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease } from '../../../src/domain/release/decide';
import { candidate, codes, staleCandidate, unknownCandidate } from '../candidates';
import { balance, balances, needing, stock } from './needs';

describe('deciding a release by what is in stock', () => {
  it('takes a stock without balance as covered', () => {
    const [decision] = decideRelease([needing(candidate(1), { A: '5' })], new Map());
    assert.deepEqual(decision?.refusals, []);
  });

  it('counts what an order gives back right before for itself, and for others once it is released', () => {
    const giving = (number: number, need: string, back: string) => ({
      ...needing(candidate(number), { A: need }),
      returned: [{ stock: stock('A'), quantity: quantity(back) }],
    });
    const went = (...orders: ReleaseCandidate[]) =>
      decideRelease(orders, balances(balance('A', '10'))).map(({ refusals }) => codes(refusals));
    assert.deepEqual(went(giving(1, '60', '50')), [[]]);
    assert.deepEqual(went(giving(1, '61', '50'), giving(2, '30', '40')), [['REL-10'], []]);
    assert.deepEqual(went(giving(1, '30', '40'), giving(2, '70', '50')), [[], []]);
    assert.deepEqual(went(giving(1, '61', '50'), needing(candidate(2), { A: '11' })), [
      ['REL-10'],
      ['REL-10'],
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
    const decisions = decideRelease(orders, balances(balance('A', '10', { belowZero: 'allowed' })));
    assert.deepEqual(
      decisions.map(({ refusals }) => refusals),
      [[], []],
    );
  });

  it('REL-10 for a lot-managed stock, beside one that may go below zero', () => {
    const book = balances(balance('A', '0', { belowZero: 'allowed' }), balance('L', '0', { lot: 'L1' }));
    const [decision] = decideRelease([needing(candidate(1), { A: '5', L: '5' })], book);
    assert.deepEqual(
      decision?.refusals.map(({ params }) => params['item']),
      ['L'],
    );
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
