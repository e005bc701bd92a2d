import { Health } from '../../contract/plant';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';

export function healthRoutes(api: Api, { book, version }: Services): void {
  api.get(
    '/health',
    {
      schema: {
        tags: ['Health'],
        summary: 'Whether this program runs',
        response: { 200: Health, ...problemReplies },
      },
    },
    async () => ({ status: 'ok' as const, version }),
  );

  api.get(
    '/ready',
    {
      schema: {
        tags: ['Health'],
        summary: 'Whether the order book answers and holds a company',
        response: { 200: Health, ...problemReplies },
      },
    },
    async () => {
      const companies = await book.companies().catch((cause: unknown) => {
        throw new ProblemError('notReady', {}, { cause });
      });
      if (companies.length === 0) throw new ProblemError('notReady');
      return { status: 'ok' as const, version };
    },
  );
}
