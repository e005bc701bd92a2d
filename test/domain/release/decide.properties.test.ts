import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease, type ReleaseDecision } from '../../../src/domain/release/decide';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { candidate, codes, keyOf, ready, staleCandidate, unknownCandidate } from '../candidates';

const names = ['A', 'B', 'C', 'D'];
const amount = (min: number) =>
  fc.integer({ min, max: 40_000 }).map((thousandths) => quantity((thousandths / 1000).toFixed(3)));

// Few numbers, so that reservations meet the orders they are for.
const anyNumber = fc.integer({ min: 1, max: 40 });
const anyReservations = fc
  .uniqueArray(fc.tuple(anyNumber, amount(1)), { selector: ([number]) => number, maxLength: 3 })
  .map((list) => new Map<OrderKey, Quantity>(list.map(([number, promised]) => [keyOf(number), promised])));
const anyBalance = fc
  .record({
    ...{ item: fc.constantFrom(...names), onHand: amount(-5000), reservedFor: anyReservations },
    // Documents of other systems, or orders that are not marked.
    reservedElsewhere: fc.oneof(fc.constant(zero), amount(0)),
    belowZero: fc.constantFrom('allowed' as const, 'whenForced' as const, 'never' as const),
  })
  .map(({ reservedElsewhere, ...balance }): StockBalance => {
    const reserved = [...balance.reservedFor.values()].reduce((sum, one) => sum.plus(one), reservedElsewhere);
    return {
      ...{ variant: '', warehouse: 'MAG1', lot: '', unit: 'PC', lotManaged: false, reserved },
      ...balance,
    };
  });
const anyBalances: fc.Arbitrary<Balances> = fc
  .uniqueArray(anyBalance, { selector: ({ item }) => item })
  .map((list) => new Map(list.map((balance) => [balance.item as StockKey, balance])));

const anyHeader = anyNumber.chain((number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constant(candidate(number)) },
    fc.constant(staleCandidate(number)),
    fc.constant(unknownCandidate(number)),
    fc.constant(candidate(number, { state: 'executive' })),
  ),
);
const anyCandidate: fc.Arbitrary<ReleaseCandidate> = fc
  .record({
    header: anyHeader,
    unresolved: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, fc.constant([{ line: 10, item: 'X' }])),
    lacksMaterials: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
    // An order names a stock once: its lines of one stock are added up.
    needs: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), amount(1)), { selector: ([name]) => name })
      .map((list) => list.map(([name, needed]) => ({ stock: name as StockKey, quantity: needed }))),
  })
  .map(({ header, ...rest }) => ({ ...ready(header), ...rest }));
const anyCandidates = fc.uniqueArray(anyCandidate, { maxLength: 25, selector: ({ marked }) => marked.key });

type Balances = ReadonlyMap<StockKey, StockBalance>;

/** What the released orders among the first `count` take, by stock. */
function takenBy(orders: readonly ReleaseCandidate[], decisions: readonly ReleaseDecision[], count: number) {
  const taken = new Map<StockKey, Quantity>();
  for (const [index, { needs }] of orders.slice(0, count).entries()) {
    if (decisions[index]?.refusals.length !== 0) continue;
    for (const need of needs) taken.set(need.stock, (taken.get(need.stock) ?? zero).plus(need.quantity));
  }
  return taken;
}

/** What the released orders among the first `count` had reserved of this stock. */
function redeemedBy(
  orders: readonly ReleaseCandidate[],
  decisions: readonly ReleaseDecision[],
  count: number,
  { reservedFor }: StockBalance,
): Quantity {
  return orders
    .slice(0, count)
    .filter((_, index) => decisions[index]?.refusals.length === 0)
    .reduce((sum, { marked }) => sum.plus(reservedFor.get(marked.key) ?? zero), zero);
}

