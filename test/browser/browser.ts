import { chromium, type Browser } from 'playwright-core';
import { needBrowser } from './need-browser';

const ARGUMENTS = [
  // Containers often have no sandbox to start the browser in; it only ever opens pages of this project.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const INSTALLATION_MS = 10 * 60_000;

let shared: Promise<Browser> | undefined;

/** One browser for all browser tests; each test takes a context of its own. Closed when mocha is done. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= needBrowser().then((executablePath) => chromium.launch({ executablePath, args: ARGUMENTS }));
  return shared;
}

// Only test files that use a browser load this file, so the others never wait for one.
before('find a browser, or install one', async function () {
  this.timeout(INSTALLATION_MS);
  // Failing here would stop the tests that need no browser too; those that do fail with the same reason.
  await sharedBrowser().catch(() => undefined);
});

after(async () => {
  // That there is none has failed the tests already.
  const browser = await shared?.catch(() => undefined);
  await browser?.close();
  shared = undefined;
});
