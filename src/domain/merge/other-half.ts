import { isOrderKey, type OrderKey } from '../order';
import type { Refusal } from '../refusals';

/** The other order that came or went with this one: the rest of what was released in part, or the other half of what was merged. */
export function otherHalf(key: OrderKey, warnings: readonly Refusal[]): OrderKey | null {
  const told = warnings.find(({ code }) => code === 'SPL-03' || code === 'SPL-09');
  const { order, restOrder } = told?.params ?? {};
  const other = restOrder === key ? order : restOrder;
  return other !== undefined && isOrderKey(other) ? other : null;
}
