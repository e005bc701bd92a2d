import assert from 'node:assert/strict';
import { ApiError } from '../../../src/addin/api/errors';
import { pendingText } from '../../../src/addin/taskpane/pending-text';
import { textsIn } from '../../../src/addin/texts';
import { aRun } from './fake-book';
import { usePane } from './use-pane';

describe('the pane, undoing a release', () => {
  const { pane, aPane, state, book, sheet } = usePane();

  it('undoes the last release, also after the next search', async () => {
    book.undoable = 1;
    await pane.actions.commit();
    await pane.actions.search();
    assert.equal(state().result, null);
    assert.equal(state().lastRelease?.undoable, 1);
    await pane.actions.undoRun();
    assert.deepEqual(book.undone, [
      { run: aRun().id, key: book.undone[0]?.key, savedBefore: book.undone[0]?.key },
    ]);
    assert.equal(state().result?.run.command, 'restore');
    assert.equal(state().lastRelease, null, 'nothing is left to undo');
    await pane.actions.undoRun();
    assert.equal(book.undone.length, 1);
  });

  it('knows the last release of today when it opens', async () => {
    book.undoable = 3;
    const later = aPane();
    await later.actions.start();
    assert.equal(later.store.getState().lastRelease?.undoable, 3);
  });

  it('asks again about an undo without an answer under its own key', async () => {
    book.undoable = 2;
    await pane.actions.commit();
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.undoRun();
    assert.equal(
      sheet.pending && pendingText(sheet.pending, true, [], textsIn('en')).split('.')[0],
      'The restore of 2 orders was sent, but its answer never came',
    );
    await pane.actions.resume();
    assert.deepEqual(
      [book.undone.length, book.undone[1]?.key, sheet.pending],
      [2, book.undone[0]?.key, null],
    );
  });
});
