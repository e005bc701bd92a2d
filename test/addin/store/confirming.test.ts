import assert from 'node:assert/strict';
import { noCriteria } from '../../../src/addin/taskpane/store/criteria';
import { policyPresets } from '../../../src/domain/policy';
import { anOrder, anOutcome } from '../excel/workbook';
import { aCompany, overtaken } from './fake-book';
import { key, orders, usePane } from './use-pane';

describe('the pane, confirming a release', () => {
  const { pane, aPane, state, book, sheet, planner } = usePane();

  const [first, second] = [key(1), key(2)];
  const judgedWith = (...numbers: number[]) => {
    book.judgedAs = numbers.map((number) => anOutcome(number, { order: anOrder(number) }));
  };

  it('says of an order what was chosen for it, and of the others what was chosen for all', async () => {
    pane.actions.chooseForAll({ split: false });
    pane.actions.chooseFor(second, { split: true, references: true });
    pane.actions.choosePapers(['routeCard']);
    pane.actions.setIncludeHidden(true);
    await pane.actions.preview();
    assert.deepEqual(book.judged, {
      command: 'release',
      orders: [
        { key: first, version: 3, split: false },
        { key: second, version: 5, references: true },
      ],
      papers: ['routeCard'],
    });
  });

  it('starts with what the planner keeps, in this pane and the next', async () => {
    pane.actions.chooseForAll({ references: true, split: false });
    pane.actions.chooseFor(second, { split: true });
    pane.actions.choosePapers(['jobCard']);
    await pane.actions.keepDefaults();
    const kept = { references: true, split: false, papers: ['jobCard'] };
    assert.deepEqual([book.keptDefaults, state().releaseDefaults], [kept, kept]);
    const next = aPane();
    await next.actions.start();
    const { references, split, papers, own } = next.store.getState().releaseChoices;
    assert.deepEqual([{ references, split, papers }, own.size], [kept, 0]);
  });

  it('leaves what was chosen since when it connects again', async () => {
    book.keptDefaults = { references: true, split: true, papers: [] };
    pane.actions.chooseForAll({ split: false });
    await pane.actions.connect();
    const { references, split } = state().releaseChoices;
    assert.deepEqual([references, split], [false, false]);
  });

  it('starts with what was kept for the other company, and with nothing of the one before', async () => {
    pane.actions.choosePapers(['jobCard']);
    book.others = [aCompany('2')];
    planner.here = { ...planner.here, company: '2' };
    book.keptDefaults = { references: false, split: true, papers: ['routeCard'] };
    await pane.actions.changeCompany('2');
    assert.deepEqual(state().releaseChoices.papers, ['routeCard']);
  });

  it('shows by which policies the company releases since the last search, and drops a preview by others', async () => {
    assert.equal(state().policy?.preset, 'fluentis');
    book.policy = { ...book.policy, shortage: 'refuse', preset: null };
    await pane.actions.search();
    assert.equal(state().policy?.shortage, 'refuse');
    await pane.actions.preview();
    assert.notEqual(state().preview, null);
    assert.equal(await pane.actions.setPolicy(policyPresets.dynamics, 0), null);
    assert.deepEqual([book.policy.picking, state().policy?.picking, state().preview], ['work', 'work', null]);
  });

  it('changes no policies that somebody else changed meanwhile: it shows theirs and says whose they are', async () => {
    await pane.actions.preview();
    book.policy = { ...book.policy, shortage: 'negative', version: 1, changedBy: 'bruno' };
    assert.deepEqual(await pane.actions.setPolicy(policyPresets.dynamics, 0), book.policy);
    assert.deepEqual(
      [book.policy.shortage, state().policy, state().preview],
      ['negative', book.policy, null],
    );
    assert.deepEqual(state().trouble, { error: overtaken, retry: null });
    assert.equal(await pane.actions.setPolicy(policyPresets.dynamics, 1), null);
    assert.deepEqual([book.policy.shortage, state().trouble], ['refuse', null]);
  });

  it('marks the sub-orders that a preview finds, and releases what is marked then', async () => {
    pane.actions.chooseForAll({ references: true });
    judgedWith(1, 7);
    await pane.actions.preview();
    assert.deepEqual(
      sheet.markedToo.map((row) => row.key),
      [key(7)],
    );
    assert.deepEqual(sheet.foretold, [first, key(7)]);
    await pane.actions.commit();
    assert.deepEqual(book.sent[0]?.request, { command: 'release', orders: orders([1, 3], [7, 1]) });
  });

  it('marks them before a release that was not previewed', async () => {
    pane.actions.chooseForAll({ references: true });
    judgedWith(1, 7);
    await pane.actions.commit();
    assert.deepEqual(book.sent[0]?.request, { command: 'release', orders: orders([1, 3], [7, 1]) });
  });

  it('does not bring back a sub-order that was taken out, until the next search', async () => {
    pane.actions.chooseForAll({ references: true });
    judgedWith(1, 7);
    await pane.actions.preview();
    sheet.markedToo = [];
    await pane.actions.preview();
    assert.deepEqual(book.judged?.orders, orders([1, 3]));
    await pane.actions.search();
    await pane.actions.preview();
    assert.deepEqual(book.judged?.orders, [{ key: first, version: 3, references: true }]);
  });

  it('adds what the criteria find to the marked ones, and takes single orders out', async () => {
    pane.actions.setCriteria({ ...noCriteria, order: '2026/1%' });
    await pane.actions.addFound();
    assert.deepEqual(book.searched.at(-1), { state: ['launched'], order: '2026/1%' });
    assert.deepEqual(
      sheet.markedToo.map((row) => row.key),
      [first],
    );
    await pane.actions.takeOut(first);
    assert.deepEqual(sheet.unmarked, [first]);
  });
});
