import { PROJECT, systemTexts } from './command';
import { allPages, buildPages } from './pages';
import { createProgress } from './progress';
import { sentencesOf } from './sentences';

/** `npm run build`: builds all pages, as the start does when they are stale. */
async function build(): Promise<void> {
  const { text } = systemTexts();
  const progress = createProgress(text, (line) => console.log(line));
  await progress
    .step(
      'build.pages',
      () => buildPages(PROJECT, allPages, new AbortController().signal),
      () => ({ key: 'start.pages.built' }),
    )
    .then((said) => {
      for (const report of said) console.log(report);
    })
    .catch((error: unknown) => {
      process.exitCode = 1;
      for (const sentence of sentencesOf(error, text)) console.error(sentence);
    });
}

void build();
