import { Unwind } from '../../contract/unwind';
import { OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';

export function unwindRoutes(api: Api, { book }: Services): void {
  api.get(
    `${orderPath}/unwind`,
    {
      schema: {
        tags: ['Orders'],
        summary: 'List the steps that lead to a restored order',
        description:
          'In the order they must go: registrations to roll back, declarations to delete, lines of picking work to reverse, work to ' +
          'cancel, and the restore. Each comes with what it changes in the stock and with its refusals, judged by its own rules as if the ' +
          'steps before it were taken. Nothing is written: each step is a command of its own, which judges anew.',
        params: OrderAddress,
        response: { 200: Unwind, ...problemReplies },
      },
    },
    async ({ company, params }) => {
      const unwind = await book.unwind(company.code, orderKeyAt(params));
      if (unwind === undefined) throw new ProblemError('notFound');
      return unwind;
    },
  );
}
