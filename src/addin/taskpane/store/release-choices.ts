import type { Session } from '../../../contract/plant';
import { type ReleaseDefaults, usualDefaults } from '../../../contract/release-defaults';
import type { Outcome, RunRequest } from '../../../contract/runs';
import type { CalendarDate } from '../../../domain/calendar';
import type { OrderKey } from '../../../domain/order';
import type { PaperKind } from '../../../domain/papers/paper';
import { type Posting, postingDay } from '../preferences';

/** What may be said of one order otherwise than of the others. */
export interface OrderChoices {
  /** Its sub-orders go with it. */
  readonly references?: boolean;
  /** It may be split where stock does not cover it. */
  readonly split?: boolean;
  /** The day it is posted on, as long as it holds; null: that of the others. */
  readonly posting?: Posting | null;
  /** Empty: none. */
  readonly papers?: readonly PaperKind[];
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
  isSame(choices.papers, kept.papers);

const isSame = (some: readonly PaperKind[], others: readonly PaperKind[]) => some.join() === others.join();

/** How one of them is released; `posting` only where it is posted on a day of its own. */
export const choicesOf = ({ references, split, papers, own }: ReleaseChoices, order: OrderKey) => ({
  ...{ references, split, papers },
  ...own.get(order),
});

/** The day an order is posted on, where it is one of its own. */
export const ownDay = (
  choices: ReleaseChoices,
  order: OrderKey,
  session: Session | null,
): CalendarDate | null => postingDay(choices.own.get(order)?.posting ?? null, session);

/** What holds for one order and not for the others. */
export interface Otherwise {
  readonly references?: boolean;
  readonly split?: boolean;
  readonly day?: CalendarDate;
  readonly papers?: readonly PaperKind[];
}

export function otherwise(choices: ReleaseChoices, order: OrderKey, session: Session | null): Otherwise {
  const { references, split, papers } = choicesOf(choices, order);
  const day = ownDay(choices, order, session);
  return {
    ...(references !== choices.references && { references }),
    ...(split !== choices.split && { split }),
    ...(day !== null && { day }),
    ...(!isSame(papers, choices.papers) && { papers }),
  };
}

/** What a request says of an order; what is usual, or said for all of them, is left out. */
export function saidOf(
  choices: ReleaseChoices,
  order: OrderKey,
  session: Session | null,
): Pick<RunRequest['orders'][number], 'references' | 'split' | 'postingDate' | 'papers'> {
  const { references, split } = choicesOf(choices, order);
  const { day, papers } = otherwise(choices, order, session);
  return {
    ...(references && !choices.listed.has(order) && { references }),
    ...(!split && { split }),
    ...(day !== undefined && { postingDate: day }),
    ...(papers !== undefined && { papers: [...papers] }),
  };
}

/** The same without what was said of this for single orders. */
export function withoutOwn(choices: ReleaseChoices, ...names: (keyof OrderChoices)[]): ReleaseChoices {
  const own = [...choices.own].flatMap(([order, said]): [OrderKey, OrderChoices][] => {
    const left = Object.entries(said).filter(([name]) => !names.some((one) => one === name));
    return left.length === 0 ? [] : [[order, Object.fromEntries(left)]];
  });
  return { ...choices, own: new Map(own) };
}

/** Sub-orders that go along with an order are posted and printed as it is, until the planner says otherwise of them. */
export function withSubOrders(choices: ReleaseChoices, outcomes: readonly Outcome[]): ReleaseChoices {
  const own = new Map(choices.own);
  for (const { key, goesWith } of outcomes) {
    const taker = goesWith === undefined ? undefined : own.get(goesWith);
    if (taker === undefined || own.has(key)) continue;
    const { posting, papers } = taker;
    if (posting || papers) own.set(key, { ...(posting && { posting }), ...(papers && { papers }) });
  }
  return { ...choices, own, listed: new Set([...choices.listed, ...outcomes.map(({ key }) => key)]) };
}

/** What was marked for a search or a run before says nothing of the next one. */
export const withoutListed = (choices: ReleaseChoices): ReleaseChoices => ({
  ...choices,
  listed: usualRelease.listed,
});

/** What was said of orders for the release they have gone with says nothing of their next one. */
export function withoutReleased(choices: ReleaseChoices, outcomes: readonly Outcome[]): ReleaseChoices {
  const gone = new Set(outcomes.flatMap(({ key, result }) => (result === 'released' ? [key] : [])));
  return { ...choices, own: new Map([...choices.own].filter(([order]) => !gone.has(order))) };
}
