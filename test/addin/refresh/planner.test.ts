import assert from 'node:assert/strict';
import { rowsOf, typeInto } from '../excel/workbook';
import { DUE, useContosoPlanner } from './contoso-planner';

describe('a planner who creates and refreshes an order of Contoso Coffee', () => {
  const { desk, done, row, cells, writeNewOrder } = useContosoPlanner();
  const { pane, state } = desk;

  it('sees what would change, takes it back or forward, and finds the order in its row', async () => {
    await writeNewOrder();
    assert.deepEqual(await cells('Action', 'Result', 'State', 'Version'), [
      'Refresh',
      'Created',
      'Launched',
      1,
    ]);
    assert.equal(state().pendingRun, null);

    await pane.actions.preview();
    done();
    assert.match(String((await row())['Result']), /^Would be refreshed, \d+ changes$/);
    await pane.actions.showChanges();
    done();
    const changes = await rowsOf('values', 'RefreshPreview');
    const added = changes.filter((change) => change['What changes'] === 'added');
    assert.equal(added.filter((change) => change['Part'] === 'Material').length, 13);
    assert.equal(added.filter((change) => change['Part'] === 'Operation').length, 4);
    assert.equal((await cells('Version'))[0], 1, 'nothing is written yet');

    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Action', 'Result', 'Version', 'Qty'), ['', 'Refreshed', 2, 10]);
    assert.equal(state().result?.run.succeeded, 1);

    await typeInto('Action', 'Refresh');
    await typeInto('Qty', 20);
    await typeInto('Start', DUE - 1);
    pane.actions.setRefreshOptions({ direction: 'forward' });
    await pane.actions.preview();
    done();
    const doubled = (await rowsOf('values', 'RefreshPreview')).find(
      (change) => change['Part'] === 'Material' && change['What changes'] === 'Quantity',
    );
    assert.deepEqual([doubled?.['Before'], doubled?.['After']], [10, 20], 'the sheet follows each preview');
    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Result', 'Version', 'Qty', 'Start'), ['Refreshed', 3, 20, DUE - 1]);
  });

  it('leaves an order out, which keeps its mark, and is told in Italian', async () => {
    desk.language = 'it';
    await writeNewOrder();
    assert.deepEqual(await cells('Azione', 'Esito'), ['Ricalcola', 'Creato']);
    await pane.actions.preview();
    const [order] = state().preview?.outcomes ?? [];
    assert.ok(order);
    pane.actions.leaveOut(order.key, true);
    await pane.actions.commit();
    done();
    assert.deepEqual([state().result, (await row())['Azione']], [null, 'Ricalcola']);
    pane.actions.leaveOut(order.key, false);
    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Azione', 'Esito'), ['', 'Ricalcolato']);
  });

  it('is told which order somebody else changed, and takes theirs or keeps the own', async () => {
    await writeNewOrder();
    await typeInto('Qty', 30);
    await typeInto('Version', 0);
    await pane.actions.commit();
    done();
    assert.match(String((await row())['Result']), /^Refused: .* changed the order/);
    const [changed] = state().changed;
    assert.ok(changed);
    await pane.actions.settleChanged([changed.key], 'mine');
    assert.deepEqual(await cells('Action', 'Qty', 'Version'), ['Refresh', 30, 1]);
    await pane.actions.commit();
    done();
    assert.deepEqual(await cells('Result', 'Qty', 'Version'), ['Refreshed', 30, 2]);
  });

  it('moves an operation of the selected order, sees the row follow, and is answered why another cannot be moved', async () => {
    await writeNewOrder();
    await pane.actions.commit();
    const order = state().result?.outcomes[0]?.key;
    assert.ok(order);
    await pane.actions.select({ order, company: state().company ?? '' });
    const operations = () => state().selected?.detail?.operations ?? [];
    const [first] = operations();
    assert.ok(first?.endsAt);

    assert.equal(await pane.actions.moveOperation(first, first.endsAt), null);
    done();
    const [moved, next] = operations();
    assert.deepEqual([moved?.startsAt, moved?.byHand, next?.byHand], [first.endsAt, true, false]);
    assert.ok(moved?.endsAt && next?.startsAt && next.startsAt >= moved.endsAt, 'those after it follow');
    assert.deepEqual(await cells('Version'), [3]);

    const no = await pane.actions.moveOperation({ orderLine: 10000, operation: 999 }, first.endsAt);
    assert.ok(no !== null && !no.undecided);
    done();
    assert.deepEqual(await cells('Version'), [3]);
  });
});
