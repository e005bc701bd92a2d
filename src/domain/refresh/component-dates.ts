import { instantAt } from '../calendar';
import type { OrderMaterial } from './order-content';
import type { Plant } from './plant';

/**
 * When a component is needed: when its operation starts, or its line. A lead-time offset takes days off and leaves the day without a time.
 * Source: Business Central, due dates of components.
 *
 * @param starts milliseconds
 */
export function componentDates(
  { clock }: Pick<Plant, 'clock'>,
  starts: number,
  offsetDays: number,
): Pick<OrderMaterial, 'usageOn' | 'usageAt'> {
  const day = clock.dayAt(starts);
  if (offsetDays === 0) return { usageOn: clock.day(day), usageAt: instantAt(starts) };
  return { usageOn: clock.day(day - offsetDays), usageAt: null };
}
