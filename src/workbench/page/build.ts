import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const DEFAULT_TARGET = join(__dirname, '..', '..', '..', 'dist', 'workbench');

/** Bundles the page into a folder; what was there before goes. Takes seconds. Returns the folder. */
export async function buildPage(target: string = DEFAULT_TARGET): Promise<string> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await build({
    entryPoints: { main: join(__dirname, 'main.ts') },
    outdir: target,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    sourcemap: false,
    legalComments: 'linked',
    logLevel: 'warning',
    conditions: ['production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
  });
  await copyFile(join(__dirname, 'index.html'), join(target, 'index.html'));
  return target;
}

if (require.main === module) {
  buildPage().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
