import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { version } from '../../package.json';
import { deploymentOrigin, productionManifest } from '../../src/cli/production-manifest';
import { readManifest } from '../../src/workbench/page/manifest-reader';

const own = readFileSync('manifest.xml', 'utf8');
const origin = 'https://launchbook.example.com';

describe('the manifest of a deployment', () => {
  it('has the address of the deployment everywhere, and none of the machine it was made on', () => {
    const made = productionManifest(own, { origin, version: '1.2.3' });
    assert.doesNotMatch(made, /localhost/);
    assert.equal(made.split(`"${origin}/`).length, own.split('"https://localhost:3000/').length);
    assert.match(made, /<Version>1\.2\.3\.0<\/Version>/);
  });

  it('is the same add-in: same id, ribbon and texts', () => {
    const [made, before] = [productionManifest(own, { origin, version }), own].map(readManifest);
    assert.deepEqual({ ...made, version: '' }, { ...before, version: '' });
  });

  it('sends people who need help where it was told to', () => {
    const support = 'https://intranet.example.com/help?app=launchbook&lang=en';
    const made = productionManifest(own, { origin, support, version });
    assert.equal(made.split('help?app=launchbook&amp;lang=en"').length - 1, 2);
    assert.doesNotMatch(made, /\/guide\//);
  });

  for (const address of [
    ...['http://launchbook.example.com', 'launchbook.example.com', 'https://', 'https://localhost:3000'],
    ...['https://127.0.0.1', 'https://[::1]:3000', 'https://a:b@launchbook.example.com', 'ftp://example.com'],
    ...['https://launchbook.example.com/addin', 'https://launchbook.example.com/?a', 'https://x.localhost'],
  ]) {
    it(`cannot be made for ${address}`, () => assert.equal(deploymentOrigin(address), undefined));
  }

  it('is written by the command, which says where', function () {
    this.timeout(20_000);
    const folder = mkdtempSync(path.join(tmpdir(), 'launchbook-manifest-'));
    try {
      const out = path.join(folder, 'made/manifest.xml');
      const ran = command('https://Launchbook.Example.com:8443/', '--out', out);
      assert.equal(ran.status, 0, ran.stderr);
      assert.match(ran.stdout, /manifest\.xml/);
      assert.match(
        readFileSync(out, 'utf8'),
        /"https:\/\/launchbook\.example\.com:8443\/addin\/taskpane\.html"/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is not written for an address nobody can reach, which the command explains', function () {
    this.timeout(20_000);
    const ran = command('http://launchbook.example.com');
    assert.equal(ran.status, 1);
    assert.match(ran.stderr, /"http:\/\/launchbook\.example\.com".*https/);
    assert.match(command('--force').stderr, /npm run manifest -- https:/);
  });
});

function command(...args: string[]) {
  return spawnSync(process.execPath, ['--require', 'tsx/cjs', 'src/cli/manifest.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
  });
}
