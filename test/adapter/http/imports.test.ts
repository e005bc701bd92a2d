import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import type { Import, ImportReport } from '../../../src/contract/imports';
import { linesOf, plant } from '../orderbook/import/plant-folder';
import { problemIn, useAdapter, type Send } from './adapter';
import { zipOf } from './zip';

const files = (folder = '', company = 'TR'): Record<string, string> => ({
  [`${folder}plant.json`]: JSON.stringify({ company, name: 'Torneria Rossi', timeZone: 'Europe/Rome' }),
  ...Object.fromEntries(
    Object.keys(plant).map((name) => [`${folder}${name}`, `${linesOf(name).join('\n')}\n`]),
  ),
});
const upload = (content: Record<string, string>, more: Send = {}): Send => ({
  payload: zipOf(content),
  ...more,
  headers: { 'content-type': 'application/zip', ...more.headers },
});
const statuses = {
  ...{ notFound: 404, keyOfOtherRequest: 422, missingIdempotencyKey: 400, invalidUpload: 400 },
  ...{ unsupportedMediaType: 415, rightMissing: 403 },
};
const assertProblem = (reply: LightMyRequestResponse, code: keyof typeof statuses) =>
  problemIn(reply, code, statuses[code]);
const OWN = `launchbook-import-${process.pid}-`;
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith(OWN));

describe('POST /api/imports', () => {
  const adapter = useAdapter();

  it('imports a new company from a zip archive, and leaves no files behind', async () => {
    const before = leftovers();
    const reply = await adapter.send(
      'POST',
      '/api/imports',
      upload(files('rossi/'), { key: 'the first import' }),
    );
    assert.equal(reply.statusCode, 200, reply.body);
    const { state, company, report } = reply.json<Import>();
    assert.deepEqual([state, company, report?.result], ['done', 'TR', 'imported']);
    const companies = (await adapter.send('GET', '/api/companies')).json<{ items: { code: string }[] }>();
    assert.deepEqual(
      companies.items.map(({ code }) => code),
      ['IT', 'TR'],
    );
    assert.deepEqual(leftovers(), before);
  });

  it('gives the same import for the same key, and refuses the key with another folder', async () => {
    const first = await adapter.send('POST', '/api/imports', upload(files(), { key: 'the second import' }));
    const again = await adapter.send('POST', '/api/imports', upload(files(), { key: 'the second import' }));
    assert.deepEqual(again.json(), first.json());
    const other = upload({ ...files(), 'sites.csv': 'site,name\n' }, { key: 'the second import' });
    assertProblem(await adapter.send('POST', '/api/imports', other), 'keyOfOtherRequest');
  });

  it('shows the import under its address and among the runs of its company', async () => {
    const { id } = (
      await adapter.send('POST', '/api/imports', upload(files(), { key: 'the third import' }))
    ).json<Import>();
    assert.equal((await adapter.send('GET', `/api/imports/TR/${id}`)).json<Import>().id, id);
    const { items } = (await adapter.send('GET', '/api/runs', { headers: { 'x-company': 'TR' } })).json<{
      items: { id: string; command: string; total: number }[];
    }>();
    assert.deepEqual([items[0]?.id, items[0]?.command, items[0]?.total], [id, 'import', 2]);
    assertProblem(await adapter.send('GET', `/api/imports/IT/${id}`), 'notFound');
  });

  it('checks only, in a dry run, and says every error in the language of the caller', async () => {
    const wrong = { ...files('', 'XX'), 'sites.csv': 'site,name\nS1,\n' };
    const reply = await adapter.send(
      'POST',
      '/api/imports?dryRun=true',
      upload(wrong, { headers: { 'accept-language': 'it' } }),
    );
    const report = reply.json<ImportReport>();
    assert.deepEqual([report.dryRun, report.result], [true, 'refused']);
    assert.deepEqual(report.errors.items[0], {
      ...{ file: 'sites', line: 2, column: 'name', code: 'missing', message: 'Questo campo è obbligatorio.' },
    });
  });

  it('needs a key, a zip archive and a plant.json', async () => {
    assertProblem(await adapter.send('POST', '/api/imports', upload(files())), 'missingIdempotencyKey');
    const { ['plant.json']: _, ...headless } = files();
    assertProblem(
      await adapter.send('POST', '/api/imports', upload(headless, { key: 'without description' })),
      'invalidUpload',
    );
    const noZip = {
      payload: Buffer.from('PK no zip'),
      headers: { 'content-type': 'application/zip' },
      key: 'not an archive',
    };
    assertProblem(await adapter.send('POST', '/api/imports', noZip), 'invalidUpload');
    assertProblem(
      await adapter.send('POST', '/api/imports', { payload: {}, key: 'json in its place' }),
      'unsupportedMediaType',
    );
  });

  it('lets no name in an archive lead out of its folder', async () => {
    const escape = path.join(tmpdir(), 'escaped.csv');
    const evil = { ...files(), '../../escaped.csv': 'site,name\n' };
    const reply = await adapter.send('POST', '/api/imports', upload(evil, { key: 'a way out of it' }));
    // yauzl refuses such an archive as a whole.
    assertProblem(reply, 'invalidUpload');
    assert.equal(existsSync(escape), false);
  });
});

describe('without the right to import, POST /api/imports', () => {
  const adapter = useAdapter(() => ({ rights: ['release'] }));

  it('is refused', async () => {
    assertProblem(
      await adapter.send('POST', '/api/imports', upload(files(), { key: 'not allowed to' })),
      'rightMissing',
    );
  });

  it('so is stopping one of somebody who may', async () => {
    const { server } = await adapter.another({ rights: ['import'] });
    const sent = upload(files(), { headers: { 'idempotency-key': 'one who is allowed' } });
    const { id } = (await server.inject({ method: 'POST', url: '/api/imports', ...sent })).json<Import>();
    assertProblem(await adapter.send('POST', `/api/imports/TR/${id}/cancel`), 'rightMissing');
  });
});
