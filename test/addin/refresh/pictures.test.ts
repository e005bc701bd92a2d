import assert from 'node:assert/strict';
import type { CapacityOfDay, PlannedOperation, RefreshedOrder } from '../../../src/contract/refresh';
import { capacityByCentre, daysOver } from '../../../src/addin/taskpane/refresh/load-picture';
import { operationRows, orderRows, planOf, shiftsOf } from '../../../src/addin/taskpane/refresh/plan-picture';
import { plantClock } from '../../../src/addin/plant-clock';
import { calendarDate, instant } from '../../../src/domain/calendar';
import { orderKey } from '../../../src/domain/order';

const at = (iso: string) => instant(new Date(iso));
const anOperation = (operation: number, from: string | null, to: string | null): PlannedOperation => ({
  ...{ orderLine: 10000, operation, workCentre: '100', machine: '', description: 'Saw' },
  startsAt: from === null ? null : at(from),
  endsAt: to === null ? null : at(to),
});
const anOrder = (operationsBefore: PlannedOperation[], operations: PlannedOperation[]): RefreshedOrder => ({
  ...{
    key: orderKey({ year: 2026, number: 1, lot: 0 }),
    changes: [],
    inbound: null,
    noInbound: 'notAsked',
    released: null,
  },
  ...{ operationsBefore, operations },
});
const rome = plantClock('Europe/Rome');

describe('the plan of a refresh', () => {
  const moved = anOrder(
    [anOperation(10, '2026-11-25T07:00Z', '2026-11-25T11:00Z'), anOperation(30, null, null)],
    [
      anOperation(10, '2026-11-26T07:00Z', '2026-11-26T11:00Z'),
      anOperation(20, '2026-11-26T11:00Z', '2026-11-27T23:00Z'),
    ],
  );

  it('shows each operation before and after, also one that is only on one side', () => {
    const rows = operationRows(moved);
    assert.deepEqual(
      rows.map(({ label, before, after }) => [label, before?.startsAt ?? null, after?.startsAt ?? null]),
      [
        ['10 Saw', '2026-11-25T07:00:00.000Z', '2026-11-26T07:00:00.000Z'],
        ['20 Saw', null, '2026-11-26T11:00:00.000Z'],
        ['30 Saw', null, null],
      ],
    );
    assert.deepEqual(shiftsOf(rows), { earlier: 0, later: 1, unmoved: 0 });
  });

  it('begins and ends with a day of the plant', () => {
    // In Rome the last operation ends with the 27th.
    const plan = planOf(operationRows(moved), [calendarDate('2026-11-26'), calendarDate('2026-11-28')], rome);
    assert.deepEqual(plan?.ticks, [
      { day: '2026-11-25', at: 0 },
      { day: '2026-11-26', at: 1 / 3 },
      { day: '2026-11-27', at: 2 / 3 },
    ]);
    assert.deepEqual(plan.closed, [{ from: 1 / 3, to: 2 / 3 }]);
    assert.deepEqual(plan.rows[0]?.bars.before, { from: 8 / 72, to: 12 / 72 });
    assert.equal(plan.rows[1]?.bars.after?.to, 1);
  });

  it('names days that stand clear of each other, however long it is', () => {
    const plan = planOf(
      orderRows([anOrder([], [anOperation(10, '2026-01-01T07:00Z', '2027-03-01T07:00Z')])]),
      [],
      rome,
    );
    assert.deepEqual(
      plan?.ticks.map(({ day }) => day),
      ['2026-01-01', '2026-04-23', '2026-08-13', '2026-12-03'],
    );
  });

  it('has an order from the first start of its operations to their last end', () => {
    const [row] = orderRows([moved]);
    assert.deepEqual(row?.after, {
      startsAt: '2026-11-26T07:00:00.000Z',
      endsAt: '2026-11-27T23:00:00.000Z',
    });
  });

  it('is none where nothing has times', () => {
    assert.equal(planOf(orderRows([anOrder([], [anOperation(10, null, null)])]), [], rome), null);
  });
});

describe('the clock of the plant', () => {
  it('shows what hangs on its wall, in summer and in winter', () => {
    assert.equal(rome('2026-07-01T22:30:00.000Z'), Date.UTC(2026, 6, 2, 0, 30));
    assert.equal(rome('2026-12-01T22:30:00.000Z'), Date.UTC(2026, 11, 1, 23, 30));
  });
});

describe('load against capacity', () => {
  const aDay = (workCentre: string, day: string, of: Partial<CapacityOfDay>): CapacityOfDay => ({
    ...{ workCentre, machine: '', name: 'Press', day: calendarDate(day), capacity: '480' },
    ...{ before: '0', after: '0', constrained: false, limit: null },
    ...of,
  });

  it('puts centres first that are given more than they can do, and says on how many days', () => {
    const centres = capacityByCentre([
      aDay('100', '2026-11-26', { after: '400' }),
      aDay('200', '2026-11-26', { after: '600', before: '500' }),
      aDay('200', '2026-11-25', { before: '490' }),
    ]);
    assert.deepEqual(
      centres.map((centre) => [centre.label, daysOver(centre, 'before'), daysOver(centre, 'after')]),
      [
        ['200 Press', 2, 1],
        ['100 Press', 0, 0],
      ],
    );
    assert.deepEqual(
      centres[0]?.days.map(({ day, percent, over }) => [day, percent, over.after]),
      [
        ['2026-11-25', 0, false],
        ['2026-11-26', 125, true],
      ],
    );
  });

  it('has hours, and heights on one scale for a centre', () => {
    const [centre] = capacityByCentre([
      aDay('100', '2026-11-25', { after: '240', limit: '432', constrained: true }),
      aDay('100', '2026-11-26', { after: '960' }),
    ]);
    assert.deepEqual(centre?.days[0]?.hours, { capacity: '8', limit: '7.2', before: '0', after: '4' });
    assert.deepEqual(centre.days[0].heights, { capacity: 0.5, limit: 0.45, before: 0, after: 0.25 });
    assert.equal(centre.constrained, true);
  });

  it('takes work on a day without capacity for too much', () => {
    const [centre] = capacityByCentre([aDay('100', '2026-11-29', { capacity: '0', after: '1' })]);
    assert.deepEqual([centre?.days[0]?.percent, centre?.days[0]?.over.after], [null, true]);
  });
});
