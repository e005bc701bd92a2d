import type { BrowserServer } from 'playwright-core';
import { startBrowserForWorkers } from './browser/start-browser';
import { startServerForWorkers } from './postgres';

/**
 * The whole suite runs in two processes. What there is one of, they share: it is started here, in the process that starts them, and stopped
 * when both have ended.
 */
let browser: BrowserServer | undefined;

export async function mochaGlobalSetup(): Promise<void> {
  await startServerForWorkers();
  if (process.argv.some((argument) => argument.includes('test/browser'))) return; // They are left out.
  // That there is none fails the tests that need one, with the reason.
  browser = await startBrowserForWorkers().catch(() => undefined);
}

export async function mochaGlobalTeardown(): Promise<void> {
  await browser?.close();
}
