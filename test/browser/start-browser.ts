import { chromium, type BrowserServer } from 'playwright-core';
import { needBrowser } from './need-browser';

export const browserArguments = [
  // Containers often have no sandbox to start the browser in; it only ever opens pages of this project.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the one browser for the processes that are started after this, and tells them where it is. */
export async function startBrowserForWorkers(): Promise<BrowserServer> {
  const executablePath = await needBrowser();
  const started = await chromium.launchServer({ executablePath, args: browserArguments });
  process.env['TEST_BROWSER'] = started.wsEndpoint();
  return started;
}
