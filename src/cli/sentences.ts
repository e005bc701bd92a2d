import { SetupError } from '../adapter/errors';
import type { Text } from '../adapter/texts';
import { catalogues, type TextKey } from '../language/text';

/** What a failed start says: one sentence per problem, each with what to do. Never a stack. */
export function sentencesOf(error: unknown, text: Text): string[] {
  if (!(error instanceof SetupError)) {
    return [text('start.unexpected', { detail: error instanceof Error ? error.message : String(error) })];
  }
  return error.problems.map(({ code, params }) => {
    const key = `setup.${code}`;
    // Being in the reference catalogue is what makes a text a key.
    return key in catalogues.en
      ? text(key as TextKey, params)
      : text('start.unexpected', { detail: `${code} ${JSON.stringify(params)}` });
  });
}
