import assert from 'node:assert/strict';
import { ReleaseDefaults, usualDefaults } from '../../../src/contract/release-defaults';
import { copyCompany } from '../orderbook/second-company';
import { company } from '../orderbook/small-plant';
import { problemIn, useAdapter } from './adapter';

describe('/api/release-defaults', () => {
  const adapter = useAdapter();
  afterEach(() => adapter.pool.query('delete from release_default'));

  const own = { references: true, split: false, papers: ['routeCard', 'jobCard'] };
  const read = async () => ReleaseDefaults.parse((await adapter.send('GET', '/api/release-defaults')).json());
  const save = (payload: object) => adapter.send('PUT', '/api/release-defaults', { payload });

  it('are what a run does by itself for whoever saved none', async () => {
    assert.deepEqual(await read(), usualDefaults);
  });

  it('are kept as they were saved last, papers as they lie on each other', async () => {
    const kept = { ...own, papers: ['jobCard', 'routeCard'] };
    const saved = await save({ ...own, papers: [...own.papers, 'jobCard'] });
    assert.deepEqual([saved.statusCode, saved.json()], [200, kept]);
    assert.deepEqual(await read(), kept);
    await save({ ...usualDefaults, references: true });
    assert.deepEqual(await read(), { ...usualDefaults, references: true });
  });

  it('belong to their user', async () => {
    await save(own);
    const { server } = await adapter.another({ user: 'bruno' });
    const reply = await server.inject({ method: 'GET', url: '/api/release-defaults' });
    assert.deepEqual(reply.json(), usualDefaults);
  });

  it('are none that cannot be', async () => {
    const wrong = [{}, { ...own, papers: ['pickList'] }, { ...own, split: 'yes' }, { ...own, posting: true }];
    for (const payload of wrong) problemIn(await save(payload), 'invalidRequest', 400);
    assert.deepEqual(await read(), usualDefaults);
  });

  it('belong to their user in one company: each of several users and companies keeps their own', async () => {
    await copyCompany(adapter.pool, company, 'XX');
    const { server: brunos } = await adapter.another({ user: 'bruno' });
    const whose = [
      [adapter.server, company, { ...own, papers: ['jobCard'] }],
      [adapter.server, 'XX', { ...own, papers: ['routeJobs'] }],
      [brunos, company, { ...own, papers: ['routeCard'] }],
      [brunos, 'XX', { ...own, references: false, split: true, papers: [] }],
    ] as const;
    const url = '/api/release-defaults';
    for (const [server, code, payload] of whose)
      await server.inject({ method: 'PUT', url, payload, headers: { 'x-company': code } });
    for (const [server, code, kept] of whose) {
      const reply = await server.inject({ method: 'GET', url, headers: { 'x-company': code } });
      assert.deepEqual(reply.json(), kept);
    }
  });
});
