import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/domain/header-rules';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import { calendarDate, instant } from '../../../src/domain/calendar';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease, forcedCodes } from '../../../src/domain/release/decide';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { candidate, codes, keyOf, ready, staleCandidate, unknownCandidate } from '../candidates';

// Any text that tells stocks apart will do here.
const stock = (name: string) => name as StockKey;
const balance = (item: string, onHand: string, changes: Partial<StockBalance> = {}) =>
  [
    stock(item),
    {
      ...{
        item,
        variant: '',
        warehouse: 'MAG1',
        lot: '',
        unit: 'PC',
        lotManaged: false,
        onHand: quantity(onHand),
      },
      ...{ reserved: zero, reservedFor: new Map<OrderKey, Quantity>(), belowZero: 'never' as const },
      ...changes,
    },
  ] as const;
const balances = (...entries: (readonly [StockKey, StockBalance])[]) => new Map(entries);

/** A candidate that needs so much of each stock. */
const needing = (order: Candidate, needs: Record<string, string> = {}): ReleaseCandidate => ({
  ...ready(order),
  needs: Object.entries(needs).map(([name, text]) => ({ stock: stock(name), quantity: quantity(text) })),
});

describe('deciding a release', () => {
  it('lets a launched order go whose needs are covered', () => {
    const decisions = decideRelease([needing(candidate(1), { A: '100' })], balances(balance('A', '100')));
    assert.deepEqual(decisions, [{ key: keyOf(1), refusals: [], warnings: [] }]);
  });

  it('lets an order without automatic materials go', () => {
    assert.deepEqual(decideRelease([needing(candidate(1))], new Map()), [
      { key: keyOf(1), refusals: [], warnings: [] },
    ]);
  });

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

  it('ORD-01 an order that does not exist', () => {
    const [decision] = decideRelease([needing(unknownCandidate(7))], new Map());
    assert.deepEqual(decision, {
      key: keyOf(7),
      refusals: [{ code: 'ORD-01', params: { order: '2026/7/0' } }],
      warnings: [],
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

  for (const [what, wanted, produced] of [
    ['a quantity of zero', '0', '0'],
    ['a negative quantity', '-1', '0'],
    ['everything produced', '50', '50'],
    ['more produced than wanted', '50', '50.001'],
  ] as const) {
    it(`REL-05 ${what}`, () => {
      const order = { ...needing(candidate(1)), quantity: quantity(wanted), produced: quantity(produced) };
      const params = { order: '2026/1/0', quantity: wanted, produced };
      assert.deepEqual(decideRelease([order], new Map())[0]?.refusals, [{ code: 'REL-05', params }]);
    });
  }

  it('lets an order go of which the smallest part is left to produce', () => {
    const order = { ...needing(candidate(1)), quantity: quantity('50'), produced: quantity('49.999999999') };
    assert.deepEqual(decideRelease([order], new Map())[0]?.refusals, []);
  });

  it('REL-06 an item that is blocked for production', () => {
    const [decision] = decideRelease([{ ...needing(candidate(1)), blocked: true }], new Map());
    assert.deepEqual(decision?.refusals, [{ code: 'REL-06', params: { order: '2026/1/0', item: 'P' } }]);
  });

  const params = { order: '2026/1/0', item: 'P' };
  const lackingMaterials = { code: 'REL-07', params, forceable: true };
  const lackingOperations = {
    ...{ code: 'REL-07', params: { ...params, context: 'operations' }, forceable: true },
  };

  it('REL-07 an order without the materials it should have, or the operations, or both', () => {
    const [materials, operations, both] = decideRelease(
      [
        { ...needing(candidate(1)), lacksMaterials: true },
        { ...needing(candidate(1)), lacksOperations: true },
        { ...needing(candidate(1)), lacksMaterials: true, lacksOperations: true },
      ],
      new Map(),
    );
    assert.deepEqual(materials?.refusals, [lackingMaterials]);
    assert.deepEqual(operations?.refusals, [lackingOperations]);
    assert.deepEqual(both?.refusals, [lackingMaterials, lackingOperations]);
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

  it('REL-11 every closed warehouse the order would post to', () => {
    const day = calendarDate('2026-10-30');
    const [from, to] = [calendarDate('2026-10-01'), calendarDate('2026-10-31')];
    const closed = ['MAG1', 'MAG2'].map((warehouse) => ({ warehouse, day, from, to }));
    const [decision] = decideRelease([{ ...needing(candidate(1)), closed }], new Map());
    assert.deepEqual(
      decision?.refusals,
      ['MAG1', 'MAG2'].map((warehouse) => ({
        ...{ code: 'REL-11', params: { order: '2026/1/0', warehouse, date: day, from, to } },
      })),
    );
  });

  const hold = { reason: 'Drawing changes', by: 'bruno', at: instant(new Date('2026-11-19T10:00:00Z')) };

  it('REL-17 an order on hold names who, when and why', () => {
    const [decision] = decideRelease([{ ...needing(candidate(1)), hold }], new Map());
    const why = { order: '2026/1/0', reason: 'Drawing changes', user: 'bruno', at: hold.at };
    assert.deepEqual(decision?.refusals, [{ code: 'REL-17', params: why }]);
  });

  describe('where stock is reserved', () => {
    const reserving = (onHand: string, reserved: string, ...of: [number, string][]) =>
      balances(
        balance('A', onHand, {
          reserved: quantity(reserved),
          reservedFor: new Map(of.map(([number, text]) => [keyOf(number), quantity(text)])),
        }),
      );
    const each = (numbers: number[], need = '60') =>
      numbers.map((number) => needing(candidate(number), { A: need }));

    it('REL-10 what others have reserved is not available, and said to be the reason', () => {
      const [decision] = decideRelease(each([1]), reserving('100', '50'));
      const { available, short, reserved, context } = decision?.refusals[0]?.params ?? {};
      assert.deepEqual([available, short, reserved, context], ['50', '10', '50', 'reserved']);
    });

    it('REL-10 does not speak of reservations of what is not there anyway', () => {
      const [decision] = decideRelease(each([1]), reserving('0', '50'));
      const { available, short, reserved, context } = decision?.refusals[0]?.params ?? {};
      assert.deepEqual([available, short, reserved, context], ['0', '60', undefined, undefined]);
    });

    it("an order's own reservation does not count against itself", () => {
      assert.deepEqual(decideRelease(each([1]), reserving('60', '60', [1, '60']))[0]?.refusals, []);
    });

    it('the reservation of an order that waits keeps stock from those before it', () => {
      const decisions = decideRelease(each([1, 2]), reserving('100', '60', [2, '60']));
      assert.deepEqual(
        decisions.map(({ refusals }) => codes(refusals)),
        [['REL-10'], []],
      );
    });

    it('the reservation of an order released before is redeemed and counts no longer', () => {
      const decisions = decideRelease(each([1, 2]), reserving('120', '60', [1, '60']));
      assert.deepEqual(
        decisions.map(({ refusals }) => codes(refusals)),
        [[], []],
      );
    });

    it('the reservation of an order refused before goes on counting', () => {
      const [first, second] = each([1, 2]);
      const orders = [{ ...(first as ReleaseCandidate), blocked: true }, second as ReleaseCandidate];
      const decisions = decideRelease(orders, reserving('100', '60', [1, '60']));
      assert.deepEqual(
        decisions.map(({ refusals }) => codes(refusals)),
        [['REL-06'], ['REL-10']],
      );
    });
  });

  describe('by force', () => {
    const short = balances(balance('A', '3', { belowZero: 'whenForced' }));
    const bare = { ...needing(candidate(1), { A: '5' }), lacksMaterials: true };

    it('says which refusals may be forced', () => {
      const book = balances(balance('A', '0', { belowZero: 'whenForced' }), balance('L', '0', { lot: 'L1' }));
      const [decision] = decideRelease(
        [{ ...needing(candidate(1), { A: '5', L: '5' }), blocked: true }],
        book,
      );
      assert.deepEqual(
        decision?.refusals.map(({ code, forceable }) => [code, forceable]),
        [
          ['REL-06', undefined],
          ['REL-10', true],
          ['REL-10', undefined],
        ],
      );
    });

    it('releases an order in spite of them, and warns of each', () => {
      const [decision] = decideRelease([bare], short, { force: true });
      assert.deepEqual(decision?.refusals, []);
      assert.deepEqual(
        decision?.warnings.map(({ code, params: { context }, forceable }) => [code, context, forceable]),
        [
          ['REL-07', 'forced', undefined],
          ['REL-10', 'forced', undefined],
        ],
      );
      assert.deepEqual(decision && forcedCodes(decision), ['REL-07', 'REL-10']);
    });

    it('leaves an order alone that something else keeps, and says all of it', () => {
      const [decision] = decideRelease([{ ...bare, blocked: true }], short, { force: true });
      assert.deepEqual(codes(decision?.refusals), ['REL-06', 'REL-07', 'REL-10']);
      assert.deepEqual(decision?.warnings, []);
    });

    it('takes from the next orders what it takes', () => {
      const orders = [1, 2].map((number) => needing(candidate(number), { A: '5' }));
      const [first, second] = decideRelease(orders, short, { force: true });
      assert.deepEqual(
        [first?.warnings[0]?.params['short'], second?.warnings[0]?.params['short']],
        ['2', '5'],
      );
    });

    it('has nothing to say of an order that can go without it', () => {
      const decisions = decideRelease([needing(candidate(1), { A: '3' })], short, { force: true });
      assert.deepEqual(decisions, [{ key: keyOf(1), refusals: [], warnings: [] }]);
    });
  });

  it('says everything that keeps an order at once', () => {
    const day = calendarDate('2026-10-31');
    const order: ReleaseCandidate = {
      ...needing(staleCandidate(1), { A: '5', B: '5' }),
      ...{ unresolved: [{ line: 30, item: 'C' }], blocked: true, quantity: zero, hold },
      ...{ lacksMaterials: true, lacksOperations: true },
      closed: [{ warehouse: 'MAG1', day, from: day, to: day }],
    };
    const [decision] = decideRelease([order], balances(balance('A', '0'), balance('B', '1')));
    assert.deepEqual(codes(decision?.refusals), [
      ...['REL-03', 'REL-17', 'REL-05', 'REL-06', 'REL-07', 'REL-07', 'REL-08', 'REL-10', 'REL-10', 'REL-11'],
    ]);
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
