import type { OrderState } from '../../domain/order';
import type { Language } from '../../language/text';
import { blocksOf } from '../sync/blocks';
import { textsIn } from '../texts';
import { bodyCells } from './open-table';
import type { OpenOrders } from './orders-table';
import { offerActions } from './table-looks';

/** More dropdowns than this are not worth their time: the order book refuses what does not fit. */
const MOST_BLOCKS = 200;

/** Offers in each row of the table what its order's state allows; null leaves a row's dropdown as it is. Queued. */
export function offerByState(
  open: OpenOrders,
  states: readonly (OrderState | null)[],
  language: Language,
): void {
  const at = open.columns.get('action') ?? 0;
  const known = [...new Set(states)].filter((state) => state !== null);
  const blocks = known.flatMap((state) =>
    blocksOf(states.flatMap((of, row) => (of === state ? [row] : []))).map((block) => ({ ...block, state })),
  );
  if (blocks.length > MOST_BLOCKS) return;
  for (const { first, count, state } of blocks) {
    offerActions(bodyCells(open, first, count, at, 1), textsIn(language), state);
  }
}
