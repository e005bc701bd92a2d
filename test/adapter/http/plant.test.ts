import assert from 'node:assert/strict';
import { Health, Session, WarehouseList, WorkCentreList } from '../../../src/contract/plant';
import { useAdapter } from './adapter';

describe('who, where and how it is', () => {
  const adapter = useAdapter();

  it('tells the session with the plant’s day, not the server’s', async () => {
    // In Rome it is the next day already.
    adapter.now = '2026-11-20T23:30:00.000Z' as typeof adapter.now;
    const session = Session.parse((await adapter.send('GET', '/api/session')).json());
    assert.equal(session.user, 'anna');
    assert.deepEqual(session.company, { code: 'IT', name: 'Esempio', timeZone: 'Europe/Rome' });
    assert.equal(session.today, '2026-11-21');
    assert.equal(session.version, '1.2.3');
  });

  it('lists the work centres', async () => {
    const { items } = WorkCentreList.parse((await adapter.send('GET', '/api/work-centres')).json());
    assert.deepEqual(items, [
      { code: '100', name: 'Assembly' },
      { code: '210', name: 'Painting' },
    ]);
  });

  it('lists the warehouses', async () => {
    const { items } = WarehouseList.parse((await adapter.send('GET', '/api/warehouses')).json());
    assert.deepEqual(items, [
      { code: 'MAG1', name: 'Raw material' },
      { code: 'MAG2', name: 'Parts' },
    ]);
  });

  for (const address of ['/api/health', '/api/ready']) {
    it(`answers at ${address}`, async () => {
      assert.deepEqual(Health.parse((await adapter.send('GET', address)).json()), {
        status: 'ok',
        version: '1.2.3',
      });
    });
  }
});
