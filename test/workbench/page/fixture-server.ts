import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import fastify from 'fastify';
import { framedPolicy, workbench } from '../../../src/workbench/serve';

const FIXTURE = join(__dirname, 'fixture');

export const fixtureManifest = readFileSync(join(FIXTURE, 'manifest.xml'), 'utf8');

/** A server with the workbench and the demo add-in, not yet listening. */
export async function fixtureServer(page: string) {
  const server = fastify();
  await server.register(workbench, {
    manifest: fixtureManifest,
    page,
    excelCommand: 'npm run excel',
  });
  await server.register(staticFiles, {
    root: FIXTURE,
    prefix: '/addin/',
    decorateReply: false,
    setHeaders: (response) => void response.setHeader('content-security-policy', framedPolicy),
  });
  return server;
}
