import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease, releaseResult } from '../../../src/domain/release/decide';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { candidate, keyOf, ready } from '../candidates';

const stocks = ['A', 'B', 'C'] as StockKey[];

function balance(stock: StockKey, onHand: string, changes: Partial<StockBalance> = {}): StockBalance {
  return {
    ...{ item: stock, variant: '', warehouse: 'MAG1', lot: '', unit: 'PC', lotManaged: false },
    ...{ onHand: quantity(onHand), reserved: zero, reservedFor: new Map<OrderKey, Quantity>() },
    belowZero: 'never',
    ...changes,
  };
}

const needing = (number: number, needs: Readonly<Record<string, number>>): ReleaseCandidate => ({
  ...ready(candidate(number)),
  needs: Object.entries(needs).map(([stock, needed]) => ({
    stock: stock as StockKey,
    quantity: quantity(String(needed)),
  })),
});

const resultsOf = (...given: Parameters<typeof decideRelease>) => decideRelease(...given).map(releaseResult);

describe('releasing as many as stock allows', () => {
  const [a] = stocks as [StockKey, ...StockKey[]];

  it('passes over what does not fit and releases later ones that do', () => {
    const orders = [needing(1, { A: 60 }), needing(2, { A: 60 }), needing(3, { A: 40 })];
    const decisions = decideRelease(orders, new Map([[a, balance(a, '100')]]), { asStockAllows: true });
    assert.deepEqual(decisions.map(releaseResult), ['released', 'skipped', 'released']);
    const [why] = decisions[1]?.refusals ?? [];
    assert.deepEqual([why?.code, why?.params['item'], why?.params['short']], ['REL-10', 'A', '20']);
  });

  it('lets nothing go below zero, even where the policy allows it', () => {
    const stock = new Map([[a, balance(a, '100', { belowZero: 'allowed' })]]);
    const orders = [needing(1, { A: 60 }), needing(2, { A: 60 })];
    assert.deepEqual(resultsOf(orders, stock), ['released', 'released']);
    assert.deepEqual(resultsOf(orders, stock, { asStockAllows: true }), ['released', 'skipped']);
  });

  it('refuses an order that something else keeps, too', () => {
    const blocked = { ...needing(1, { A: 60 }), blocked: true };
    const stock = new Map([[a, balance(a, '10')]]);
    assert.deepEqual(resultsOf([blocked], stock, { asStockAllows: true }), ['refused']);
    assert.equal(decideRelease([blocked], stock, { asStockAllows: true })[0]?.refusals.length, 2);
  });

  it('splits no order: what does not fit whole is passed over', () => {
    const split = {
      ...{ step: quantity('1'), unit: 'PC', picked: [], declarations: [] },
      lines: [
        {
          ...{ line: 10, stock: a, quantity: quantity('100'), supplied: zero, fixed: false },
          precision: quantity('1'),
        },
      ],
    };
    const order = { ...needing(1, { A: 100 }), split };
    const stock = new Map([[a, balance(a, '80')]]);
    assert.equal(decideRelease([order], stock)[0]?.split?.quantity.toFixed(), '40');
    assert.deepEqual(resultsOf([order], stock, { asStockAllows: true }), ['skipped']);
  });

  it('says nothing of passing over where that was not asked for', () => {
    assert.deepEqual(resultsOf([needing(1, { A: 60 })], new Map([[a, balance(a, '10')]])), ['refused']);
  });

  it('passes over no order that would fit after those before it, and releases none that would not', () => {
    const anyNeeds = fc.dictionary(fc.constantFrom(...stocks), fc.integer({ min: 1, max: 40 }));
    const anyReserved = fc.dictionary(
      fc.integer({ min: 1, max: 15 }).map(String),
      fc.integer({ min: 1, max: 20 }),
    );
    const anyStock = fc.record({
      onHand: fc.integer({ min: -10, max: 200 }),
      belowZero: fc.constantFrom('allowed' as const, 'whenForced' as const, 'never' as const),
      reserved: anyReserved,
    });
    fc.assert(
      fc.property(
        fc.array(anyNeeds, { maxLength: 15 }),
        fc.tuple(anyStock, anyStock, anyStock),
        (needs, given) => {
          const balances = new Map(
            stocks.map((stock, place) => {
              const { onHand, belowZero, reserved } = given[place as 0 | 1 | 2];
              const own = Object.entries(reserved).map(
                ([order, promised]) => [Number(order), promised] as const,
              );
              return [
                stock,
                balance(stock, String(onHand), {
                  belowZero,
                  reserved: quantity(String(own.reduce((sum, [, promised]) => sum + promised, 0))),
                  reservedFor: new Map(
                    own.map(([order, promised]) => [keyOf(order), quantity(String(promised))]),
                  ),
                }),
              ] as const;
            }),
          );
          const orders = needs.map((each, place) => needing(place + 1, each));
          const results = resultsOf(orders, balances, { asStockAllows: true });
          const left = given.map(({ onHand }) => onHand);
          const promises = given.map(({ reserved }) => ({ ...reserved }));
          needs.forEach((each, place) => {
            const number = String(place + 1);
            const fits = stocks.every((stock, at) => {
              const others = Object.entries(promises[at] ?? {}).filter(([order]) => order !== number);
              const kept = others.reduce((sum, [, promised]) => sum + promised, 0);
              return (each[stock] ?? 0) === 0 || (each[stock] ?? 0) <= (left[at] ?? 0) - kept;
            });
            assert.equal(results[place], fits ? 'released' : 'skipped');
            if (!fits) return;
            stocks.forEach((stock, at) => {
              left[at] = (left[at] ?? 0) - (each[stock] ?? 0);
              delete promises[at]?.[number];
            });
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});
