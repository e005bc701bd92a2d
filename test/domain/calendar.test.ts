import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  addDays,
  calendarDate,
  dayBegins,
  dayIn,
  daysBetween,
  instant,
  isCalendarDate,
} from '../../src/domain/calendar';

const at = (text: string) => instant(new Date(text));
/** Days of the four centuries after which the calendar repeats. */
const day = fc
  .integer({ min: 0, max: 146_096 })
  .map((count) => calendarDate(new Date(Date.UTC(1900, 0, 1 + count)).toISOString().slice(0, 10)));
const distance = fc.integer({ min: -100_000, max: 100_000 });

describe('a calendar date', () => {
  for (const text of ['2026-11-20', '2024-02-29', '0001-01-01', '9999-12-31']) {
    it(`is ${text}`, () => assert.equal(calendarDate(text), text));
  }

  for (const text of [
    ...['', '2026-2-3', '20261120', '2026-W47-5', '2026-324', '2026-11-20T00:00', ' 2026-11-20'],
    ...['2026-02-29', '2026-13-01', '2026-00-10', '2026-11-31', '+002026-11-20', '0000-01-01'],
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(isCalendarDate(text), false);
      assert.throws(() => calendarDate(text), RangeError);
    });
  }

  it('counts over the end of a month, a leap day and a year', () => {
    assert.equal(addDays(calendarDate('2026-11-30'), 1), '2026-12-01');
    assert.equal(addDays(calendarDate('2024-02-28'), 1), '2024-02-29');
    assert.equal(addDays(calendarDate('2026-01-01'), -1), '2025-12-31');
  });

  it('counts the days with a change of the clock like any other', () => {
    assert.equal(daysBetween(calendarDate('2026-03-28'), calendarDate('2026-03-30')), 2);
    assert.equal(daysBetween(calendarDate('2026-10-24'), calendarDate('2026-10-26')), 2);
    assert.equal(daysBetween(calendarDate('2026-10-26'), calendarDate('2026-10-24')), -2);
  });

  it('plus the days between two is the other', () => {
    fc.assert(fc.property(day, day, (from, to) => addDays(from, daysBetween(from, to)) === to));
  });

  it('lies as many days from its sum as were added', () => {
    fc.assert(fc.property(day, distance, (from, days) => daysBetween(from, addDays(from, days)) === days));
  });

  it('sorts as text as it does in time', () => {
    fc.assert(fc.property(day, day, (a, b) => a < b === daysBetween(a, b) > 0));
  });
});

describe('the day in the plant', () => {
  it('changes at midnight in Rome, in winter and in summer', () => {
    assert.equal(dayIn('Europe/Rome', at('2026-11-20T22:59:59.999Z')), '2026-11-20');
    assert.equal(dayIn('Europe/Rome', at('2026-11-20T23:00:00.000Z')), '2026-11-21');
    assert.equal(dayIn('Europe/Rome', at('2026-07-20T21:59:59.999Z')), '2026-07-20');
    assert.equal(dayIn('Europe/Rome', at('2026-07-20T22:00:00.000Z')), '2026-07-21');
  });

  it('changes at midnight in Los Angeles, in winter and in summer', () => {
    assert.equal(dayIn('America/Los_Angeles', at('2026-11-21T07:59:59.999Z')), '2026-11-20');
    assert.equal(dayIn('America/Los_Angeles', at('2026-11-21T08:00:00.000Z')), '2026-11-21');
    assert.equal(dayIn('America/Los_Angeles', at('2026-07-21T06:59:59.999Z')), '2026-07-20');
    assert.equal(dayIn('America/Los_Angeles', at('2026-07-21T07:00:00.000Z')), '2026-07-21');
  });

  it('begins and ends by the clock of its side of the change', () => {
    // Rome puts the clock forward in the night of 2026-03-29 and back in that of 2026-10-25.
    assert.equal(dayIn('Europe/Rome', at('2026-03-28T23:00:00Z')), '2026-03-29');
    assert.equal(dayIn('Europe/Rome', at('2026-03-29T21:59:59Z')), '2026-03-29');
    assert.equal(dayIn('Europe/Rome', at('2026-03-29T22:00:00Z')), '2026-03-30');
    assert.equal(dayIn('Europe/Rome', at('2026-10-24T22:00:00Z')), '2026-10-25');
    assert.equal(dayIn('Europe/Rome', at('2026-10-25T22:59:59Z')), '2026-10-25');
    assert.equal(dayIn('Europe/Rome', at('2026-10-25T23:00:00Z')), '2026-10-26');
    // Los Angeles does so on 2026-03-08 and 2026-11-01.
    assert.equal(dayIn('America/Los_Angeles', at('2026-03-08T08:00:00Z')), '2026-03-08');
    assert.equal(dayIn('America/Los_Angeles', at('2026-03-09T06:59:59Z')), '2026-03-08');
    assert.equal(dayIn('America/Los_Angeles', at('2026-03-09T07:00:00Z')), '2026-03-09');
    assert.equal(dayIn('America/Los_Angeles', at('2026-11-01T07:00:00Z')), '2026-11-01');
    assert.equal(dayIn('America/Los_Angeles', at('2026-11-02T07:59:59Z')), '2026-11-01');
    assert.equal(dayIn('America/Los_Angeles', at('2026-11-02T08:00:00Z')), '2026-11-02');
  });

  it('agrees with the clock of the zone at any moment', () => {
    const moment = fc.date({ min: new Date('1990-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    for (const timeZone of ['Europe/Rome', 'America/Los_Angeles']) {
      const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
      fc.assert(fc.property(moment, (date) => dayIn(timeZone, instant(date)) === clock.format(date)));
    }
  });

  it('begins at its first moment, also where the clock skips midnight', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });
    for (const timeZone of ['Europe/Rome', 'America/Los_Angeles', 'Asia/Beirut', 'Pacific/Auckland']) {
      fc.assert(
        fc.property(day, (date) => {
          const asked = calendarDate(date.toISOString().slice(0, 10));
          const begins = dayBegins(timeZone, asked);
          const before = instant(new Date(Date.parse(begins) - 1));
          return dayIn(timeZone, begins) === asked && dayIn(timeZone, before) === addDays(asked, -1);
        }),
      );
    }
  });

  it('is not known for a zone that does not exist', () => {
    assert.throws(() => dayIn('Europe/Atlantis', at('2026-11-20T00:00:00Z')), RangeError);
    assert.throws(() => dayBegins('Europe/Atlantis', calendarDate('2026-11-20')), RangeError);
  });
});
