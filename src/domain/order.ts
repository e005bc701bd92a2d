import type { Instant } from './calendar';

/**
 * The key of a production order as text: year/number/lot, e.g. `2026/125/0`. Lot 0 is the original order; lots made by a
 * split share year and number. Source: Fluentis, production order header.
 */
export type OrderKey = string & { readonly orderKey: unique symbol };

export interface OrderKeyParts {
  readonly year: number;
  readonly number: number;
  readonly lot: number;
}

const KEY = /^([1-9]\d{3})\/(\d{1,9})\/(\d{1,4})$/;

/** The parts of an order key, or undefined when `text` is not one. */
export function parseOrderKey(text: string): OrderKeyParts | undefined {
  const match = KEY.exec(text);
  return match ? { year: Number(match[1]), number: Number(match[2]), lot: Number(match[3]) } : undefined;
}

export function isOrderKey(text: string): text is OrderKey {
  const parts = parseOrderKey(text);
  // `2026/0125/0` names no order: one order has one key text.
  return parts !== undefined && orderKey(parts) === text;
}

export function orderKey({ year, number, lot }: OrderKeyParts): OrderKey {
  // Made of its parts by definition.
  return `${year}/${number}/${lot}` as OrderKey;
}

/** Source: Fluentis, states of the production order (Lanciato, Esecutivo, Evaso, Storicizzato). */
export const orderStates = ['launched', 'executive', 'fulfilled', 'historical'] as const;
export type OrderState = (typeof orderStates)[number];

/** What every rule needs to know of an order's header. */
export interface OrderHeader {
  readonly key: OrderKey;
  readonly state: OrderState;
  /** Rises by one with every change; the sheet sends back the one it read. */
  readonly version: number;
  /** Who changed it last and when; read only where that is worth telling: the version is not the one that was marked. */
  readonly lastChange: { readonly at: Instant; readonly by: string } | null;
}

/** What keeps an order from being released until somebody lifts it. */
export interface Hold {
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
}

/** An order a planner marked, with the version their sheet holds. */
export interface MarkedOrder {
  readonly key: OrderKey;
  readonly version: number;
}
