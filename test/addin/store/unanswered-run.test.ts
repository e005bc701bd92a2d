import assert from 'node:assert/strict';
import { ApiError } from '../../../src/addin/api/errors';
import { pendingText } from '../../../src/addin/taskpane/pending-text';
import type { Pane } from '../../../src/addin/taskpane/store/pane';
import { mayAskAgain } from '../../../src/addin/taskpane/store/pending';
import { textsIn } from '../../../src/addin/texts';
import type { RunRequest } from '../../../src/contract/runs';
import { key, orders, usePane } from './use-pane';

describe('the pane, with a run that may not have been answered', () => {
  const { pane, aPane, state, book, sheet, planner } = usePane();
  const asksAgain = ({ store }: Pane) => {
    const { pendingRun } = store.getState();
    return pendingRun !== null && mayAskAgain(pendingRun, store.getState());
  };

  it('has the key of a run in the workbook before it is sent, and takes it out when the outcomes are in', async () => {
    await pane.actions.commit();
    assert.equal(book.sent[0]?.savedBefore, book.sent[0]?.key);
    assert.equal(sheet.pending, null);
    assert.deepEqual(sheet.written, [key(1), key(4)]);
  });

  it('sends an unanswered run again under its own key, even by another pane', async () => {
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    assert.equal(state().connection, 'unreachable');
    const again = aPane();
    await again.actions.start();
    assert.notEqual(again.store.getState().pendingRun, null);
    await again.actions.resume();
    assert.equal(book.sent[1]?.key, book.sent[0]?.key);
    assert.deepEqual(book.sent[1]?.request, book.sent[0]?.request);
    assert.equal(sheet.pending, null);
  });

  for (const [whom, change] of [
    ['another user', { user: 'bruno' }],
    ['another company', { company: '2' }],
    ['another address', { address: 'https://test' }],
  ] as const) {
    it(`tells ${whom} whose an unanswered run is, and sends nothing`, async () => {
      book.answers = [new ApiError('unreachable', '/api/runs')];
      await pane.actions.commit();
      assert.equal(asksAgain(pane), true);
      planner.here = { ...planner.here, ...change };
      const other = aPane();
      await other.actions.start();
      assert.equal(asksAgain(other), false);
      assert.equal(
        sheet.pending && pendingText(sheet.pending, false, [], textsIn('en')),
        'The release of 1 order was sent, but its answer never came. ' +
          'It was sent by anna to company 1 at https://plant: only anna can ask again, and only there.',
      );
      await other.actions.resume();
      await other.actions.commit();
      assert.equal(book.sent.length, 1);
      assert.notEqual(sheet.pending, null);
    });
  }

  it('finds out before it asks again that it is elsewhere by now', async () => {
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    planner.here = { ...planner.here, address: 'https://test' };
    await pane.actions.resume();
    assert.equal(book.sent.length, 1);
    assert.equal(asksAgain(pane), false);
    assert.equal(state().connection, 'ready');
  });

  it('does not ask again about a run of which nobody knows where it was sent', async () => {
    const request: RunRequest = { command: 'release', orders: orders([1, 3]) };
    sheet.pending = { key: 'old', user: 'anna', company: null, address: null, request };
    const later = aPane();
    await later.actions.start();
    assert.equal(asksAgain(later), false);
    assert.match(
      pendingText(sheet.pending, false, [], textsIn('en')),
      /sent by anna with an earlier version/,
    );
    await later.actions.resume();
    assert.equal(book.sent.length, 0);
  });

  it('gives up an unanswered run without sending anything, and goes on with new ones', async () => {
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    planner.here = { ...planner.here, user: 'bruno' };
    const other = aPane();
    await other.actions.start();
    await other.actions.giveUp();
    assert.deepEqual([sheet.pending, other.store.getState().pendingRun, book.sent.length], [null, null, 1]);
    assert.equal(other.store.getState().marks.marked.length, 3);
    await other.actions.commit();
    assert.equal(book.sent.length, 2);
    assert.notEqual(book.sent[1]?.key, book.sent[0]?.key);
  });

  it('forgets a run that was refused as a whole', async () => {
    const problem = { type: '', title: '', status: 400, code: 'invalidRequest', detail: '' } as const;
    book.answers = [new ApiError('problem', '/api/runs', problem)];
    await pane.actions.commit();
    assert.equal(sheet.pending, null);
    assert.ok(state().trouble?.error instanceof ApiError);
  });

  it('keeps what failed at hand to be tried again', async () => {
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    await state().trouble?.retry?.();
    assert.equal(state().trouble, null);
    assert.equal(book.sent.length, 2);
    assert.equal(book.sent[1]?.key, book.sent[0]?.key);
  });
});
