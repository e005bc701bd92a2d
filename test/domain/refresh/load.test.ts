import assert from 'node:assert/strict';
import { capacityOfDays, closedDays } from '../../../src/domain/refresh/load';
import type { CapacityNeed } from '../../../src/domain/refresh/order-content';
import { aCentre, aMachine, amount, masters, on } from './masters';
import { at } from './orders';

const hours = { timeZone: 'Europe/Rome' };
const need = (day: string, minutes: number, machine = ''): CapacityNeed => ({
  ...{ orderLine: 10000, operation: 10, workCentre: 'WC1', machine, kind: 'run', capacities: amount(1) },
  ...{ day: on(day), startsAt: at(`${day} 08:00`), endsAt: at(`${day} 09:00`), minutes: amount(minutes) },
});
const limited = { constrained: true, criticalLoad: amount(90), efficiency: amount(50) };

describe('the load of touched days', () => {
  it('has before and after what the refreshed orders take beside what the others do', () => {
    const others = [{ workCentre: 'WC1', machine: '', day: on('2026-11-25'), minutes: amount(100) }];
    const days = capacityOfDays(masters(), hours, {
      before: [need('2026-11-25', 60)],
      after: [need('2026-11-26', 90)],
      others,
    });
    assert.deepEqual(
      days.map(({ day, capacity, before, after }) => [
        day,
        capacity.toString(),
        before.toString(),
        after.toString(),
      ]),
      [
        ['2026-11-25', '480', '160', '100'],
        ['2026-11-26', '480', '0', '90'],
      ],
    );
  });

  it('names the critical load of what is constrained itself, and none for what only belongs to it', () => {
    const plant = masters({ workCentres: [aCentre('WC1')], machines: [aMachine('CNC', limited)] });
    const days = capacityOfDays(plant, hours, {
      before: [],
      after: [need('2026-11-25', 60, 'CNC')],
      others: [],
    });
    assert.deepEqual(
      days.map(({ machine, capacity, limit }) => [machine, capacity.toString(), limit?.toString()]),
      [
        ['', '480', undefined],
        ['CNC', '240', '216'],
      ],
    );
  });

  it('leaves days open on which one of the centres works', () => {
    const week = [need('2026-11-27', 1), need('2026-12-01', 1)];
    assert.deepEqual(closedDays(masters(), hours, week), ['2026-11-28', '2026-11-29']);
    const always = masters({ workCentres: [aCentre('WC1', { calendar: null })] });
    assert.deepEqual(closedDays(always, hours, week), []);
    assert.deepEqual(closedDays(masters(), hours, []), []);
  });

  it('looks for closed days in the first year of plans far apart', () => {
    const closed = closedDays(masters(), hours, [need('2026-01-01', 1), need('9999-12-31', 1)]);
    assert.equal(closed.at(-1), '2026-12-27');
  });
});