describe('deciding any release', () => {
  const decided = (
    check: (
      orders: ReleaseCandidate[],
      balances: Balances,
      decisions: ReleaseDecision[],
      force: boolean,
    ) => void,
  ) =>
    fc.assert(
      fc.property(anyCandidates, anyBalances, fc.boolean(), (orders, balances, force) =>
        check(orders, balances, decideRelease(orders, balances, { force }), force),
      ),
      { numRuns: 500 },
    );

  it('never takes more than is there where stock may not go below zero', () => {
    decided((orders, balances, decisions, force) => {
      for (const [stock, taken] of takenBy(orders, decisions, orders.length)) {
        const balance = balances.get(stock);
        if (balance === undefined || balance.belowZero === 'allowed') continue;
        if (balance.belowZero === 'never' || !force) assert.ok(taken.lte(balance.onHand));
      }
    });
  });

  it('never takes what is reserved for others, unless that may go below zero', () => {
    decided((orders, balances, decisions, force) => {
      for (const [stock, taken] of takenBy(orders, decisions, orders.length)) {
        const balance = balances.get(stock);
        if (balance === undefined || balance.belowZero === 'allowed') continue;
        if (balance.belowZero === 'whenForced' && force) continue;
        const redeemed = redeemedBy(orders, decisions, orders.length, balance);
        const promised = balance.reserved.minus(redeemed);
        assert.ok(taken.lte(balance.onHand.minus(promised)));
      }
    });
  });

  it('says REL-10 of exactly the orders that do not fit after those before them', () => {
    decided((orders, balances, decisions) => {
      orders.forEach((order, index) => {
        if (order.order?.state !== 'launched') return;
        const { refusals = [], warnings = [] } = decisions[index] ?? {};
        const short = codes([...refusals, ...warnings])?.includes('REL-10');
        assert.equal(short, !fits(order, index));
      });

      function fits({ marked, needs }: ReleaseCandidate, index: number): boolean {
        const taken = takenBy(orders, decisions, index);
        return needs.every(({ stock, quantity: needed }) => {
          const balance = balances.get(stock);
          if (balance === undefined || balance.belowZero === 'allowed') return true;
          const others = balance.reserved
            .minus(balance.reservedFor.get(marked.key) ?? zero)
            .minus(redeemedBy(orders, decisions, index, balance));
          return needed
            .plus(taken.get(stock) ?? zero)
            .plus(others)
            .lte(balance.onHand);
        });
      }
    });
  });

  it('forces nothing unless asked, and then only what may be forced', () => {
    decided((_orders, _balances, decisions, force) => {
      for (const { refusals, warnings } of decisions) {
        if (!force) assert.deepEqual(warnings, []);
        assert.ok(refusals.length === 0 || warnings.length === 0);
        if (force && refusals.length > 0) assert.ok(refusals.some(({ forceable }) => forceable !== true));
      }
    });
  });

  it('releases only launched orders in the version that was marked', () => {
    decided((orders, _, decisions) => {
      orders.forEach(({ order, marked }, index) => {
        if (decisions[index]?.refusals.length !== 0) return;
        assert.deepEqual([order?.state, order?.version], ['launched', marked.version]);
      });
    });
  });

  it('answers every order, in the sequence given', () => {
    decided((orders, _, decisions) => {
      assert.deepEqual(
        decisions.map(({ key }) => key),
        orders.map(({ marked }) => marked.key),
      );
    });
  });

  it('decides the same again, and leaves what it was given as it was', () => {
    decided((orders, balances, decisions, force) => {
      assert.deepEqual(decideRelease(orders, balances, { force }), decisions);
    });
  });

  it('gives the first orders the same answer whatever comes after them', () => {
    decided((orders, balances, decisions, force) => {
      const half = Math.ceil(orders.length / 2);
      assert.deepEqual(decideRelease(orders.slice(0, half), balances, { force }), decisions.slice(0, half));
    });
  });

  it('says what is short so that need = available + short', () => {
    decided((_orders, _balances, decisions) => {
      const shortages = decisions.flatMap(({ refusals }) => refusals.filter(({ code }) => code === 'REL-10'));
      for (const { params } of shortages) {
        const [need = '', available = '', short = ''] = [
          params['need'],
          params['available'],
          params['short'],
        ];
        assert.ok(quantity(available).plus(quantity(short)).eq(quantity(need)));
        assert.ok(quantity(short).gt(zero) && quantity(available).gte(zero));
      }
    });
  });
});
