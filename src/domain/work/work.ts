import type { Instant } from '../calendar';
import type { Quantity } from '../quantity';
import type { LotPart } from '../release/lots';

/** Source: Dynamics 365, warehouse work. */
export const workStates = ['open', 'in_process', 'closed', 'cancelled'] as const;
export type WorkState = (typeof workStates)[number];

/** A line that was given up when its work was closed or cancelled is `cancelled`. */
export const workLineStates = ['open', 'confirmed', 'cancelled'] as const;
export type WorkLineState = (typeof workLineStates)[number];

/** So much of one lot of a material, from the storage to the input location. */
export interface WorkLine {
  /** Counts from 1 within the work. */
  readonly line: number;
  /** Line of the order's material. */
  readonly material: number;
  readonly item: string;
  readonly variant: string;
  readonly lot: string;
  readonly unit: string;
  readonly pickFrom: string;
  /** Null: what is picked is withdrawn. */
  readonly putTo: string | null;
  readonly quantity: Quantity;
  readonly state: WorkLineState;
  /** Null unless the line is confirmed. */
  readonly picked: Quantity | null;
  /** Of the movements of its confirmation. */
  readonly cause: number | null;
}

/** What a release has the warehouse fetch for one order. */
export interface Work {
  /** Counts from 1 within the company. */
  readonly number: number;
  readonly state: WorkState;
  readonly lines: readonly WorkLine[];
  readonly madeAt: Instant;
  readonly madeBy: string;
}

/** What the warehouse, or a planner, does with the work of one order. */
export type WorkStep =
  | { readonly step: 'start' | 'close' | 'cancel'; readonly work: number }
  | {
      readonly step: 'confirm';
      readonly work: number;
      readonly line: number;
      /** Less than the line says where less was found. Left out: all of it, or what the lots come to. */
      readonly quantity?: Quantity | undefined;
      /** From which lots it was picked, each once. Left out: from the one the line says. */
      readonly lots?: readonly LotPart[] | undefined;
    }
  /** All open lines as they say, or none. */
  | { readonly step: 'confirmAll'; readonly work: number }
  | { readonly step: 'reverse'; readonly work: number; readonly line: number }
  /** Makes work for what remains of the order's materials, or for what a part of it needs. */
  | {
      readonly step: 'make';
      /** So much of what the order makes. Left out: all. */
      readonly quantity?: Quantity | undefined;
      /** Of `quantity`: one that the item of the order knows. Left out: the order's. */
      readonly unit?: string | undefined;
    };
