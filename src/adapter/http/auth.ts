import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Company } from '../../contract/plant';
import { companyHeader } from '../../contract/headers';
import type { Right } from '../../domain/rights';
import type { OrderBook } from '../orderbook/order-book';
import { ProblemError } from './problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who acts: the name that stands in the audit trail. */
    actor: string;
    /** What they may do beyond reading. */
    rights: readonly Right[];
    company: Company;
    companies: readonly Company[];
  }
}

/**
 * Says of every request below `app` who acts, in which company and with which rights. The adapter listens on this machine only
 * and has one user, so whoever reaches it is that user.
 */
export function identifyCaller(
  app: FastifyInstance,
  book: OrderBook,
  user: string,
  rights: readonly Right[],
): void {
  app.decorateRequest('actor', user);
  app.decorateRequest('rights', { getter: () => rights });
  app.decorateRequest('company', null, []);
  app.decorateRequest('companies', null, []);
  app.addHook('preHandler', async (request) => {
    request.companies = await book.companies();
    request.company = companyOf(request);
  });
}

/** Every command asks for its own right before it looks at anything. */
export function requireRight({ rights }: FastifyRequest, right: Right): void {
  if (!rights.includes(right)) throw new ProblemError('rightMissing', { params: { right } });
}

function companyOf({ companies, headers }: FastifyRequest): Company {
  if (companies.length === 0) throw new ProblemError('notReady');
  const asked = headers[companyHeader];
  const only = companies.length === 1 ? companies[0] : undefined;
  const found = asked === undefined ? only : companies.find(({ code }) => code === asked);
  if (found === undefined) {
    const codes = companies.map(({ code }) => code).join(', ');
    throw new ProblemError('unknownCompany', { params: { header: companyHeader, companies: codes } });
  }
  return found;
}
