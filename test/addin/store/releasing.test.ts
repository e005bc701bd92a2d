import assert from 'node:assert/strict';
import { calendarDate } from '../../../src/domain/calendar';
import { aMark } from './fake-sheet';
import { orders, usePane } from './use-pane';

describe('the pane, releasing and restoring what is marked', () => {
  const { pane, aPane, state, book, sheet, planner } = usePane();

  it('releases the visible marked rows, and the hidden ones only on request', async () => {
    await pane.actions.commit();
    assert.deepEqual(book.sent[0]?.request, { command: 'release', orders: orders([1, 3]) });
    pane.actions.setIncludeHidden(true);
    await pane.actions.commit();
    assert.deepEqual(book.sent[1]?.request.orders, orders([1, 3], [2, 5]));
  });

  it('says what is being done when the orders are released and the sheet is not written yet', async () => {
    const said = new Set<string>();
    const unsubscribe = pane.store.subscribe(({ work }) => work && said.add(work.kind));
    await pane.actions.commit();
    unsubscribe();
    assert.deepEqual([...said], ['release', 'outcomes', 'sheet', 'movements', 'writeMovements']);
  });

  it('says what picking work a release has made where the company works by it, and asks for none elsewhere', async () => {
    await pane.actions.commit();
    assert.deepEqual([book.workAskedOf, state().result?.madeWork], [[], null]);
    pane.store.setState({ policy: { ...book.policy, picking: 'work' } });
    await pane.actions.commit();
    assert.deepEqual([book.workAskedOf.length, state().result?.madeWork?.total], [1, 3]);
  });

  it('releases in the sequence the planner typed, in preview and release alike', async () => {
    sheet.markedToo = [aMark(4, { priority: 2 }), aMark(6, { priority: 1 })];
    const asked = { command: 'release', orders: orders([6, 1], [4, 1], [1, 3]), sequence: 'asGiven' };
    await pane.actions.preview();
    assert.deepEqual(book.judged, asked);
    await pane.actions.commit();
    assert.deepEqual(book.sent[0]?.request, asked);
  });

  it('gives scarce stock out from top to bottom for a planner who likes it so, and priorities go before', async () => {
    sheet.markedToo = [aMark(6), aMark(4)];
    planner.defaults = { ...planner.defaults, sequence: 'asShown' };
    await pane.actions.commit();
    sheet.markedToo = [aMark(6), aMark(4, { priority: 1 })];
    await pane.actions.commit();
    assert.deepEqual(
      book.sent.map(({ request }) => [request.sequence, request.orders]),
      [
        ['asGiven', orders([1, 3], [6, 1], [4, 1])],
        ['asGiven', orders([4, 1], [1, 3], [6, 1])],
      ],
    );
  });

  it('takes hidden rows along from the start for a planner who likes it so, in either view', async () => {
    planner.defaults = { ...planner.defaults, includeHidden: true };
    const other = aPane();
    await other.actions.start();
    await other.actions.commit();
    assert.deepEqual(book.sent[0]?.request.orders, orders([1, 3], [2, 5]));
    other.actions.setIncludeHidden(false);
    other.actions.show('restore');
    assert.equal(other.store.getState().includeHidden, true);
  });

  it('posts on the day that was chosen today for this company, and a restore on none', async () => {
    const posting = { company: '1', chosenOn: calendarDate('2026-11-20'), day: calendarDate('2026-10-31') };
    const posted = async (changes: Partial<typeof posting>, view: 'release' | 'restore' = 'release') => {
      planner.defaults = { ...planner.defaults, posting: { ...posting, ...changes } };
      pane.actions.show(view);
      await pane.actions.commit();
      return book.sent.at(-1)?.request.postingDate;
    };
    assert.equal(await posted({}), '2026-10-31');
    assert.equal(await posted({ company: '2' }), undefined);
    assert.equal(await posted({ chosenOn: calendarDate('2026-11-19') }), undefined);
    assert.equal(await posted({}, 'restore'), undefined);
  });

  it('restores what is marked for restore in the other view', async () => {
    pane.actions.show('restore');
    await pane.actions.commit();
    assert.deepEqual(book.sent[0]?.request, { command: 'restore', orders: orders([3, 7]) });
  });

  it('tries again to bring the movements of a run without committing what is still marked', async () => {
    book.movementsLost = 1;
    await pane.actions.commit();
    assert.equal(sheet.pending, null);
    await state().trouble?.retry?.();
    assert.equal(state().trouble, null);
    assert.equal(book.sent.length, 1);
  });

  it('brings the movements of all marked orders, however many', async () => {
    sheet.markedToo = Array.from({ length: 450 }, (_, index) => aMark(1000 + index));
    await pane.actions.search();
    await pane.actions.showMovements();
    assert.equal(book.movementsOf, 451);
  });

  it('asks anew about hidden rows after every run', async () => {
    pane.actions.setIncludeHidden(true);
    await pane.actions.commit();
    await pane.actions.commit();
    assert.deepEqual(book.sent[1]?.request.orders, orders([1, 3]));
  });
});
