import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  calendarDate,
  dayIn,
  dayNumber,
  instant,
  instantAt,
  millisecondsOf,
} from '../../../src/domain/calendar';
import { afterMidnight, PlantClock } from '../../../src/domain/working-time/plant-clock';
import {
  HORIZON_DAYS,
  WorkingTime,
  type WorkingCalendar,
} from '../../../src/domain/working-time/working-calendar';
import { addWorkingDays } from '../../../src/domain/working-time/working-days';

const rome = new PlantClock('Europe/Rome');
const day = (text: string) => dayNumber(calendarDate(text));
const HOUR = 3_600_000;
const hours = (weekday: number, starts: string, ends: string) => ({ weekday, starts, ends });
const everyDay = (starts: string, ends: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => hours(weekday, starts, ends));
const working = (of: Partial<WorkingCalendar>, clock = rome) =>
  new WorkingTime(clock, { calendar: 'C', hours: [], holidays: [], ...of });
const nights = working({ hours: [...everyDay('00:00', '06:00'), ...everyDay('22:00', '24:00')] });
const weekdays = working({ hours: [1, 2, 3, 4, 5].map((weekday) => hours(weekday, '08:00', '16:00')) });

describe('the clock of a plant', () => {
  it('reads times of a day', () => {
    assert.deepEqual(['00:00', '08:30', '23:59:59', '24:00'].map(afterMidnight), [
      0,
      8.5 * HOUR,
      24 * HOUR - 1000,
      24 * HOUR,
    ]);
    for (const text of ['8:00', '24:01', '12:60', '12', '', '08:00:00.5'])
      assert.throws(() => afterMidnight(text), RangeError, text);
  });

  const moment = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    .map(instant);

  it('knows the day of any moment', () => {
    for (const zone of ['Europe/Rome', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kathmandu', 'UTC']) {
      const clock = new PlantClock(zone);
      fc.assert(fc.property(moment, (at) => clock.dayOf(at) === dayIn(zone, at)));
    }
  });

  it('shows a time that spring skips at the change, and the first of two in autumn', () => {
    const shown = (date: string, time: string) => instantAt(rome.at(day(date), afterMidnight(time)));
    assert.equal(shown('2026-03-29', '01:59'), '2026-03-29T00:59:00.000Z');
    assert.equal(shown('2026-03-29', '02:30'), '2026-03-29T01:00:00.000Z');
    assert.equal(shown('2026-03-29', '03:00'), '2026-03-29T01:00:00.000Z');
    assert.equal(shown('2026-10-25', '02:30'), '2026-10-25T00:30:00.000Z');
    assert.equal(shown('2026-10-25', '03:00'), '2026-10-25T02:00:00.000Z');
    assert.equal(shown('2026-10-25', '24:00'), '2026-10-25T23:00:00.000Z');
  });

  it('ends a day at its midnight', () => {
    assert.equal(rome.dayEndingAt(rome.midnight(day('2026-11-28'))), day('2026-11-27'));
  });
});

describe('working time', () => {
  it('of a night shift has seven real hours in spring, nine in autumn', () => {
    const shift = (evening: string, morning: string) =>
      (nights.on(day(evening)).at(-1)?.ends ?? 0) -
      (nights.on(day(evening)).at(-1)?.starts ?? 0) +
      (nights.on(day(morning))[0]?.ends ?? 0) -
      (nights.on(day(morning))[0]?.starts ?? 0);
    assert.equal(shift('2026-03-28', '2026-03-29'), 7 * HOUR);
    assert.equal(shift('2026-10-24', '2026-10-25'), 9 * HOUR);
    assert.equal(shift('2026-11-24', '2026-11-25'), 8 * HOUR);
  });

  it('has no shift that lies in the hour spring skips', () => {
    const early = working({ hours: everyDay('02:10', '02:50') });
    assert.deepEqual(early.on(day('2026-03-29')), []);
    assert.equal(early.lengthOf(day('2026-03-30')), 40 * 60_000);
  });

  it('stops on holidays and at weekends', () => {
    const time = working({
      hours: [hours(4, '08:00', '12:00'), hours(5, '08:00', '12:00')],
      holidays: [calendarDate('2026-11-26')],
    });
    const worked = ['2026-11-26', '2026-11-27', '2026-11-28'].map((each) => time.worksOn(day(each)));
    assert.deepEqual(worked, [false, true, false]);
  });

  it('goes round the clock without a calendar', () => {
    const always = new WorkingTime(rome, null);
    assert.equal(always.lengthOf(day('2026-11-26')), 24 * HOUR);
    assert.equal(always.lengthOf(day('2026-03-29')), 23 * HOUR);
  });

  it('is found backward and forward from the middle of a shift', () => {
    const noon = rome.at(day('2026-11-27'), 12 * HOUR);
    const first = (pieces: Iterable<{ starts: number; ends: number }>) => {
      for (const { starts, ends } of pieces) return [instantAt(starts), instantAt(ends)];
      return [];
    };
    assert.deepEqual(first(weekdays.before(noon)), ['2026-11-27T07:00:00.000Z', '2026-11-27T11:00:00.000Z']);
    assert.deepEqual(first(weekdays.after(noon)), ['2026-11-27T11:00:00.000Z', '2026-11-27T15:00:00.000Z']);
    const saturday = millisecondsOf(instant(new Date('2026-11-28T12:00Z')));
    assert.deepEqual(first(weekdays.before(saturday)), [
      '2026-11-27T07:00:00.000Z',
      '2026-11-27T15:00:00.000Z',
    ]);
    assert.deepEqual(first(weekdays.after(saturday)), [
      '2026-11-30T07:00:00.000Z',
      '2026-11-30T15:00:00.000Z',
    ]);
  });

  it('is not looked for beyond the horizon', () => {
    const never = working({});
    assert.deepEqual([...never.before(0)], []);
    const days = [...weekdays.after(0)].map((piece) => piece.day);
    assert.ok(Math.max(...days) < HORIZON_DAYS && Math.max(...days) > HORIZON_DAYS - 7);
  });

  it('ends with the years of the calendar', () => {
    const last = rome.midnight(day('9999-12-30'));
    const pieces = [...new WorkingTime(rome, null).after(last)];
    assert.deepEqual(
      pieces.map((piece) => piece.day),
      [day('9999-12-30')],
    );
  });
});

describe('working days', () => {
  const friday = day('2026-11-27');

  it('are counted over weekends, backward and forward', () => {
    assert.equal(addWorkingDays(weekdays, friday, 1), day('2026-11-30'));
    assert.equal(addWorkingDays(weekdays, day('2026-11-30'), -2), day('2026-11-26'));
    assert.equal(addWorkingDays(weekdays, day('2026-11-28'), 0), day('2026-11-28'));
  });

  it('are all days without a calendar', () => assert.equal(addWorkingDays(null, friday, 1), friday + 1));

  it('are not found where nobody works', () =>
    assert.equal(addWorkingDays(working({}), friday, 1), undefined));
});
