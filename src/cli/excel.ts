import os from 'node:os';
import path from 'node:path';
import { SetupError } from '../adapter/errors';
import { serveAddin } from '../adapter/http/addin-files';
import { serveGuide } from '../adapter/http/guide';
import { aborted, PROJECT, runCommand, type Context } from './command';
import { assertExcelRunsOn } from './excel-platform';
import { findExcelTool, installExcelTool, type ExcelTool } from './excel-tool';
import { findRunningInstance } from './instance';
import { launch } from './launch';
import { addin, guide, pagesFolder } from './pages';

const MANIFEST = path.join(PROJECT, 'manifest.xml');

/** Where the manifest says the add-in is. */
const SETTINGS = { HOST: 'localhost', PORT: '3000' };

/** `npm run excel`: the order book and the add-in over https, and Excel with the add-in in it, until Ctrl-C. */
async function excel(context: Context): Promise<void> {
  const { config, progress, stop, closing } = context;
  assertExcelRunsOn(process.platform, os.type());
  const running = await findRunningInstance(config.dataFolder);
  if (running) throw SetupError.of('excel-already-running', { url: running.url });
  const tool = findExcelTool() ?? (await install(context));
  progress.say('excel.certificate');
  const tls = await tool.certificate().catch((cause: unknown) => {
    throw SetupError.of('excel-no-certificate', { detail: messageOf(cause) }, { cause });
  });
  const url = await launch(context, {
    pages: [addin, guide],
    tls,
    mount: async (server) => {
      await serveAddin(server, {
        pages: pagesFolder(PROJECT, 'addin'),
        assets: path.join(PROJECT, 'assets'),
        host: 'excel',
      });
      await serveGuide(server, pagesFolder(PROJECT, 'guide'));
    },
  }).catch(sayWhyTheAddress);
  if (stop.aborted) return;
  progress.say('excel.opening');
  closing.add(() => tool.stop(MANIFEST));
  await tool.start(MANIFEST).catch((cause: unknown) => {
    throw SetupError.of('excel-not-opened', { detail: messageOf(cause) }, { cause });
  });
  progress.say('excel.ready', { url });
  progress.say('start.howToStop');
  await aborted(stop);
}

function install({ progress, stop }: Context): Promise<ExcelTool> {
  return progress.step(
    'excel.tool.installing',
    () => installExcelTool(stop),
    () => ({ key: 'excel.tool.installed' }),
  );
}

/** The port is the manifest's, so another one cannot be chosen. */
function sayWhyTheAddress(error: unknown): never {
  const problem = error instanceof SetupError ? error.problems[0] : undefined;
  if (problem?.code !== 'port-not-free') throw error;
  throw SetupError.of('excel-port-not-free', problem.params, { cause: error });
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

void runCommand({ failed: 'excel.failed', settings: SETTINGS, run: excel });
