import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { SetupError } from '../adapter/errors';
import { serveAddin } from '../adapter/http/addin-files';
import { serveGuide } from '../adapter/http/guide';
import { workbench } from '../workbench/serve';
import { aborted, PROJECT, runCommand, type Context } from './command';
import { findRunningInstance } from './instance';
import { launch } from './launch';
import { openBrowser } from './open-browser';
import { allPages, pagesFolder } from './pages';

/** `npm start`: the order book, the add-in and the workbench on one address of this machine, until Ctrl-C. */
async function start(context: Context): Promise<void> {
  const { config, progress, stop } = context;
  const { noOpen } = readArguments();
  const running = await findRunningInstance(config.dataFolder);
  if (running) return progress.say('start.alreadyRunning', { url: running.url });
  const url = await launch(context, { pages: allPages, mount });
  if (stop.aborted) return;
  progress.say('start.ready', { url });
  progress.say('start.howToStop');
  if (!noOpen && !process.env['CI']) await openBrowser(url);
  await aborted(stop);
}

async function mount(server: FastifyInstance): Promise<void> {
  const manifest = await readFile(path.join(PROJECT, 'manifest.xml'), 'utf8');
  await serveAddin(server, {
    pages: pagesFolder(PROJECT, 'addin'),
    assets: path.join(PROJECT, 'assets'),
    host: 'workbench',
  });
  await serveGuide(server, pagesFolder(PROJECT, 'guide'));
  await server.register(workbench, {
    manifest,
    page: pagesFolder(PROJECT, 'workbench'),
    excelCommand: 'npm run excel',
  });
}

function readArguments(): { readonly noOpen: boolean } {
  const { values, tokens } = parseArgs({
    options: { 'no-open': { type: 'boolean' } },
    strict: false,
    tokens: true,
  });
  const unknown = tokens.find((token) => token.kind !== 'option' || token.name !== 'no-open');
  if (unknown) {
    throw SetupError.of('unknown-argument', { argument: process.argv[unknown.index + 2] ?? '' });
  }
  return { noOpen: values['no-open'] === true };
}

void runCommand({ failed: 'start.failed', run: start });
