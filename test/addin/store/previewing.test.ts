import assert from 'node:assert/strict';
import { SheetError } from '../../../src/addin/sync/sheet';
import { isPreviewOutdated } from '../../../src/addin/taskpane/preview-outdated';
import { refusal } from '../../../src/domain/refusals';
import { anOutcome } from '../excel/workbook';
import { aMark } from './fake-sheet';
import { key, usePane } from './use-pane';

describe('the pane, previewing', () => {
  const { pane, state, book, sheet } = usePane();

  it('says which orders went otherwise than the preview had said, and why', async () => {
    const changed = refusal('REL-03', { order: key(1), user: 'bruno', at: '2026-11-20T09:00:00.000Z' });
    book.outcomesOf = [
      anOutcome(1, { result: 'refused', refusals: [changed] }),
      anOutcome(4, { result: 'refused' }),
    ];
    await pane.actions.preview();
    await pane.actions.commit();
    const unlike = () => state().result?.unlikePreview.map(({ key: of, refusals }) => [of, refusals]);
    assert.deepEqual(unlike(), [[key(1), [changed]]], 'the preview had not judged the other one');
    await pane.actions.commit();
    assert.deepEqual(unlike(), [], 'that run had no preview');
    book.outcomesOf = null;
    await pane.actions.preview();
    await pane.actions.commit();
    assert.deepEqual(unlike(), [], 'it went as the preview had said');
  });

  it('drops a preview when the marks change', async () => {
    await pane.actions.preview();
    assert.notEqual(state().preview, null);
    assert.deepEqual(sheet.foretold, [key(1)]);
    await pane.actions.mark('release', 'visible');
    assert.equal(state().preview, null);
    assert.deepEqual(sheet.foretold, [], 'nor do the rows go on saying it');
  });

  it('tells a preview of other orders than are marked by now', async () => {
    book.judgedAs = [anOutcome(1)];
    await pane.actions.preview();
    assert.equal(isPreviewOutdated(state()), false);
    sheet.markedToo = [aMark(4)];
    await pane.actions.refreshMarks();
    assert.equal(isPreviewOutdated(state()), true);
    sheet.markedToo = [];
    await pane.actions.refreshMarks();
    assert.equal(isPreviewOutdated(state()), false);
  });

  it('shows a preview although the sheet cannot take it just now, and brings it there on request', async () => {
    sheet.previewsLost = 1;
    await pane.actions.preview();
    assert.notEqual(state().preview, null);
    assert.ok(state().trouble?.error instanceof SheetError);
    await state().trouble?.retry?.();
    assert.deepEqual([sheet.foretold, state().trouble], [[key(1)], null]);
  });
});
