import assert from 'node:assert/strict';
import { ApiError } from '../../../src/addin/api/errors';
import { anOutcome } from '../excel/workbook';
import { key, usePane } from './use-pane';

describe('the pane, restoring', () => {
  const { pane, state, book, sheet } = usePane();

  it('tries a declaration step again on its own order, whatever is selected by then', async () => {
    pane.actions.show('restore');
    await pane.actions.select({ order: key(1), company: '1' });
    await pane.actions.stepDeclaration(1, 'delete');
    const retry = state().trouble?.retry;
    await pane.actions.select({ order: key(2), company: '1' });
    await retry?.();
    assert.deepEqual(book.declared, [`delete ${key(1)} 1`, `delete ${key(1)} 1`]);
  });

  describe('with the order selected in the restore view', () => {
    const shown = () => state().selected?.detail?.version;
    beforeEach(async () => {
      pane.actions.show('restore');
      await pane.actions.select({ order: key(1), company: '1' });
    });

    it('writes into its row what a step with its declarations changed, and whether it can be restored now', async () => {
      book.declaring = ['run'];
      await pane.actions.stepDeclaration(1, 'delete');
      assert.deepEqual(sheet.written, [key(1)]);
      assert.ok(sheet.writtenOrders[0]?.restore, 'the row says it');
      assert.equal(shown(), 2, 'read anew');
      assert.equal(sheet.writtenOrders[0]?.version, shown(), 'and only once');
    });

    it('offers no undo of a last release whose only order was restored by a step', async () => {
      book.undoable = 1;
      await pane.actions.commit();
      assert.equal(state().lastRelease?.undoable, 1);
      book.undoable = 0;
      await pane.actions.restoreSelected();
      assert.equal(state().lastRelease, null);
    });

    it('brings the outcome of a step to the sheet later, without taking the step again', async () => {
      [book.declaring, sheet.resultsLost] = [['run'], 1];
      await pane.actions.stepDeclaration(1, 'delete');
      assert.deepEqual(sheet.written, []);
      await state().trouble?.retry?.();
      assert.deepEqual([book.declared.length, sheet.written, state().trouble], [1, [key(1)], null]);
    });

    it('shows the order as it is now when a step was refused', async () => {
      const problem = { type: '', title: '', status: 409, code: 'refused', detail: '' } as const;
      book.declaring = [new ApiError('problem', '/api/orders', problem)];
      await pane.actions.stepDeclaration(1, 'delete');
      assert.ok(state().trouble?.error instanceof ApiError);
      assert.equal(shown(), 2);
    });

    it('shows the order as it is now after a run it was in, and only then', async () => {
      book.outcomesOf = [anOutcome(2)];
      await pane.actions.commit();
      assert.equal(shown(), 1);
      book.outcomesOf = [anOutcome(1)];
      await pane.actions.commit();
      assert.equal(shown(), 2);
    });

    it('cancels what it still asks about a row when another one is selected, or none', async () => {
      const cancelled = (number: number) =>
        book.askedOf.filter(({ order }) => order === key(number)).map(({ signal }) => signal?.aborted);
      book.askedOf = [];
      const left = pane.actions.select({ order: key(2), company: '1' });
      const stayed = pane.actions.select({ order: key(3), company: '1' });
      await Promise.all([left, stayed]);
      assert.deepEqual(cancelled(2), [true, true, true, true]);
      assert.deepEqual(cancelled(3), [false, false, false, false]);
      assert.deepEqual([state().selected?.key, state().trouble], [key(3), null]);
      const gone = pane.actions.select({ order: key(4), company: '1' });
      await pane.actions.select(null);
      await gone;
      assert.deepEqual(cancelled(4), [true, true, true, true]);
      assert.equal(state().selected, null);
    });

    it('shows the row that is selected when the view is opened, and nothing where none is', async () => {
      pane.actions.show('release');
      pane.actions.show('restore');
      await pane.actions.followSelection();
      assert.equal(state().selected, null);
      sheet.selectedToo = [{ key: key(8), company: '1', version: 2 }];
      await pane.actions.followSelection();
      assert.equal(state().selected?.key, key(8));
    });
  });
});
