import type { OrderKey } from '../../../domain/order';
import type { PaperKind } from '../../../domain/papers/paper';

/** What may be said of one order otherwise than of the others. */
export interface OrderChoices {
  /** Its sub-orders go with it. */
  readonly references?: boolean;
  /** It may be split where stock does not cover it. */
  readonly split?: boolean;
}

/** How the marked orders are released. */
export interface ReleaseChoices extends Required<OrderChoices> {
  readonly papers: readonly PaperKind[];
  readonly own: ReadonlyMap<OrderKey, OrderChoices>;
  /** Orders whose sub-orders are marked in the sheet already: a planner who took one out since does not get it again. */
  readonly listed: ReadonlySet<OrderKey>;
}

export const usualRelease: ReleaseChoices = {
  references: false,
  split: true,
  papers: [],
  own: new Map(),
  listed: new Set(),
};

export const choicesOf = ({ references, split, own }: ReleaseChoices, order: OrderKey) => ({
  references,
  split,
  ...own.get(order),
});

/** What a request says of an order; what is usual is left out. */
export function saidOf(choices: ReleaseChoices, order: OrderKey): OrderChoices {
  const { references, split } = choicesOf(choices, order);
  return { ...(references && !choices.listed.has(order) && { references }), ...(!split && { split }) };
}

/** What was marked for a search or a run before says nothing of the next one. */
export const withoutListed = (choices: ReleaseChoices): ReleaseChoices => ({
  ...choices,
  listed: usualRelease.listed,
});
