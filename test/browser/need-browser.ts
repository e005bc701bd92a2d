import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

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

/** A way to get a browser when there is none: programs with their arguments, one after the other. */
export interface Installation {
  readonly name: string;
  readonly steps: readonly (readonly [program: string, ...args: string[]])[];
}

/** What looks for a browser and installs one; tests give their own. */
export interface BrowserSearch {
  find(): string | undefined;
  readonly installations: readonly Installation[];
  say(line: string): void;
}

const DOWNLOAD_MS = 8 * 60_000;

/**
 * The browser of this machine, installed when there is none.
 * @throws when none can be had, with what to do about it.
 */
export async function needBrowser(search: BrowserSearch = thisMachine()): Promise<string> {
  const failures: string[] = [];
  for (const { name, steps } of search.installations) {
    const found = search.find();
    if (found !== undefined) return found;
    search.say(`The browser tests need Chrome, Chromium or Edge, and there is none. Installing: ${name}…`);
    const failure = await runAll(steps);
    if (failure !== undefined) failures.push(`${name}: ${failure}`);
  }
  const found = search.find();
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chrome, Chromium or Edge. There is none, and none could be installed. Install one, or name its ' +
      `program in CHROME_PATH; npm run test:node runs all tests but these.\n${failures.join('\n')}`,
  );
}

function thisMachine(): BrowserSearch {
  const playwright = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  const onDebian = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  const download: Installation = {
    name: "Playwright's Chromium",
    steps: [
      [process.execPath, playwright, 'install', 'chromium'],
      ...(onDebian ? [[process.execPath, playwright, 'install-deps', 'chromium'] as const] : []),
    ],
  };
  const debian: Installation = {
    name: "the system's chromium package",
    steps: [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-q', '-y', '--no-install-recommends', 'chromium'],
    ],
  };
  return {
    find: findBrowser,
    installations: onDebian ? [download, debian] : [download],
    say: (line) => process.stderr.write(`${line}\n`),
  };
}

/** `CHROME_PATH` if it is set, else Chrome, Chromium or Edge on the path or where they usually are, else Playwright's own. */
function findBrowser(): string | undefined {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...USUAL_PLACES, chromium.executablePath()].find((place) => existsSync(place));
}

/** Runs the steps until one fails, and gives the end of what that one said. */
async function runAll(steps: Installation['steps']): Promise<string | undefined> {
  for (const [program, ...args] of steps) {
    const failure = await run(program, args);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function run(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Not spawn's own timeout: its timer outlives a program that could not be started.
      signal: AbortSignal.timeout(DOWNLOAD_MS),
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) =>
      resolve(code === 0 ? undefined : output.trim().slice(-500) || `exit code ${code}`),
    );
  });
}
