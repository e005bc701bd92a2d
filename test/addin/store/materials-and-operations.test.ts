import assert from 'node:assert/strict';
import { mostContentRows } from '../../../src/addin/sync/most-rows';
import { SheetError } from '../../../src/addin/sync/sheet';
import type { OrderDetail } from '../../../src/contract/orders';
import { key, usePane } from './use-pane';

describe('the pane, loading materials and operations', () => {
  const { pane, state, book, sheet } = usePane();

  const material = {} as OrderDetail['materials'][number];
  beforeEach(() => {
    sheet.selectedToo = Array.from({ length: 250 }, (_, at) => ({
      key: key(at + 1),
      company: '1',
      version: 1,
    }));
  });

  it('reads every selected order in few requests, and writes them at once', async () => {
    await pane.actions.loadContent();
    assert.deepEqual([state().trouble, sheet.contents], [null, [250]]);
    assert.deepEqual(book.inOneRequest, [100, 100, 50]);
  });

  it('says so where they are more rows than a sheet is filled with, and reads no further', async () => {
    book.materials = Array.from({ length: mostContentRows / 100 + 1 }, () => material);
    await pane.actions.loadContent();
    const { trouble } = state();
    assert.ok(trouble?.error instanceof SheetError && trouble.error.code === 'tooManyRows');
    assert.deepEqual(sheet.contents, []);
    assert.deepEqual(book.inOneRequest, [100]);
  });

  it('leaves the sheet as it is where the planner stops the reading', async () => {
    const loading = pane.actions.loadContent();
    pane.store.subscribe(({ work }) => work?.done !== 0 && work?.cancel?.());
    await loading;
    assert.deepEqual([state().trouble, sheet.contents], [null, []]);
    assert.deepEqual(book.inOneRequest, [100, 100]);
  });
});
