import * as z from 'zod/mini';
import { OrderQuery } from '../../contract/orders';
import {
  type SavedQuery,
  SavedSearch,
  SavedSearchList,
  SavedSearchName,
  SaveSearch,
} from '../../contract/saved-searches';
import { type CalendarDate, dayIn } from '../../domain/calendar';
import { resolveDay } from '../../domain/relative-day';
import type { StoredSearch } from '../orderbook/saved-searches';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';

const SearchAddress = z.object({ name: SavedSearchName });
const path = '/saved-searches/:name';

/** Searches of the caller's own in the company. */
export function savedSearchRoutes(api: Api, { searches, clock }: Services): void {
  const asOf = (timeZone: string) => dayIn(timeZone, clock());

  api.get(
    '/saved-searches',
    {
      schema: {
        tags: ['Saved searches'],
        summary: 'Searches saved by the caller, by name',
        description:
          'Relative days stay as they were saved in `query`; `today` has them as days of the plant.',
        response: { 200: SavedSearchList, ...problemReplies },
      },
    },
    async ({ actor, company }) => {
      const today = asOf(company.timeZone);
      const stored = await searches.list(company.code, actor);
      return { items: stored.map((search) => savedSearch(search, today)) };
    },
  );

  api.put(
    path,
    {
      schema: {
        tags: ['Saved searches'],
        summary: 'Save criteria under a name',
        description:
          'Takes the place of what was saved under this name. The same again changes nothing more.',
        params: SearchAddress,
        body: SaveSearch,
        response: { 200: SavedSearch, ...problemReplies },
      },
    },
    async ({ actor, company, params: { name }, body: { query } }) => {
      const search = { name, query, changedAt: clock() };
      await searches.save(company.code, actor, search);
      return savedSearch(search, asOf(company.timeZone));
    },
  );

  api.delete(
    path,
    {
      schema: {
        tags: ['Saved searches'],
        summary: 'Delete a saved search',
        params: SearchAddress,
        response: { 204: z.null(), ...problemReplies },
      },
    },
    async ({ actor, company, params: { name } }, reply) => {
      if (!(await searches.remove(company.code, actor, name))) throw new ProblemError('notFound');
      return reply.code(204).send(null);
    },
  );
}

function savedSearch(stored: StoredSearch, today: CalendarDate): z.infer<typeof SavedSearch> {
  return { ...stored, today: resolved(stored.query, today) };
}

function resolved(query: SavedQuery, today: CalendarDate): OrderQuery {
  const criteria = Object.entries(query).map(([criterion, wanted]) => {
    const relative = typeof wanted === 'object' && 'anchor' in wanted;
    return [criterion, relative ? resolveDay(wanted, today) : wanted];
  });
  return OrderQuery.parse(Object.fromEntries(criteria));
}
