import { type ReleaseDefaults, usualDefaults } from '../../../contract/release-defaults';
import type { OrderKey } from '../../../domain/order';

/** What may be said of one order otherwise than of the others. */
export interface OrderChoices {
  /** Its sub-orders go with it. */
  readonly references?: boolean;
  /** It may be split where stock does not cover it. */
  readonly split?: boolean;
}

/** How the marked orders are released. */
export interface ReleaseChoices extends Readonly<ReleaseDefaults> {
  readonly own: ReadonlyMap<OrderKey, OrderChoices>;
  /** Orders whose sub-orders are marked in the sheet already: a planner who took one out since does not get it again. */
  readonly listed: ReadonlySet<OrderKey>;
}

/** Before anybody has said anything. */
export const usualRelease: ReleaseChoices = {
  ...usualDefaults,
  own: new Map(),
  listed: new Set(),
};

/** What is chosen for all of them, as it may be kept. */
export const defaultsIn = ({ references, split, papers }: ReleaseChoices): ReleaseDefaults => ({
  references,
  split,
  papers,
});

export const isKept = (choices: ReleaseChoices, kept: ReleaseDefaults): boolean =>
  choices.references === kept.references &&
  choices.split === kept.split &&
  choices.papers.join() === kept.papers.join();

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
