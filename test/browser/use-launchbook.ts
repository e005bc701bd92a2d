import { rm } from 'node:fs/promises';
import type { Language } from '../../src/language/text';
import { startLaunchbook, type Started } from '../cli/started';
import { temporaryFolder } from '../postgres';
import { PlannerAtWork } from './planner-at-work';

/** A database of the surrounding `describe`; without one Launchbook makes its own. */
interface OfDescribe {
  readonly connectionString: string;
}

/** Launchbook as `npm start` starts it, for the tests of the surrounding `describe`. Its address can be read from `before` hooks on. */
export function useLaunchbook(database?: OfDescribe): { readonly url: string } {
  let folder: string;
  let launchbook: Started | undefined;
  let url: string;
  before('start', async () => {
    folder = await temporaryFolder();
    const environment = database === undefined ? {} : { DATABASE_URL: database.connectionString };
    launchbook = startLaunchbook(folder, environment);
    url = await launchbook.ready();
  });
  after(async () => {
    launchbook?.process.kill('SIGINT');
    await launchbook?.ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    get url() {
      return url;
    },
  };
}

/** A planner who sits down at a Launchbook of their own before the tests of the surrounding `describe`, and leaves after them. */
export function usePlanner(language: Language, database?: OfDescribe): { readonly planner: PlannerAtWork } {
  let planner: PlannerAtWork | undefined;
  // Told before that of Launchbook, so that nobody sits at one that ends.
  after(() => planner?.leave());
  const launchbook = useLaunchbook(database);
  before('sit down', async () => {
    planner = await PlannerAtWork.sitDown(launchbook.url, language);
  });
  return {
    get planner() {
      if (planner === undefined) throw new Error('Nobody sits at Launchbook yet.');
      return planner;
    },
  };
}
