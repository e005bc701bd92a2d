import assert from 'node:assert/strict';
import { calendarDate } from '../../../src/domain/calendar';
import { forceable, forced, refusal } from '../../../src/domain/refusals';
import { anOrder, anOutcome } from '../excel/workbook';
import { aMark } from './fake-sheet';
import { key, orders, usePane } from './use-pane';

const day = (of: number) => calendarDate(`2026-11-${of}`);

describe('the pane, with orders that were not released', () => {
  const { pane, state, book, sheet, planner } = usePane();

  it('tries only those again that failed, hidden ones included', async () => {
    sheet.markedToo = [aMark(4), aMark(5)];
    book.outcomesOf = [anOutcome(1, { result: 'refused' }), anOutcome(2, { result: 'failed' })];
    book.outcomesOf.push(anOutcome(4, { result: 'failed' }), anOutcome(5, { result: 'refused' }));
    await pane.actions.commit();
    await pane.actions.retryFailed();
    assert.deepEqual(book.sent[1]?.request, { command: 'release', orders: orders([4, 1], [2, 5]) });
    assert.notEqual(book.sent[1]?.key, book.sent[0]?.key);
    book.outcomesOf = [anOutcome(4)];
    await pane.actions.retryFailed();
    await pane.actions.retryFailed();
    assert.equal(book.sent.length, 3, 'nothing failed any more');
  });

  it('asks for what failed as the run did, whatever the planner has switched since', async () => {
    sheet.markedToo = [aMark(4), aMark(5)];
    planner.defaults = { ...planner.defaults, posting: { company: '1', chosenOn: day(20), day: day(19) } };
    pane.actions.choosePapers(['routeCard']);
    pane.actions.chooseForAll({ split: false });
    pane.actions.chooseFor(key(5), { split: true });
    await pane.actions.previewAsStockAllows();
    book.outcomesOf = [4, 5].map((number) => anOutcome(number, { result: 'failed' }));
    await pane.actions.commit();
    planner.defaults = { ...planner.defaults, posting: null };
    pane.actions.choosePapers([]);
    pane.actions.chooseForAll({ split: true, references: true });
    await pane.actions.retryFailed();
    const [first, again] = book.sent.map(({ request }) => request);
    assert.deepEqual(
      [first?.asStockAllows, first?.papers, first?.postingDate],
      [true, ['routeCard'], '2026-11-19'],
    );
    assert.deepEqual(again, {
      ...first,
      orders: [
        { key: key(4), version: 1, split: false },
        { key: key(5), version: 1 },
      ],
    });
  });

  it('names no sub-orders again, which have had rows of their own to be taken out of', async () => {
    pane.actions.chooseForAll({ references: true });
    book.judgedAs = [anOutcome(1), anOutcome(4, { order: anOrder(4) })];
    await pane.actions.preview();
    book.outcomesOf = [anOutcome(1, { result: 'failed' })];
    await pane.actions.commit();
    await pane.actions.retryFailed();
    assert.deepEqual(book.sent[1]?.request, { command: 'release', orders: orders([1, 3]) });
  });

  it('lets the planner choose what becomes of each order that somebody else changed', async () => {
    const changed = refusal('REL-03', { order: key(1), user: 'bruno', at: '2026-11-20T09:00:00.000Z' });
    book.outcomesOf = [1, 2, 4].map((number) =>
      anOutcome(number, { result: 'refused', refusals: [changed] }),
    );
    book.outcomesOf.push(anOutcome(5, { result: 'refused', refusals: [refusal('REL-06', {})] }));
    await pane.actions.commit();
    await pane.actions.settleChanged([key(2)], 'drop');
    assert.deepEqual(sheet.chosen, [`drop ${key(2)}`]);
    assert.deepEqual(
      state().changed.map(({ key: of }) => of),
      [key(1), key(4)],
    );
    await pane.actions.settleChanged([key(1), key(4), key(5)], 'theirs');
    assert.deepEqual(sheet.chosen.slice(1), [`theirs ${key(1)}`, `theirs ${key(4)}`]);
    assert.deepEqual(state().changed, []);
  });

  describe('of orders that were refused', () => {
    const short = forceable(refusal('REL-10', { item: 'A', need: '5', available: '1', short: '4' }));
    const blocked = refusal('REL-06', { item: 'B' });
    beforeEach(async () => {
      sheet.markedToo = [aMark(4), aMark(5), aMark(6)];
      book.judgedAs = [
        anOutcome(1),
        anOutcome(4, { result: 'refused', refusals: [short] }),
        anOutcome(5, { result: 'refused', refusals: [short, blocked] }),
        anOutcome(6, { result: 'refused', refusals: [blocked] }),
      ];
      await pane.actions.preview();
    });

    it('forces exactly those that only rules keep which may be forced, after a preview that says so', async () => {
      book.judgedAs = [anOutcome(4, { warnings: [forced(short)] })];
      await pane.actions.previewForced('Truck at 14:00');
      assert.deepEqual(book.judged, {
        command: 'release',
        orders: orders([4, 1]),
        force: { reason: 'Truck at 14:00' },
      });
      assert.equal(state().preview?.forced, 'Truck at 14:00');
      await pane.actions.commit();
      assert.deepEqual(book.sent[0]?.request, book.judged);
      assert.equal(state().result?.forced, 'Truck at 14:00');
    });

    it('releases as many as stock allows, after a preview that says so, and all marks after another one', async () => {
      book.judgedAs = [anOutcome(1), anOutcome(4, { result: 'skipped', refusals: [short] })];
      await pane.actions.previewAsStockAllows();
      assert.equal(book.judged?.asStockAllows, true);
      assert.equal(state().preview?.asStockAllows, true);
      book.outcomesOf = book.judgedAs;
      await pane.actions.commit();
      assert.deepEqual(book.sent[0]?.request, book.judged);
      assert.deepEqual(state().result?.unlikePreview, [], 'what was to be passed over was');
      await pane.actions.preview();
      await pane.actions.commit();
      assert.equal('asStockAllows' in (book.sent[1]?.request ?? {}), false);
    });

    it('forces nothing that the preview of the forced release refused', async () => {
      book.judgedAs = [anOutcome(4, { result: 'refused', refusals: [blocked] })];
      await pane.actions.previewForced('Truck at 14:00');
      await pane.actions.commit();
      assert.equal(book.sent.length, 0);
    });

    it('forces nothing any more once the planner went back to the preview of all marks', async () => {
      book.judgedAs = [anOutcome(4)];
      await pane.actions.previewForced('Truck at 14:00');
      await pane.actions.preview();
      await pane.actions.commit();
      assert.deepEqual(book.sent[0]?.request, {
        command: 'release',
        orders: orders([1, 3], [4, 1], [5, 1], [6, 1]),
      });
    });

    it('forces what a release left refused', async () => {
      book.outcomesOf = [anOutcome(1), anOutcome(4, { result: 'refused', refusals: [short] })];
      await pane.actions.commit();
      book.judgedAs = [anOutcome(4)];
      await pane.actions.previewForced('Truck at 14:00');
      assert.deepEqual(book.judged?.orders, orders([4, 1]));
    });

    it('tries orders again that failed while they were forced, for the same reason', async () => {
      book.judgedAs = [anOutcome(4)];
      await pane.actions.previewForced('Truck at 14:00');
      book.outcomesOf = [anOutcome(4, { result: 'failed' })];
      await pane.actions.commit();
      await pane.actions.retryFailed();
      assert.deepEqual(book.sent[1]?.request, book.sent[0]?.request);
    });

    it('names an order that was forced against a rule the preview had not named', async () => {
      book.judgedAs = [anOutcome(4, { warnings: [forced(short)] })];
      await pane.actions.previewForced('Truck at 14:00');
      book.outcomesOf = [anOutcome(4, { warnings: [forced(short), forced(refusal('REL-07'))] })];
      await pane.actions.commit();
      assert.deepEqual(state().result?.unlikePreview, book.outcomesOf);
    });
  });
});
