import type { CalendarDate } from '../../../../domain/calendar';
import type { ExplainedRule } from '../../../../domain/rule';
import { explainWork } from '../../../../domain/work/rules';
import type { CompanyFacts } from '../company-facts';
import type { Tx } from '../database';
import { readStock } from '../stock';
import { fetchPlan } from './fetch-plan';
import { worksOf } from './read-work';
import { effectOfOpenLines } from './work-effect';
import { policyOf, type OrderWithWork } from './work-order';

/** How the rules of picking stand for an order on that day; none where it has no work and its company makes none. Locks nothing. */
export async function explainedWork(
  tx: Tx,
  company: string,
  order: OrderWithWork,
  facts: CompanyFacts,
  day: CalendarDate,
): Promise<ExplainedRule[]> {
  const works = await worksOf(tx, company, order.id);
  const makes = facts.picking === 'work';
  if (works.length === 0 && !makes) return [];
  const policy = policyOf(order, facts);
  const known = { order, policy, works };
  return explainWork({
    order,
    open: await effectOfOpenLines(tx, { company, policy, order }, works, day, readStock),
    plan:
      makes && order.state === 'executive'
        ? await fetchPlan(tx, company, known, undefined, facts, day, readStock)
        : null,
  });
}
