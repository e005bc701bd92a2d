import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ApiError } from '../../src/addin/api/errors';
import type { OrderBookApi } from '../../src/addin/api/order-book';
import type { Sheet } from '../../src/addin/sync/sheet';
import type { WithdrawalPaper } from '../../src/addin/sync/withdrawal-rows';
import type { Ports } from '../../src/addin/taskpane/store/context';
import {
  hasWithdrawals,
  movementQueryOf,
  noMovementCriteria,
} from '../../src/addin/taskpane/store/movements';
import { createPane, type Pane } from '../../src/addin/taskpane/store/pane';
import { subtotalByItem } from '../../src/addin/taskpane/subtotal-by-item';
import { type Movement, MovementQuery } from '../../src/contract/movements';
import type { RunSummary } from '../../src/contract/runs';
import { calendarDate } from '../../src/domain/calendar';
import { quantity, zero } from '../../src/domain/quantity';
import { aMovement } from './excel/workbook';

describe('the search for movements in the pane', () => {
  let pane: Pane;
  let movements: Movement[];
  let lost: boolean;
  let asked: MovementQuery[];
  let written: string[][];
  let inView: (string | null)[];
  let papers: WithdrawalPaper[];
  let listed: string[];

  beforeEach(() => {
    movements = [aMovement(1), aMovement(2, 'restored')];
    [lost, asked, written, inView, papers, listed] = [false, [], [], [], [], []];
    const api: Pick<OrderBookApi, 'movements' | 'warehouses' | 'withdrawals'> = {
      withdrawals: async (run) => (listed.push(run), []),
      async movements(query) {
        asked.push(query);
        if (lost) throw new ApiError('unreachable', '/api/movements');
        return movements;
      },
      async warehouses() {
        if (lost) throw new ApiError('unreachable', '/api/warehouses');
        return [{ code: 'MAG1', name: 'Raw material' }];
      },
    };
    const sheet: Pick<Sheet, 'writeFoundMovements' | 'filterMovements' | 'writeWithdrawals'> = {
      writeWithdrawals: async (paper) => void papers.push(paper),
      async writeFoundMovements(found, company) {
        written.push([company, ...found.map(({ id }) => id)]);
        return { kept: 1, filtersLost: [], columnsLeftOut: [] };
      },
      filterMovements: async (item) => void inView.push(item),
    };
    // Nothing else of the surroundings is asked for.
    const ports = {
      api,
      sheet,
      language: () => 'en',
      address: () => 'https://plant',
      now: () => 7,
      defaults: () => ({ sequence: 'byStart', includeHidden: false, posting: null }),
    };
    pane = createPane(ports as unknown as Ports);
    const session = { today: calendarDate('2026-11-20'), company: { name: 'Esempio' } };
    pane.store.setState({ company: '1', session: session as never });
  });
  const state = () => pane.store.getState();

  it('begins with what moved today', async () => {
    pane.actions.showMovementSearch();
    assert.equal(state().page, 'movements');
    await pane.actions.searchMovements();
    assert.deepEqual(asked, [{ from: '2026-11-20', to: '2026-11-20' }]);
  });

  it('leaves what the planner filled in, and what they emptied', () => {
    pane.actions.showMovementSearch();
    pane.actions.clearMovementCriteria();
    pane.actions.show('release');
    pane.actions.showMovementSearch();
    assert.equal(state().movements.criteria.from, '');
  });

  it('writes what it found into the sheet, and says what it comes to', async () => {
    await pane.actions.searchMovements();
    assert.deepEqual(written, [['1', '2026/1/0 1 1 1', '2026/1/0 1 2 1']]);
    const { found } = state().movements;
    assert.deepEqual([found?.count, found?.restored, found?.kept, found?.at], [2, 1, 1, 7]);
    assert.deepEqual(found?.subtotals, [
      { item: 'A', description: 'Tube', unit: 'pcs', withdrawn: '5', received: '0' },
    ]);
  });

  it('repeats the search whose result is shown, whatever is filled in by then', async () => {
    pane.actions.setMovementCriteria({ item: 'A%' });
    await pane.actions.searchMovements();
    pane.actions.setMovementCriteria({ item: 'B%' });
    await pane.actions.searchMovementsAgain();
    assert.deepEqual(asked, [{ item: 'A%' }, { item: 'A%' }]);
  });

  it('keeps the result of the search before where the order book does not answer, and offers to try again', async () => {
    await pane.actions.searchMovements();
    lost = true;
    await pane.actions.searchMovements();
    assert.equal(state().movements.found?.count, 2);
    assert.equal(state().connection, 'unreachable');
    lost = false;
    await state().trouble?.retry?.();
    assert.equal(written.length, 2);
  });

  it('leaves one item in view, and all of them again with the next search', async () => {
    await pane.actions.searchMovements();
    await pane.actions.showItem('A');
    assert.equal(state().movements.item, 'A');
    await pane.actions.searchMovements();
    assert.deepEqual([inView, state().movements.item], [['A', null], null]);
  });

  it('comes back to the work on orders as it was', () => {
    const preview = { command: 'release' } as never;
    pane.store.setState({ preview });
    pane.actions.showMovementSearch();
    pane.actions.show('release');
    assert.deepEqual([state().page, state().preview], ['orders', preview]);
  });

  it('offers the warehouses of the plant, and lets the planner go on without them', async () => {
    lost = true;
    await pane.actions.readWarehouses();
    assert.equal(state().trouble, null);
    lost = false;
    await pane.actions.readWarehouses();
    assert.deepEqual(state().movements.warehouses, [{ code: 'MAG1', name: 'Raw material' }]);
  });

  it('writes the withdrawal list of a run, under the name of the company', async () => {
    const run = { id: 'run 17', number: 17, command: 'release', state: 'done', movements: 3 } as RunSummary;
    assert.ok(hasWithdrawals(run));
    assert.ok(!hasWithdrawals({ ...run, command: 'restore' }) && !hasWithdrawals({ ...run, movements: 0 }));
    await pane.actions.writeList(run);
    assert.deepEqual(papers, [{ company: 'Esempio', run, places: [] }]);
    assert.deepEqual(listed, ['run 17']);
  });

  it('asks for every criterion that is filled in, as the order book knows it', () => {
    const query = movementQueryOf({
      order: ' 2026/ ',
      item: 'A%',
      from: '2026-11-01',
      to: '2026-11-20',
      warehouse: ['MAG1'],
      run: '17',
      lot: 'L1',
      reason: 'SCP, CAR',
      direction: 'unload',
      status: 'posted',
      record: '3',
      postedBy: 'anna',
    });
    assert.deepEqual(MovementQuery.parse(query), {
      orderNumber: '2026/',
      item: 'A%',
      from: '2026-11-01',
      to: '2026-11-20',
      warehouse: ['MAG1'],
      runNumber: 17,
      lot: 'L1',
      reason: ['SCP', 'CAR'],
      direction: 'unload',
      status: 'posted',
      record: 3,
      postedBy: 'anna',
    });
    assert.deepEqual(movementQueryOf(noMovementCriteria), {});
  });
});

