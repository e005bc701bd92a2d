import { CompanyPolicy, SetPolicy } from '../../contract/work';
import { policyPresets, type ReleasePolicy } from '../../domain/policy';
import { requireRight } from './auth';
import { ProblemError, problemReplies } from './problem';
import type { Api, Services } from './routes';

export function policyRoutes(api: Api, { book, clock }: Services): void {
  api.get(
    '/policy',
    {
      schema: {
        tags: ['Plant'],
        summary: 'The policies by which the company releases orders',
        response: { 200: CompanyPolicy, ...problemReplies },
      },
    },
    async ({ company }) => book.policy(company.code),
  );

  api.put(
    '/policy',
    {
      schema: {
        tags: ['Plant'],
        summary: 'Change the policies by which the company releases orders from now on',
        description:
          'Needs the right to change policies. Either a preset – `fluentis`, `dynamics` or `businessCentral` – or all three policies, with ' +
          'the `version` of those that were read: when somebody else has changed them since, it answers 409 `refused` (POL-01). Orders ' +
          'that are released already keep the policies they were released under. What the policies were, and who changed them when, is kept.',
        body: SetPolicy,
        response: { 200: CompanyPolicy, ...problemReplies },
      },
    },
    async (request) => {
      requireRight(request, 'policy');
      const { company, actor, body } = request;
      const wanted: ReleasePolicy = 'preset' in body ? policyPresets[body.preset] : body;
      const moment = { company: company.code, actor, at: clock() };
      const { refusals, policy } = await book.setPolicy(moment, wanted, body.version);
      if (refusals.length > 0) throw new ProblemError('refused', { refusals });
      return policy;
    },
  );
}
