import { MovementPage, MovementSearch } from '../../contract/movements';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';

export function movementRoutes(api: Api, { book }: Services): void {
  api.get(
    '/movements',
    {
      schema: {
        tags: ['Movements'],
        summary: 'Search stock movements',
        description:
          'Posted and restored movements by order, release, line and part. `run` finds those a run posted or took back.',
        querystring: MovementSearch,
        response: { 200: MovementPage, ...problemReplies },
      },
    },
    async ({ company, query: { limit, cursor, ...query } }) => {
      const { items, next, total } = await book.movements(company.code, query, { limit, cursor });
      return { items: [...items], next, total };
    },
  );
}
