import type { OrderState } from './order';

/**
 * Every road an order may take from state to state. `restore` undoes `release`; `reopen` undoes `fulfil`; `merge`
 * takes the rest of a split order back into it. There is no other way to change a state: a bare "set status" would leave the movements behind.
 * Source: Fluentis, production orders release; notes on TT02343/21.
 */
export const transitions = {
  release: { from: 'launched', to: 'executive' },
  restore: { from: 'executive', to: 'launched' },
  fulfil: { from: 'executive', to: 'fulfilled' },
  reopen: { from: 'fulfilled', to: 'executive' },
  merge: { from: 'launched', to: 'historical' },
} as const satisfies Record<string, { from: OrderState; to: OrderState }>;

/** What a planner can mark a row with. */
export const actions = ['release', 'restore', 'refresh'] as const;
export type Action = (typeof actions)[number];

/** The states of orders that an action is for. A refresh is no transition: it leaves an order in the state it is in. */
export const statesFor = {
  release: [transitions.release.from],
  restore: [transitions.restore.from],
  refresh: ['launched', 'executive'],
} as const satisfies Record<Action, readonly OrderState[]>;

export function isFor(action: Action, state: OrderState): boolean {
  return statesFor[action].some((each) => each === state);
}

/** What a run over many orders may do. A hold keeps orders from being released; neither it nor a refresh changes a state. */
export const commands = ['release', 'restore', 'merge', 'hold', 'lift', 'refresh'] as const;
export type OrdersCommand = (typeof commands)[number];
