import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, calendarDate, daysBetween } from '../../src/domain/calendar';
import { dayAnchors, mondayOf, resolveDay, type DayAnchor } from '../../src/domain/relative-day';

const cases: readonly (readonly [today: string, anchor: DayAnchor, plus: number, day: string])[] = [
  ['2026-11-20', 'today', 0, '2026-11-20'],
  ['2026-11-20', 'today', 7, '2026-11-27'],
  ['2026-11-20', 'today', -1, '2026-11-19'],
  ['2026-11-20', 'startOfWeek', 0, '2026-11-16'],
  ['2026-11-16', 'startOfWeek', 0, '2026-11-16'],
  ['2026-11-22', 'startOfWeek', 0, '2026-11-16'],
  ['2026-11-20', 'startOfWeek', 1, '2026-11-23'],
  ['2026-11-20', 'endOfWeek', 0, '2026-11-22'],
  ['2026-11-22', 'endOfWeek', -1, '2026-11-15'],
  ['2026-12-31', 'endOfWeek', 0, '2027-01-03'],
  ['2026-11-20', 'startOfMonth', 0, '2026-11-01'],
  ['2026-11-20', 'startOfMonth', 2, '2027-01-01'],
  ['2026-01-31', 'startOfMonth', -1, '2025-12-01'],
  ['2026-11-20', 'endOfMonth', 0, '2026-11-30'],
  ['2026-01-31', 'endOfMonth', 1, '2026-02-28'],
  ['2028-01-31', 'endOfMonth', 1, '2028-02-29'],
  ['2026-12-05', 'endOfMonth', 0, '2026-12-31'],
];

describe('a relative day', () => {
  for (const [today, anchor, plus, day] of cases) {
    it(`on ${today}, ${anchor} ${plus < 0 ? '' : '+'}${plus} is ${day}`, () => {
      assert.equal(resolveDay({ anchor, plus }, calendarDate(today)), day);
    });
  }

  const days = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays(calendarDate('1950-01-01'), n));

  it('of a week is its Monday or its Sunday, around today', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -60, max: 60 }), (today, plus) => {
        const start = resolveDay({ anchor: 'startOfWeek', plus }, today);
        const end = resolveDay({ anchor: 'endOfWeek', plus }, today);
        assert.equal(mondayOf(start), start);
        assert.equal(daysBetween(start, end), 6);
        if (plus === 0) assert.ok(start <= today && today <= end);
      }),
    );
  });

  it('of a month begins where the month before has ended', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -60, max: 60 }), (today, plus) => {
        const start = resolveDay({ anchor: 'startOfMonth', plus }, today);
        assert.equal(start, addDays(resolveDay({ anchor: 'endOfMonth', plus: plus - 1 }, today), 1));
        assert.match(start, /-01$/);
        if (plus === 0) assert.equal(start.slice(0, 7), today.slice(0, 7));
      }),
    );
  });

  it('of more to add is never earlier', () => {
    const plus = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(days, fc.constantFrom(...dayAnchors), plus, (today, anchor, more) => {
        assert.ok(resolveDay({ anchor, plus: more }, today) < resolveDay({ anchor, plus: more + 1 }, today));
      }),
    );
  });
});
