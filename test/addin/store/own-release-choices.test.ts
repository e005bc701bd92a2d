import assert from 'node:assert/strict';
import { otherwiseText } from '../../../src/addin/taskpane/confirm/otherwise-text';
import { otherwise } from '../../../src/addin/taskpane/store/release-choices';
import { textsIn } from '../../../src/addin/texts';
import { calendarDate } from '../../../src/domain/calendar';
import { anOrder, anOutcome } from '../excel/workbook';
import { key, orders, usePane } from './use-pane';

const later = calendarDate('2026-12-01');

describe('the pane, releasing single orders otherwise than the others', () => {
  const { pane, state, book, planner } = usePane();
  const [first, second] = [key(1), key(2)];
  const posting = { company: '1', chosenOn: calendarDate('2026-11-20'), day: later };
  const saidOf = () => book.judged?.orders.find((order) => order.key === first);
  const deviation = (language: 'en' | 'it', order = first) =>
    otherwiseText(otherwise(state().releaseChoices, order, state().session), textsIn(language), (day) => day);

  it('asks for the posting day and the papers of an order beside it', async () => {
    pane.actions.choosePapers(['routeCard']);
    pane.actions.chooseFor(first, { posting, papers: [] });
    await pane.actions.preview();
    assert.deepEqual(book.judged, {
      command: 'release',
      orders: [{ key: first, version: 3, postingDate: later, papers: [] }],
      papers: ['routeCard'],
    });
  });

  it('says nothing of an order that is to have the papers of all, by whichever way', async () => {
    pane.actions.chooseFor(first, { papers: ['routeCard'] });
    pane.actions.choosePapers(['jobCard']);
    await pane.actions.preview();
    assert.deepEqual(saidOf(), { key: first, version: 3 });
    pane.actions.chooseFor(first, { papers: ['jobCard'] });
    await pane.actions.preview();
    assert.deepEqual(saidOf(), { key: first, version: 3 });
  });

  it('forgets a day once the plant’s day it was chosen on is over', async () => {
    pane.actions.chooseFor(first, { posting: { ...posting, chosenOn: calendarDate('2026-11-19') } });
    await pane.actions.preview();
    assert.deepEqual(saidOf(), { key: first, version: 3 });
    assert.equal(deviation('en'), '');
  });

  it('keeps the day of an order while something else is chosen for all, and gives it up with the rest', async () => {
    pane.actions.chooseFor(first, { posting, split: false });
    pane.actions.chooseForAll({ split: true });
    await pane.actions.preview();
    assert.deepEqual(saidOf(), { key: first, version: 3, postingDate: later });
    pane.actions.chooseAsAll(first);
    assert.equal(state().preview, null);
    await pane.actions.preview();
    assert.deepEqual(saidOf(), { key: first, version: 3 });
  });

  it('marks sub-orders with the day and the papers of their order', async () => {
    pane.actions.chooseFor(first, { references: true, posting, papers: ['jobCard'] });
    book.judgedAs = [
      anOutcome(1, { order: anOrder(1) }),
      anOutcome(7, { order: anOrder(7), goesWith: first }),
    ];
    await pane.actions.commit();
    assert.deepEqual(
      book.sent[0]?.request.orders,
      orders([1, 3], [7, 1]).map((order) => ({ ...order, postingDate: later, papers: ['jobCard'] })),
    );
  });

  it('does not bring a sub-order back for another day', async () => {
    pane.actions.chooseForAll({ references: true });
    book.judgedAs = [anOutcome(1, { order: anOrder(1) })];
    await pane.actions.preview();
    pane.actions.chooseFor(first, { posting });
    await pane.actions.preview();
    assert.deepEqual(saidOf(), { key: first, version: 3, postingDate: later });
  });

  it('is about one release: what went is released as the others the next time, what stayed is not', async () => {
    pane.actions.setIncludeHidden(true);
    pane.actions.chooseFor(first, { posting });
    pane.actions.chooseFor(second, { posting });
    book.outcomesOf = [anOutcome(1), anOutcome(2, { result: 'refused' })];
    await pane.actions.commit();
    assert.deepEqual([...state().releaseChoices.own.keys()], [second]);
  });

  it('explains an order on its day', async () => {
    planner.defaults = { ...planner.defaults, posting: { ...posting, day: calendarDate('2026-11-30') } };
    pane.actions.chooseFor(first, { posting });
    for (const order of [first, second]) await assert.rejects(pane.actions.explain(order));
    assert.deepEqual(book.explainedOn, [later, '2026-11-30']);
  });

  it('shows in a row what holds for its order alone, in both languages', () => {
    assert.equal(deviation('en'), '');
    pane.actions.chooseFor(first, {
      references: true,
      split: false,
      posting,
      papers: ['jobCard', 'routeCard'],
    });
    assert.equal(deviation('en'), 'Sub-orders · Not in part · Posted on 2026-12-01 · Job card · Route card');
    assert.equal(
      deviation('it'),
      'Sottordini · Solo per intero · Registrazione il 2026-12-01 · Scheda di lavorazione · Scheda del ciclo',
    );
    pane.actions.chooseForAll({ references: true, split: false });
    pane.actions.choosePapers(['jobCard']);
    pane.actions.chooseFor(second, { references: false, split: true, papers: [] });
    assert.equal(deviation('en', second), 'Without sub-orders · In part · No papers');
    assert.equal(deviation('it', second), 'Senza sottordini · Parziale · Nessun documento');
  });
});
