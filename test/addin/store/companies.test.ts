import assert from 'node:assert/strict';
import { ApiError } from '../../../src/addin/api/errors';
import { mayChangeCompany } from '../../../src/addin/taskpane/store/pending';
import { aCompany } from './fake-book';
import { aMark } from './fake-sheet';
import { key, orders, usePane } from './use-pane';

describe('the pane in an order book of several companies', () => {
  const { pane, aPane, state, book, sheet, planner } = usePane();

  it('sends nothing about a row of another company, and names the row', async () => {
    sheet.workbookFor = '1';
    sheet.ofRows = '2';
    const later = aPane();
    await later.actions.start();
    await later.actions.commit();
    assert.equal(book.sent.length, 0);
    assert.deepEqual(later.store.getState().marks, {
      marked: [],
      newOrders: [],
      problems: [2, 3, 4].map((row) => ({ code: 'otherCompany', row, text: '2' })),
    });
  });

  it('sends the rows of its own company only, where both are marked', async () => {
    sheet.markedToo = [aMark(1, { row: 9, company: '2' })];
    await pane.actions.commit();
    assert.deepEqual(book.sent[0]?.request.orders, orders([1, 3]));
  });

  it('lets the planner choose where the workbook names none', async () => {
    book.others = [aCompany('2')];
    const later = aPane();
    await later.actions.start();
    const { session, company, companies, trouble } = later.store.getState();
    assert.deepEqual([session, company, trouble], [null, null, null]);
    assert.deepEqual(companies, [aCompany('1'), aCompany('2')]);
    await later.actions.changeCompany('1');
    assert.equal(later.store.getState().session?.company.code, '1');
  });

  it('lets the planner choose where the order book has not the company of the workbook', async () => {
    sheet.workbookFor = '7';
    const later = aPane();
    await later.actions.start();
    const { session, company, companies, trouble } = later.store.getState();
    assert.deepEqual([session, company, trouble], [null, '7', null]);
    assert.deepEqual(companies, [aCompany('1')]);
  });

  it('turns the workbook to another company and forgets what it showed', async () => {
    await pane.actions.search();
    await pane.actions.preview();
    pane.actions.setCriteria({ workCentre: ['100'] });
    planner.here = { ...planner.here, company: '2' };
    await pane.actions.changeCompany('2');
    const { company, session, loaded, preview, marks, criteria } = state();
    assert.deepEqual([sheet.workbookFor, company, session?.company.code], ['2', '2', '2']);
    assert.deepEqual([loaded, preview, marks.marked], [null, null, []]);
    assert.deepEqual([criteria.release.workCentre, criteria.release.startFrom], [[], '2026-11-20']);
  });

  it('stays with its company until an interrupted run of it is settled', async () => {
    assert.equal(mayChangeCompany(state()), true);
    book.answers = [new ApiError('unreachable', '/api/runs')];
    await pane.actions.commit();
    assert.equal(mayChangeCompany(state()), false);
    await pane.actions.giveUp();
    assert.equal(mayChangeCompany(state()), true);
  });

  it('shows no order of a row of another company', async () => {
    pane.actions.show('restore');
    await pane.actions.select({ order: key(1), company: '2' });
    assert.equal(state().selected, null);
    await pane.actions.select({ order: key(1), company: '1' });
    assert.equal(state().selected?.key, key(1));
  });
});
