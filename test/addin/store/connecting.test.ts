import assert from 'node:assert/strict';
import { ApiError } from '../../../src/addin/api/errors';
import { usePane } from './use-pane';

describe('the pane, connecting', () => {
  const { pane, aPane, state, book } = usePane();

  it('leaves what the planner fills in while it connects', async () => {
    const later = aPane();
    const started = later.actions.start();
    later.actions.setCriteria({ order: '125' });
    await started;
    const { order, startFrom } = later.store.getState().criteria.release;
    assert.deepEqual([order, startFrom], ['125', '']);
  });

  it('connects again by itself where the order book did not answer, and only there', async () => {
    book.present = false;
    await pane.actions.connect();
    assert.equal(state().connection, 'unreachable');
    assert.equal(state().failures.length, 1);
    book.present = true;
    await pane.actions.reconnect();
    assert.deepEqual([state().connection, state().trouble], ['ready', null]);
    book.present = false;
    await pane.actions.reconnect();
    assert.equal(state().connection, 'ready');
  });

  it('is signed out where nobody knows the planner any more, until somebody does', async () => {
    book.answers = [new ApiError('signedOut', '/api/runs')];
    await pane.actions.commit();
    assert.equal(state().connection, 'signedOut');
    await pane.actions.reconnect();
    assert.equal(state().connection, 'signedOut');
    await pane.actions.resume();
    assert.equal(state().connection, 'ready');
  });
});
