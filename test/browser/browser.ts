import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
];

const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    if (folder === undefined) return [];
    return [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ];
  }),
];

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

/**
 * The browser of this machine: `CHROME_PATH` if it is set, else Chrome, Chromium or Edge on the path or where they usually are.
 * @throws when there is none, with what to do about it.
 */
export function findBrowser(): string {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...onPath, ...USUAL_PLACES].find((place) => existsSync(place));
  if (found === undefined) {
    throw new Error('The browser tests need Chrome, Chromium or Edge; name its program in CHROME_PATH.');
  }
  return found;
}

let shared: Promise<Browser> | undefined;

/** One browser for all browser tests; each test takes a context of its own. Closed when mocha is done. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= chromium.launch({ executablePath: findBrowser(), args: ARGUMENTS });
  return shared;
}

after(async () => {
  await (await shared)?.close();
  shared = undefined;
});
