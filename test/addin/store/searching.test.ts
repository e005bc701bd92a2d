import assert from 'node:assert/strict';
import { noCriteria } from '../../../src/addin/taskpane/store/criteria';
import { usePane } from './use-pane';

describe('the pane, searching', () => {
  const { pane, state, book, sheet } = usePane();

  it('asks for the coming week at first', () => {
    const { startFrom, startTo } = state().criteria.release;
    assert.deepEqual([startFrom, startTo], ['2026-11-20', '2026-11-27']);
  });

  it('rebuilds a broken table and fills it with what was searched last', async () => {
    pane.actions.setCriteria({ order: '125', startFrom: '', startTo: '' });
    await pane.actions.search();
    await pane.actions.rebuildTable();
    assert.equal(sheet.rebuilt, 1);
    assert.deepEqual(book.searched.at(-1), { state: ['launched'], order: '125' });
    assert.equal(book.searched.length, 2);
  });

  it('adds columns that the sheet had no room for, and fills them by a search', async () => {
    await pane.actions.addColumns(pane.actions.search);
    assert.deepEqual([sheet.columnsAdded, book.searched.length], [1, 1]);
  });

  it('searches by further criteria, each in its own form, and again by the same', async () => {
    const further = {
      customer: ' Rossi% ',
      site: 'A, B',
      bomLevel: '1,2',
      runNumber: '17',
      printed: 'false',
      dueTo: '2026-11-27',
      machine: ' , ',
      project: ' ',
    };
    pane.actions.setCriteria({ ...noCriteria, further });
    await pane.actions.search();
    const query = {
      state: ['launched'],
      customer: 'Rossi%',
      site: ['A', 'B'],
      bomLevel: [1, 2],
      runNumber: 17,
      printed: false,
      dueTo: '2026-11-27',
    };
    assert.deepEqual(book.searched.at(-1), query);
    pane.actions.setCriteria(noCriteria);
    await pane.actions.searchAgain();
    assert.deepEqual(book.searched.slice(-2), [query, query]);
    pane.actions.setCriteria({ further });
    await pane.actions.searchWithout('due');
    const { dueTo: _, ...rest } = query;
    assert.deepEqual(book.searched.at(-1), rest);
  });

  describe('of a search that finds nothing', () => {
    beforeEach(async () => {
      pane.actions.setCriteria({ order: '125', item: 'BK', startFrom: '', startTo: '' });
      await pane.actions.search();
      await pane.actions.readLooser();
    });

    it('asks what it could be loosened by', () => {
      assert.deepEqual(book.loosened, [{ state: ['launched'], order: '125', item: 'BK' }]);
      const { looser, loaded } = state();
      assert.equal(looser?.of, loaded);
      assert.deepEqual(looser?.by.without, [{ criterion: 'item', found: 7 }]);
    });

    it('searches without one criterion, or without any', async () => {
      await pane.actions.searchWithout('item');
      assert.deepEqual(book.searched.at(-1), { state: ['launched'], order: '125' });
      await pane.actions.searchWithout(null);
      assert.deepEqual(book.searched.at(-1), { state: ['launched'] });
    });

    it('searches for the same among the orders of the other view', async () => {
      await pane.actions.searchIn('restore');
      assert.deepEqual(book.searched.at(-1), { state: ['executive'], order: '125', item: 'BK' });
      assert.equal(state().view, 'restore');
    });
  });
});
