import { Session, WarehouseList, WorkCentreList } from '../../contract/plant';
import { dayIn } from '../../domain/calendar';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';

export function plantRoutes(api: Api, { book, clock, version }: Services): void {
  api.get(
    '/session',
    {
      schema: {
        tags: ['Plant'],
        summary: 'Who is asking, in which company, and what day it is there',
        response: { 200: Session, ...problemReplies },
      },
    },
    async ({ actor, rights, company, companies }) => ({
      user: actor,
      rights: [...rights],
      company,
      companies: [...companies],
      today: dayIn(company.timeZone, clock()),
      version,
    }),
  );

  api.get(
    '/work-centres',
    {
      schema: {
        tags: ['Plant'],
        summary: 'Work centres of the company',
        response: { 200: WorkCentreList, ...problemReplies },
      },
    },
    async ({ company }) => ({ items: [...(await book.workCentres(company.code))] }),
  );

  api.get(
    '/warehouses',
    {
      schema: {
        tags: ['Plant'],
        summary: 'Warehouses of the company',
        response: { 200: WarehouseList, ...problemReplies },
      },
    },
    async ({ company }) => ({ items: [...(await book.warehouses(company.code))] }),
  );
}
