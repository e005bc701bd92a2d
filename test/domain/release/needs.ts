import type { Candidate } from '../../../src/domain/header-rules';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { ready } from '../candidates';

/** Any text that tells stocks apart will do here. */
export const stock = (name: string) => name as StockKey;

/** A stock in pieces in MAG1, of which nothing is reserved and which may not go below zero. */
export function balance(
  item: string,
  onHand: string,
  changes: Partial<StockBalance> = {},
): readonly [StockKey, StockBalance] {
  return [
    stock(item),
    {
      ...{ item, variant: '', warehouse: 'MAG1', lot: '', unit: 'PC', lotManaged: false },
      ...{ onHand: quantity(onHand), reserved: zero, reservedFor: new Map<OrderKey, Quantity>() },
      ...{ belowZero: 'never', ...changes },
    },
  ];
}

export const balances = (...entries: (readonly [StockKey, StockBalance])[]) => new Map(entries);

/** A candidate that needs so much of each stock. */
export const needing = (order: Candidate, needs: Record<string, string> = {}): ReleaseCandidate => ({
  ...ready(order),
  needs: Object.entries(needs).map(([name, text]) => ({ stock: stock(name), quantity: quantity(text) })),
});
