import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import { SetupError } from '../adapter/errors';
import { PROJECT, runCommand, type Context } from './command';
import { type Deployment, deploymentOrigin, productionManifest, supportPage } from './production-manifest';

interface Arguments extends Deployment {
  readonly file: string;
}

/** `npm run manifest -- https://launchbook.example.com`: writes what an administrator gives Microsoft 365 to deploy the add-in. */
async function writeManifest({ progress }: Context): Promise<void> {
  const { file, ...deployment } = readArguments();
  const manifest = await readFile(path.join(PROJECT, 'manifest.xml'), 'utf8');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, productionManifest(manifest, deployment));
  progress.say('manifest.written', { file: path.relative(process.cwd(), file), origin: deployment.origin });
}

function readArguments(): Arguments {
  const { values, positionals, tokens } = parseArgs({
    options: { support: { type: 'string' }, out: { type: 'string' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const unknown = tokens.find(
    (token) =>
      token.kind === 'option' && !(['support', 'out'].includes(token.name) && token.value !== undefined),
  );
  if (positionals.length !== 1 || unknown) throw SetupError.of('manifest-usage');
  const [address = ''] = positionals;
  const origin = deploymentOrigin(address);
  if (origin === undefined) throw SetupError.of('manifest-address', { address });
  const support = typeof values.support === 'string' ? supportPage(values.support) : undefined;
  if (values.support !== undefined && support === undefined) {
    throw SetupError.of('manifest-address', { address: String(values.support) });
  }
  const name = `dist/manifest-${new URL(origin).host.replace(':', '-')}.xml`;
  const file = typeof values.out === 'string' ? path.resolve(values.out) : path.join(PROJECT, name);
  return { origin, version, file, ...(support !== undefined && { support }) };
}

void runCommand({ failed: 'manifest.failed', run: writeManifest });
