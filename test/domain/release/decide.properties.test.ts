import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import {
  decideRelease,
  type ReleaseCandidate,
  type ReleaseDecision,
  type StockBalance,
  type StockKey,
} from '../../../src/domain/release/decide';
import { candidate, codes, staleCandidate, unknownCandidate } from '../candidates';

const names = ['A', 'B', 'C', 'D'];
const amount = (min: number) =>
  fc.integer({ min, max: 40_000 }).map((thousandths) => quantity((thousandths / 1000).toFixed(3)));

const anyBalances: fc.Arbitrary<ReadonlyMap<StockKey, StockBalance>> = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), amount(-5000), fc.boolean()), {
    selector: ([name]) => name,
  })
  .map((list) => {
    const entries = list.map(([item, available, mayGoNegative]) => {
      const where = { item, variant: '', warehouse: 'MAG1', lot: '', unit: 'PC' };
      return [item as StockKey, { ...where, available, mayGoNegative }] as const;
    });
    return new Map(entries);
  });

const anyHeader = fc
  .integer({ min: 1, max: 9999 })
  .chain((number) =>
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
    // An order names a stock once: its lines of one stock are added up.
    needs: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), amount(1)), { selector: ([name]) => name })
      .map((list) => list.map(([name, needed]) => ({ stock: name as StockKey, quantity: needed }))),
  })
  .map(({ header, ...rest }) => ({ ...header, ...rest }));
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

/** Whether the order's needs are all covered after `taken`. */
function fits(
  { needs }: ReleaseCandidate,
  balances: Balances,
  taken: ReadonlyMap<StockKey, Quantity>,
): boolean {
  return needs.every(({ stock, quantity: needed }) => {
    const balance = balances.get(stock);
    if (balance === undefined || balance.mayGoNegative) return true;
    return needed.plus(taken.get(stock) ?? zero).lte(balance.available);
  });
}

describe('deciding any release', () => {
  const decided = (
    check: (orders: ReleaseCandidate[], balances: Balances, decisions: ReleaseDecision[]) => void,
  ) =>
    fc.assert(
      fc.property(anyCandidates, anyBalances, (orders, balances) =>
        check(orders, balances, decideRelease(orders, balances)),
      ),
      { numRuns: 500 },
    );

  it('never takes more than is available where stock may not go negative', () => {
    decided((orders, balances, decisions) => {
      for (const [stock, taken] of takenBy(orders, decisions, orders.length)) {
        const balance = balances.get(stock);
        if (balance && !balance.mayGoNegative) assert.ok(taken.lte(balance.available));
      }
    });
  });

  it('refuses for shortage exactly the orders that do not fit after those before them', () => {
    decided((orders, balances, decisions) => {
      orders.forEach((order, index) => {
        if (order.order?.state !== 'launched') return;
        const short = codes(decisions[index]?.refusals)?.includes('REL-10');
        assert.equal(short, !fits(order, balances, takenBy(orders, decisions, index)));
      });
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
    decided((orders, balances, decisions) => {
      assert.deepEqual(decideRelease(orders, balances), decisions);
    });
  });

  it('gives the first orders the same answer whatever comes after them', () => {
    decided((orders, balances, decisions) => {
      const half = Math.ceil(orders.length / 2);
      assert.deepEqual(decideRelease(orders.slice(0, half), balances), decisions.slice(0, half));
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
