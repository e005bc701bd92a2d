import { ReleaseDefaults, usualDefaults } from '../../contract/release-defaults';
import { inPaperOrder } from '../../domain/papers/paper';
import { problemReplies } from './problem';
import type { Api, Services } from './routes';

const path = '/release-defaults';
const tags = ['Runs'];

/** How the caller likes to release in the company. A run goes by what it says itself; this is for whoever shows the choices. */
export function releaseDefaultRoutes(api: Api, { defaults, clock }: Services): void {
  api.get(
    path,
    {
      schema: {
        tags,
        summary: 'How the caller likes to release',
        description:
          'What a caller who saved nothing gets is what a run does that says nothing. A run does not look here: say in it what is wanted.',
        response: { 200: ReleaseDefaults, ...problemReplies },
      },
    },
    async ({ actor, company }) => (await defaults.read(company.code, actor)) ?? usualDefaults,
  );

  api.put(
    path,
    {
      schema: {
        tags,
        summary: 'Keep how the caller likes to release',
        description: 'Takes the place of what was kept before. The same again changes nothing more.',
        body: ReleaseDefaults,
        response: { 200: ReleaseDefaults, ...problemReplies },
      },
    },
    async ({ actor, company, body }) => {
      const kept = { ...body, papers: inPaperOrder(body.papers) };
      await defaults.save({ company: company.code, actor, at: clock() }, kept);
      return kept;
    },
  );
}
