import * as z from 'zod/mini';
import { timeUnits } from '../domain/refresh/master-data';
import { Code, isOneLine, Moment, QuantityText } from './values';

const version = z.int().check(z.gte(0), z.lte(2_147_483_647));
/** Something beside the version is to be changed. */
const something = z.refine<object>(
  (fields) => Object.entries(fields).some(([name, value]) => name !== 'version' && value !== undefined),
  { error: 'missing' },
);

const Amount = QuantityText.check(z.refine((text) => !text.startsWith('-'), { error: 'quantity' }));
const Duration = z.object({ time: Amount, unit: z.enum(timeUnits) });

/** What is to be changed of an operation; what is left out stays. Those after it follow. */
export const ChangeOperation = z
  .object({
    /** Of the order, as it was seen. */
    version,
    /** When it is to start. Default: when it starts now. */
    startsAt: z.optional(Moment),
    description: z.optional(z.string().check(z.maxLength(200), z.refine(isOneLine, { error: 'oneLine' }))),
    /** Any place of it. */
    workCentre: z.optional(Code),
    setup: z.optional(Duration),
    run: z.optional(Duration),
    wait: z.optional(Duration),
    move: z.optional(Duration),
    /** Pieces made in one run time. */
    lotSize: z.optional(Amount),
  })
  .check(something);
export type ChangeOperation = z.input<typeof ChangeOperation>;

const Text = z.string().check(z.maxLength(40), z.refine(isOneLine, { error: 'oneLine' }));

/** What is to be changed of a material; what is left out stays or follows. A quantity wins over what it would follow from. */
export const ChangeMaterial = z
  .object({
    /** Of the order, as it was seen. */
    version,
    /** The whole need, in the item's base unit. */
    quantity: z.optional(Amount),
    quantityPer: z.optional(Amount),
    fixed: z.optional(z.boolean()),
    /** Percent. */
    scrap: z.optional(Amount),
    variant: z.optional(Text),
    lot: z.optional(Text),
    /** The operation that takes it; null: its line as a whole. */
    operation: z.optional(z.nullable(z.int())),
    /** Needed so many days before the operation. */
    leadTimeOffsetDays: z.optional(z.int().check(z.gte(0), z.lte(3660))),
  })
  .check(something);
export type ChangeMaterial = z.input<typeof ChangeMaterial>;
