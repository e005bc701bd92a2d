import assert from 'node:assert/strict';
import { ApiError } from '../../../src/addin/api/errors';
import { SheetError } from '../../../src/addin/sync/sheet';
import { pendingText } from '../../../src/addin/taskpane/pending-text';
import { textsIn } from '../../../src/addin/texts';
import { anOutcome } from '../excel/workbook';
import { key, orders, usePane } from './use-pane';

describe('the pane, holding orders', () => {
  const { pane, state, book, sheet } = usePane();

  beforeEach(() => {
    sheet.selectedToo = [
      { key: key(8), company: '1', version: 2 },
      { key: key(9), company: '2', version: 1 },
    ];
  });

  it('is about the selected rows of its own company, with the reason', async () => {
    await pane.actions.hold('hold', ' Drawing changes ');
    await pane.actions.hold('lift', '');
    assert.deepEqual(
      book.sent.map(({ request }) => request),
      [
        { command: 'hold', orders: orders([8, 2]), reason: 'Drawing changes' },
        { command: 'lift', orders: orders([8, 2]) },
      ],
    );
    assert.deepEqual(sheet.written, [key(1), key(4), key(1), key(4)]);
  });

  it('says what a merge would put together before it is sent', async () => {
    book.judgedAs = [anOutcome(8, { result: 'merged' })];
    assert.deepEqual(await pane.actions.previewMerge(), book.judgedAs);
    assert.deepEqual(book.judged, { command: 'merge', orders: orders([8, 2]) });
    assert.deepEqual([book.sent.length, state().preview], [0, null]);
    sheet.selectedToo = [];
    assert.equal(await pane.actions.previewMerge(), null);
  });

  it('says so when no order is selected, and sends nothing', async () => {
    sheet.selectedToo = sheet.selectedToo.slice(1);
    await pane.actions.hold('hold', 'Drawing changes');
    const { trouble } = state();
    assert.ok(trouble?.error instanceof SheetError && trouble.error.code === 'nothingSelected');
    assert.equal(book.sent.length, 0);
  });

  it('asks again under its own key when its answer never came', async () => {
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.hold('hold', 'Drawing changes');
    assert.match(
      sheet.pending === null ? '' : pendingText(sheet.pending, true, [], textsIn('en')),
      /^The hold of 1 order was sent/,
    );
    await pane.actions.resume();
    assert.deepEqual([book.sent.length, book.sent[1]?.key, sheet.pending], [2, book.sent[0]?.key, null]);
  });
});
