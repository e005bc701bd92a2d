import type { OrderKey } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { FIRST_LINE } from '../refresh/guards';
import { refusal, type Refusal } from '../refusals';

/** An order that somebody has entered: its header. A refresh makes its materials and operations. */
export interface EnteredOrder {
  readonly key: OrderKey;
  readonly item: string;
  readonly variant: string;
  /** In the item's base unit. */
  readonly quantity: Quantity;
  /** Whether an order of the item has to name a variant; null when there is no such item. */
  readonly variantMandatory: boolean | null;
  /** Empty: none was entered. */
  readonly site: string;
  readonly isSite: boolean;
}

export interface CreateDecision {
  readonly key: OrderKey;
  readonly refusals: readonly Refusal[];
}

/** Judges entered orders by what a refresh would ask of their headers anyway. Rules: REF-03, REF-07, REF-10. Every refusal is returned. */
export function decideCreate(entered: readonly EnteredOrder[]): CreateDecision[] {
  return entered.map((order) => ({
    key: order.key,
    refusals: [...noItem(order), ...noVariant(order), ...noSite(order), ...noQuantity(order)],
  }));
}

function noItem({ key, item, variantMandatory }: EnteredOrder): Refusal[] {
  return variantMandatory === null ? [refusal('REF-07', { order: key, item })] : [];
}

function noVariant({ key, item, variant, variantMandatory }: EnteredOrder): Refusal[] {
  return variantMandatory && variant === '' ? [refusal('REF-03', { order: key, item })] : [];
}

/** Its warehouses would be those of no site. */
function noSite({ key, item, site, isSite }: EnteredOrder): Refusal[] {
  return site === '' || isSite ? [] : [refusal('REF-07', { order: key, item, site, context: 'site' })];
}

function noQuantity({ key, item, quantity }: EnteredOrder): Refusal[] {
  if (quantity.gt(zero)) return [];
  return [
    refusal('REF-10', { order: key, line: String(FIRST_LINE), item, quantity: quantityText(quantity) }),
  ];
}
