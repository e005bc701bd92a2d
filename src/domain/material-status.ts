/**
 * Whether an order's materials are there, each order looked at by itself: `complete` when enough is free of every material it
 * withdraws, `partial` when of some, `missing` when of none.
 */
export const materialStatuses = ['complete', 'partial', 'missing'] as const;
export type MaterialStatus = (typeof materialStatuses)[number];

/** @param of how many stocks an order withdraws from, and of how many of them enough is free */
export function materialStatus({ needed, covered }: { needed: number; covered: number }): MaterialStatus {
  if (covered >= needed) return 'complete';
  return covered > 0 ? 'partial' : 'missing';
}
