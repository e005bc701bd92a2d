import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDate } from '../../../src/domain/calendar';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease, type ReleaseDecision } from '../../../src/domain/release/decide';
import { inOrderOf, type LotFacts, type LotStock } from '../../../src/domain/release/lots';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { candidate, keyOf, ready } from '../candidates';

const postedOn = calendarDate('2026-11-20');
const amount = (min: number, max = 40_000) =>
  fc.integer({ min, max }).map((thousandths) => quantity((thousandths / 1000).toFixed(3)));
const anyDay = fc.integer({ min: 10, max: 28 }).map((day) => calendarDate(`2026-11-${day}`));

/** A lot with what is on hand and reserved: of the latter a part for order 1, the rest for somebody else. */
const anyLot = fc.record({
  lot: fc.constantFrom('L1', 'L2', 'L3', 'L4', 'L5'),
  onHand: amount(0),
  own: fc.oneof({ weight: 3, arbitrary: fc.constant(zero) }, amount(1, 9000)),
  others: fc.oneof({ weight: 3, arbitrary: fc.constant(zero) }, amount(1, 9000)),
  receivedOn: fc.option(anyDay),
  expiresOn: fc.option(anyDay),
});
const anyLots = fc.record({
  picking: fc.constantFrom('fifo' as const, 'expiry' as const),
  lots: fc.uniqueArray(anyLot, { selector: ({ lot }) => lot, minLength: 1 }),
});
const anyNeeds = fc.array(fc.array(amount(1, 30_000), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 6,
});

const stock = 'A' as StockKey;
const stockOf = (lot: string) => `A ${lot}` as StockKey;

interface Given {
  readonly facts: LotFacts;
  readonly balances: ReadonlyMap<StockKey, StockBalance>;
  readonly orders: readonly ReleaseCandidate[];
  readonly lots: LotStock;
}

const any: fc.Arbitrary<Given> = fc.record({ of: anyLots, needs: anyNeeds }).map(({ of, needs }) => {
  const lots: LotStock = {
    ...{ item: 'A', variant: '', warehouse: 'MAG1', unit: 'PC', picking: of.picking },
    lots: of.lots.map(({ lot, receivedOn, expiresOn }) => ({
      lot,
      stock: stockOf(lot),
      receivedOn,
      expiresOn,
    })),
  };
  const balances = new Map(
    of.lots.map(({ lot, onHand, own, others }): [StockKey, StockBalance] => [
      stockOf(lot),
      {
        ...{
          item: 'A',
          variant: '',
          warehouse: 'MAG1',
          lot,
          unit: 'PC',
          lotManaged: true,
          belowZero: 'never',
        },
        ...{ onHand, reserved: own.plus(others) },
        reservedFor: new Map<OrderKey, Quantity>(own.isZero() ? [] : [[keyOf(1), own]]),
      },
    ]),
  );
  const orders = needs.map((lines, index): ReleaseCandidate => ({
    ...ready(candidate(index + 1)),
    lotNeeds: lines.map((need, line) => ({ line: 10 * (line + 1), item: 'A', stock, quantity: need })),
  }));
  return { facts: { stocks: new Map([[stock, lots]]), postedOn }, balances, orders, lots };
});

const sum = (parts: readonly { readonly quantity: Quantity }[]) =>
  parts.reduce((total, part) => total.plus(part.quantity), zero);
const partsOf = ({ refusals, lots = [] }: ReleaseDecision) =>
  refusals.length > 0 ? [] : lots.flatMap(({ parts }) => parts);

describe('giving any lots to any orders', () => {
  const decided = (check: (given: Given, decisions: readonly ReleaseDecision[]) => void) =>
    fc.assert(
      fc.property(any, (given) =>
        check(given, decideRelease(given.orders, given.balances, { lots: given.facts })),
      ),
      { numRuns: 500 },
    );

  it('gives each line exactly what it needs, of each lot once', () => {
    decided((_, decisions) => {
      for (const { refusals, lots = [] } of decisions) {
        if (refusals.length > 0) continue;
        for (const { quantity: need, parts } of lots) {
          assert.ok(sum(parts).eq(need));
          assert.ok(parts.every((part) => part.quantity.gt(zero)));
          assert.equal(new Set(parts.map(({ lot }) => lot)).size, parts.length);
        }
      }
    });
  });

  it('brings no lot below zero, and takes nothing that is reserved for others', () => {
    decided(({ balances }, decisions) => {
      for (const [, { lot, onHand, reserved, reservedFor }] of balances) {
        const taken = sum(decisions.flatMap(partsOf).filter((part) => part.lot === lot));
        const first = decisions[0]?.refusals.length === 0;
        const redeemed = first ? (reservedFor.get(keyOf(1)) ?? zero) : zero;
        assert.ok(taken.lte(onHand));
        if (taken.gt(zero)) assert.ok(taken.lte(onHand.minus(reserved).plus(redeemed)));
      }
    });
  });

  it('passes over no lot that comes earlier and has something left for the order, but for its own reservation', () => {
    decided(({ lots, balances, facts }, decisions) => {
      const taken = new Map<string, Quantity>();
      for (const decision of decisions) {
        const own = partsOf(decision);
        const inOrder = inOrderOf(lots).filter(
          ({ expiresOn }) => lots.picking === 'fifo' || expiresOn === null || expiresOn >= facts.postedOn,
        );
        for (const part of own) taken.set(part.lot, (taken.get(part.lot) ?? zero).plus(part.quantity));
        const last = inOrder.findLastIndex(({ lot, stock: key }) => {
          const reserved = balances.get(key)?.reservedFor.get(decision.key) ?? zero;
          return sum(own.filter((part) => part.lot === lot)).gt(reserved);
        });
        const redeemed = decisions[0]?.refusals.length === 0;
        for (const { lot, stock: key } of inOrder.slice(0, Math.max(last, 0))) {
          const balance = balances.get(key);
          if (!balance) continue;
          const mine = redeemed ? (balance.reservedFor.get(keyOf(1)) ?? zero) : zero;
          const left = balance.onHand
            .minus(balance.reserved)
            .plus(mine)
            .minus(taken.get(lot) ?? zero);
          assert.ok(left.lte(zero), `${lot} has ${left.toFixed()} left`);
        }
      }
    });
  });

  it('takes nothing that has expired where the item is picked by expiry', () => {
    decided(({ lots }, decisions) => {
      if (lots.picking !== 'expiry') return;
      const expired = new Set(
        lots.lots.filter(({ expiresOn }) => expiresOn !== null && expiresOn < postedOn).map(({ lot }) => lot),
      );
      assert.ok(decisions.flatMap(partsOf).every(({ lot }) => !expired.has(lot)));
    });
  });
});
