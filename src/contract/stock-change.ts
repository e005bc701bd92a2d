import * as z from 'zod/mini';
import { QuantityText } from './values';

/** What a step changes in one stock, if the steps before it are taken. */
export const StockChange = z.object({
  item: z.string(),
  variant: z.string(),
  description: z.string(),
  lot: z.string(),
  unit: z.string(),
  warehouse: z.string(),
  warehouseName: z.string(),
  /** Positive raises the stock. */
  change: QuantityText,
  before: QuantityText,
  after: QuantityText,
});
export type StockChange = z.infer<typeof StockChange>;
