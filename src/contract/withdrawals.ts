import * as z from 'zod/mini';
import { OrderKeyText, QuantityText } from './values';

/** What the storeman takes from one place – warehouse, item, variant, lot – for all orders of a run. */
export const Withdrawal = z.object({
  warehouse: z.string(),
  warehouseName: z.string(),
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  lot: z.string(),
  unit: z.string(),
  /** For all orders together. */
  quantity: QuantityText,
  orders: z.array(z.object({ order: OrderKeyText, quantity: QuantityText })),
});
export type Withdrawal = z.infer<typeof Withdrawal>;

/** In the order one walks: by warehouse, item, variant and lot. */
export const WithdrawalList = z.object({ items: z.array(Withdrawal) });
