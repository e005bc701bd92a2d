import * as z from 'zod/mini';
import { dayAnchors } from '../domain/relative-day';
import { OrderQuery } from './orders';
import { Day, isOneLine, Moment } from './values';

/** A day that moves on: `plus` days from today, weeks from the start or end of this week, months likewise. Weeks run from Monday. */
export const RelativeDay = z.object({
  anchor: z.enum(dayAnchors),
  plus: z._default(z.int().check(z.gte(-500), z.lte(500)), 0),
});

const SavedDay = z.optional(z.union([Day, RelativeDay]));

/** Criteria as they are saved: every day is fixed or relative. */
export const SavedQuery = z.extend(OrderQuery, {
  startFrom: SavedDay,
  startTo: SavedDay,
  endFrom: SavedDay,
  endTo: SavedDay,
  dueFrom: SavedDay,
  dueTo: SavedDay,
  usageFrom: SavedDay,
  usageTo: SavedDay,
  releasedFrom: SavedDay,
  releasedTo: SavedDay,
});
export type SavedQuery = z.infer<typeof SavedQuery>;

export const SavedSearchName = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(60), z.refine(isOneLine, { error: 'invalid' }));

export const SavedSearch = z.object({
  name: z.string(),
  query: SavedQuery,
  /** The criteria as they are today, for a search as it stands. */
  today: OrderQuery,
  changedAt: Moment,
});
export type SavedSearch = z.infer<typeof SavedSearch>;

/** By name. */
export const SavedSearchList = z.object({ items: z.array(SavedSearch) });

export const SaveSearch = z.object({ query: z.strictObject(SavedQuery.shape) });
