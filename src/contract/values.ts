import * as z from 'zod/mini';
import { isCalendarDate, type CalendarDate, type Instant } from '../domain/calendar';
import { isOrderKey, orderStates, type OrderKey } from '../domain/order';
import { isQuantityText } from '../domain/quantity';
import { refusalCodes } from '../domain/refusals';

/**
 * Gives checked text its domain type. zod's own brands cannot carry ours, and custom types have no JSON schema; the check
 * inside `schema` is what makes the cast true.
 */
function checkedText<T extends string>(schema: z.ZodMiniString): z.ZodMiniType<T, string> {
  return schema as unknown as z.ZodMiniType<T, string>;
}

/** A quantity as plain decimal text. JSON numbers are refused: a float has lost the planner's decimals already. */
export const QuantityText = z
  .string()
  .check(
    z.refine(isQuantityText, { error: 'quantity' }),
    z.meta({ description: 'Plain decimal text', examples: ['12.5'] }),
  );

/** A day of the plant's calendar. */
export const Day = checkedText<CalendarDate>(
  z.string().check(
    z.refine((text) => isCalendarDate(text), { error: 'date' }),
    z.meta({ format: 'date', examples: ['2026-11-20'] }),
  ),
);

/** Without its zone a time would be another moment on every server. */
const ZONED = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A point in time in UTC, or with its zone. */
export const Moment = checkedText<Instant>(
  z.string().check(
    z.refine((text) => ZONED.test(text) && !Number.isNaN(Date.parse(text)), { error: 'moment' }),
    z.meta({ format: 'date-time', examples: ['2026-11-20T16:18:00.000Z'] }),
  ),
);

/** year/number/lot */
export const OrderKeyText = checkedText<OrderKey>(
  z.string().check(
    z.refine((text) => isOrderKey(text), { error: 'orderKey' }),
    z.meta({ description: 'year/number/lot', examples: ['2026/125/0'] }),
  ),
);

export const OrderState = z.enum(orderStates);

/** Why a rule says no, or warns: the code, and what fills its text. A param `context` names a case with a text of its own. */
export const Refusal = z.object({
  code: z.enum(refusalCodes),
  params: z.record(z.string(), z.string()),
  /** Whoever has the right to may force it. Left out where nobody may. */
  forceable: z.exactOptional(z.literal(true)),
  /** The way out, where there is one: a refresh with this for its `executive`. */
  next: z.exactOptional(z.literal('restoreAndRelease')),
});
export type Refusal = z.infer<typeof Refusal>;

// PostgreSQL's texts hold no NUL and no half of a surrogate pair: refused here, it is the caller's mistake and not a fault.
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);
export const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);

/** Why somebody did something, in their own words: one line. */
export const Reason = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(200), z.refine(isOneLine, { error: 'oneLine' }));

/** A text criterion: case-insensitive, `%` any characters, `_` one character. */
export const Pattern = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(100), z.refine(isStorable, { error: 'invalid' }));

/** A code, whole and whatever its case. */
export const Code = z
  .string()
  .check(z.minLength(1), z.maxLength(40), z.refine(isStorable, { error: 'invalid' }));

/** A value as `schema` has it, which a query may give as text that `read` understands. It is written as it is. */
function readable<T extends z.ZodMiniType>(schema: T, read: (given: unknown) => unknown) {
  // What `read` makes of a value is checked by `schema` next: that is what makes the cast true.
  return z.codec(z.unknown(), schema, {
    decode: (given) => read(given) as z.input<T>,
    encode: (value) => value,
  });
}

/** A whole number; in a query, its digits. */
export function wholeNumber(least: number, most: number) {
  const number = z.int().check(z.gte(least), z.lte(most));
  const read = (given: unknown) =>
    typeof given === 'string' && /^\d{1,10}$/.test(given) ? Number(given) : given;
  return readable(number, read).check(z.meta({ type: 'integer', minimum: least, maximum: most }));
}

/** Yes or no; in a query, `true` or `false`. */
export const Flag = readable(z.boolean(), (given) =>
  given === 'true' ? true : given === 'false' ? false : given,
).check(z.meta({ type: 'boolean' }));

export const Limit = z.coerce.number().check(z.int(), z.gte(1), z.lte(1000));

/** Where the next page begins: opaque, taken from `next` of the page before. */
export const Cursor = z.string().check(z.maxLength(500));

/** One page: `next` is null on the last one; `total` is counted for the first page only. */
export function Slice<T extends z.ZodMiniType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.nullable(z.string()),
    total: z.nullable(z.number()),
  });
}

/** A query parameter that may be given once or repeated. */
export function listOf<T extends z.ZodMiniType>(item: T) {
  const list = z.array(item).check(z.maxLength(200));
  const read = (given: unknown) => (given === undefined || Array.isArray(given) ? given : [given]);
  const { $schema: _, ...items } = z.toJSONSchema(item, { io: 'input' });
  return readable(list, read).check(z.meta({ type: 'array', items }));
}