describe('subtotals by item', () => {
  const some = fc.record({
    item: fc.constantFrom('A', 'B'),
    unit: fc.constantFrom('kg', 'pcs'),
    direction: fc.constantFrom('unload' as const, 'load' as const),
    status: fc.constantFrom('posted' as const, 'restored' as const),
    thousandths: fc.integer({ min: 1, max: 10_000_000 }),
  });

  it('add up to the last decimal what is posted, in whichever order it comes', () => {
    fc.assert(
      fc.property(fc.array(some), (made) => {
        const movements = made.map(({ thousandths, ...rest }) => ({
          ...aMovement(1),
          ...rest,
          quantity: quantity(String(thousandths)).div(1000).toFixed(),
        }));
        const subtotals = subtotalByItem(movements);
        assert.deepEqual(subtotalByItem([...movements].reverse()), subtotals);
        for (const [direction, side] of [
          ['unload', 'withdrawn'],
          ['load', 'received'],
        ] as const) {
          const posted = made.filter((one) => one.status === 'posted' && one.direction === direction);
          const expected = posted.reduce((sum, { thousandths }) => sum + thousandths, 0);
          const summed = subtotals.reduce((sum, subtotal) => sum.plus(quantity(subtotal[side])), zero);
          assert.equal(summed.times(1000).toFixed(), String(expected));
        }
      }),
    );
  });

  it('name an item with its variant, as the sheet does', () => {
    assert.equal(subtotalByItem([{ ...aMovement(1), variant: 'RED' }])[0]?.item, 'A RED');
  });
});
