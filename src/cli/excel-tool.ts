import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as z from 'zod/mini';
import { peerDependencies } from '../../package.json';
import { SetupError } from '../adapter/errors';
import { PROJECT } from './command';

const NAME = 'office-addin-debugging';
const VERSION = peerDependencies[NAME];
const PACKAGE = path.join(PROJECT, 'node_modules', NAME, 'package.json');

/** Microsoft's tool that puts an add-in into Excel. It writes what it does to the console, in English. */
export interface ExcelTool {
  /** A certificate for `localhost` that this account's programs trust; made when there is none. The system may ask the user. */
  certificate(): Promise<{ readonly cert: string; readonly key: string }>;
  /** Registers the add-in with Excel and opens it there. */
  start(manifestFile: string): Promise<void>;
  /** Takes the add-in out of Excel again. */
  stop(manifestFile: string): Promise<void>;
}

/** What we use of `office-addin-debugging`, as its version in package.json exports it. */
interface Debugging {
  startDebugging(manifestFile: string, options: object): Promise<void>;
  stopDebugging(manifestFile: string): Promise<void>;
}

/** What we use of `office-addin-dev-certs`. */
interface Certificates {
  getHttpsServerOptions(): Promise<unknown>;
}

const ServerOptions = z.object({ cert: z.instanceof(Buffer), key: z.instanceof(Buffer) });

/** The tool, or undefined when this version of it is not installed. */
export function findExcelTool(): ExcelTool | undefined {
  if (installedVersion() !== VERSION) return undefined;
  const require = createRequire(PACKAGE);
  // The tool is an optional peer, so its types are absent where it is not installed.
  const debugging = require(NAME) as Debugging;
  const certificates = createRequire(require.resolve(NAME))('office-addin-dev-certs') as Certificates;
  return {
    async certificate() {
      const { cert, key } = ServerOptions.parse(await certificates.getHttpsServerOptions());
      return { cert: cert.toString(), key: key.toString() };
    },
    start: (manifestFile) =>
      // With debugging, Excel would stop at loading and wait for a debugger.
      debugging.startDebugging(manifestFile, { appType: 'desktop', app: 'excel', enableDebugging: false }),
    stop: (manifestFile) => debugging.stopDebugging(manifestFile),
  };
}

/**
 * Installs the tool beside the other packages; package.json and package-lock.json stay as they are. Its packages run no
 * install scripts: the only one builds a password store, which sideloading into the desktop does not use.
 *
 * @throws SetupError when npm fails; npm has said why on the console.
 */
export async function installExcelTool(signal: AbortSignal): Promise<ExcelTool> {
  // An optional peer that is named alone is not installed: as a dependency of this moment it is.
  const options = [
    '--no-save',
    '--save-prod',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const code = await runNpm(['install', ...options, `${NAME}@${VERSION}`], signal);
  const tool = code === 0 ? findExcelTool() : undefined;
  if (tool) return tool;
  throw SetupError.of('excel-tool-not-installed', { tool: `${NAME}@${VERSION}` });
}

/** Read as a file: `require` would remember that there is none, also after the installation. */
function installedVersion(): string | undefined {
  try {
    return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(PACKAGE, 'utf8'))).version;
  } catch {
    return undefined;
  }
}

/** Resolves with the exit code of npm: the one that runs us, else the one on the path. */
function runNpm(args: readonly string[], signal: AbortSignal): Promise<number | null> {
  const npm = process.env['npm_execpath'];
  const [program, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  return new Promise((resolve, reject) => {
    spawn(program, [...before, ...args], {
      cwd: PROJECT,
      stdio: ['ignore', 'inherit', 'inherit'],
      signal,
      // On Windows npm is a script.
      shell: npm === undefined && process.platform === 'win32',
    })
      .on('error', reject)
      .on('close', resolve);
  });
}
