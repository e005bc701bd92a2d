import { chromium, type Browser } from 'playwright-core';
import { needBrowser } from './need-browser';
import { browserArguments } from './start-browser';

const INSTALLATION_MS = 10 * 60_000;

let shared: Promise<Browser> | undefined;

/** One browser for all browser tests; each test takes a context of its own. */
export function sharedBrowser(): Promise<Browser> {
  const started = process.env['TEST_BROWSER'];
  return (shared ??= started === undefined ? launched() : chromium.connect(started));
}

async function launched(): Promise<Browser> {
  return chromium.launch({ executablePath: await needBrowser(), args: browserArguments });
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
