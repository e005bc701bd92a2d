import { Explanation, ExplanationQuery } from '../../contract/explanation';
import { dayIn } from '../../domain/calendar';
import { OrderAddress, orderKeyAt, orderPath } from './order-address';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';

export function explainRoutes(api: Api, { book, clock }: Services): void {
  api.get(
    `${orderPath}/explain`,
    {
      schema: {
        tags: ['Orders'],
        summary: 'Explain why an order can or cannot be released and restored',
        description:
          'Every rule of release, with those of its split, of restore, merge and picking work with `pass`, `refused`, `warned` or `notApplicable` and the data it looked at, by the very ' +
          'rules that decide. The order is looked at by itself: in a run, orders before it may take from the same stock.',
        params: OrderAddress,
        querystring: ExplanationQuery,
        response: { 200: Explanation, ...problemReplies },
      },
    },
    async ({ company, params, query }) => {
      const postingDate = query.postingDate ?? dayIn(company.timeZone, clock());
      const explanation = await book.explain(company.code, orderKeyAt(params), postingDate);
      if (explanation === undefined) throw new ProblemError('notFound');
      return explanation;
    },
  );
}
