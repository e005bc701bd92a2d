import * as z from 'zod/mini';
import { isOrderKey, type OrderKey } from '../../domain/order';
import { ProblemError } from './problem';

/** The parts of an order's address. What is no order key names no order, so these are not checked one by one. */
export const OrderAddress = z.object({ year: z.string(), number: z.string(), lot: z.string() });

export const orderPath = '/orders/:year/:number/:lot';

/** The key an address stands for. */
export function orderKeyAt({ year, number, lot }: z.infer<typeof OrderAddress>): OrderKey {
  const key = `${year}/${number}/${lot}`;
  if (!isOrderKey(key)) throw new ProblemError('notFound');
  return key;
}

/** The number that a part of an address is; what is none names nothing. */
export function numberAt(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ProblemError('notFound');
  return Number(text);
}
