import assert from 'node:assert/strict';
import { SavedSearch, SavedSearchList } from '../../../src/contract/saved-searches';
import { instant } from '../../../src/domain/calendar';
import { problemIn, useAdapter } from './adapter';

describe('/api/saved-searches', () => {
  const adapter = useAdapter();
  afterEach(() => adapter.pool.query('delete from saved_search'));

  const save = (name: string, query: object) =>
    adapter.send('PUT', `/api/saved-searches/${encodeURIComponent(name)}`, { payload: { query } });
  const list = async () =>
    SavedSearchList.parse((await adapter.send('GET', '/api/saved-searches')).json()).items;

  it('keeps criteria under a name, by name', async () => {
    assert.equal((await save('Verniciatura', { workCentre: ['210'], state: ['launched'] })).statusCode, 200);
    await save('Assembly / 100%', {
      workCentre: ['100'],
      customer: '%rossi',
      mandatory: true,
      bomLevel: [1, 2],
    });
    assert.deepEqual(
      (await list()).map(({ name, query }) => [name, query]),
      [
        ['Assembly / 100%', { workCentre: ['100'], customer: '%rossi', mandatory: true, bomLevel: [1, 2] }],
        ['Verniciatura', { workCentre: ['210'], state: ['launched'] }],
      ],
    );
  });

  it('replaces what was saved under the name', async () => {
    await save('Mine', { item: 'A' });
    await save(' Mine ', { item: 'B' });
    assert.deepEqual(
      (await list()).map(({ name, query }) => [name, query]),
      [['Mine', { item: 'B' }]],
    );
  });

  it('moves relative days on with the calendar of the plant', async () => {
    const query = {
      startFrom: { anchor: 'today' },
      startTo: { anchor: 'endOfWeek', plus: 1 },
      dueTo: '2026-12-24',
    };
    const saved = SavedSearch.parse((await save('Next', query)).json());
    assert.deepEqual(saved.query, { ...query, startFrom: { anchor: 'today', plus: 0 } });
    assert.deepEqual(saved.today, { startFrom: '2026-11-20', startTo: '2026-11-29', dueTo: '2026-12-24' });
    // 23:30 of Sunday in London is Monday in Rome.
    adapter.now = instant(new Date('2026-11-22T23:30:00Z'));
    const [search] = await list();
    assert.deepEqual(search?.today, { startFrom: '2026-11-23', startTo: '2026-12-06', dueTo: '2026-12-24' });
    const found = await adapter.send('GET', `/api/orders?startFrom=${search?.today.startFrom ?? ''}`);
    assert.equal(found.statusCode, 200);
  });

  it('forgets one', async () => {
    await save('Mine', {});
    assert.equal((await adapter.send('DELETE', '/api/saved-searches/Mine')).statusCode, 204);
    assert.deepEqual(await list(), []);
    problemIn(await adapter.send('DELETE', '/api/saved-searches/Mine'), 'notFound', 404);
  });

  it('belongs to its user', async () => {
    await save('Mine', {});
    const { server } = await adapter.another({ user: 'bruno' });
    const reply = await server.inject({ method: 'GET', url: '/api/saved-searches' });
    assert.deepEqual(SavedSearchList.parse(reply.json()).items, []);
    const removed = await server.inject({ method: 'DELETE', url: '/api/saved-searches/Mine' });
    assert.equal(removed.statusCode, 404);
    assert.equal((await list()).length, 1);
  });

  it('refuses what cannot be searched for', async () => {
    const wrong = [
      { startFrom: 'tomorrow' },
      { startFrom: { anchor: 'easter' } },
      { startFrom: { anchor: 'today', plus: 1.5 } },
      { startFrom: { anchor: 'today', plus: 501 } },
      { state: ['open'] },
      { item: '' },
      { custommer: 'Rossi' },
    ];
    for (const query of wrong) problemIn(await save('Mine', query), 'invalidRequest', 400);
    problemIn(await adapter.send('PUT', '/api/saved-searches/Mine', { payload: {} }), 'invalidRequest', 400);
    problemIn(await save('x'.repeat(61), {}), 'invalidRequest', 400);
    problemIn(await save('two\nlines', {}), 'invalidRequest', 400);
    assert.deepEqual(await list(), []);
  });
});
