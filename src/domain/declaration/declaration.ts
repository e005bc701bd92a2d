import type { Quantity } from '../quantity';

/** An operation of an order as far as declaring it goes. Source: Fluentis, phases of the production order. */
export interface DeclarableOperation {
  readonly operation: number;
  /** Production is declared on it. */
  readonly productive: boolean;
  /** Declaring it moves stock. */
  readonly movable: boolean;
}

/** A production declaration of an order. Source: Fluentis, production declarations. */
export interface Declaration {
  /** Counts from 1 within the order. */
  readonly number: number;
  /** Null: the order was declared as a whole. */
  readonly operation: number | null;
  /** Good pieces. */
  readonly quantity: Quantity;
  readonly scrap: Quantity;
  /** A closing declaration ends its operation; nothing more is declared on it. */
  readonly closing: boolean;
  /** Registered declarations count as reported; unregistered ones are only opened. */
  readonly registered: boolean;
  /**
   * The cause of the movements that its registration posted. Null where it posts none, and for declarations that were registered
   * before they came into this book.
   */
  readonly cause: number | null;
}

/** What a planner or an operator may do with declarations. */
export type DeclarationStep =
  | {
      readonly step: 'open';
      /** Left out: the operation whose closing declaration fulfils the order. */
      readonly operation?: number | undefined;
      readonly quantity: Quantity;
      readonly scrap: Quantity;
      readonly closing: boolean;
    }
  | {
      readonly step: 'register';
      readonly number: number;
      /** Lot of the output, for items managed by lot. */
      readonly lot?: string | undefined;
    }
  | { readonly step: 'rollBack' | 'delete'; readonly number: number };
