import { CompanyList } from '../../contract/plant';
import { companyHeader } from '../../contract/headers';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';

/** Asked by whoever cannot name a company yet: the one resource under /api/ that belongs to none. */
export function companyRoutes(api: Api, { book }: Services): void {
  api.get(
    '/companies',
    {
      schema: {
        tags: ['Plant'],
        summary: 'Companies of the order book',
        description: `One of these is named in the header ${companyHeader} wherever there are several.`,
        response: { 200: CompanyList, ...problemReplies },
      },
    },
    async () => ({ items: [...(await book.companies())] }),
  );
}
