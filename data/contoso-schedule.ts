import { addDays, calendarDate, daysBetween, type CalendarDate } from '../src/domain/calendar';
import { groupBy } from './group-by';
import { type Step, textOf } from './contoso-methods';
import type { PlantRows } from './plant-files';

/** When work is done: by the plant's calendars. */
export interface Schedule {
  /** The working days of a calendar, both ends included. */
  workingDays(calendar: string, from: CalendarDate, to: CalendarDate): readonly CalendarDate[];
  nextWorkingDay(calendar: string, after: CalendarDate): CalendarDate;
  /** First and last day of each step: one after the other from the beginning of `start`, as if nobody else were working. */
  daysOf(steps: readonly Step[], pieces: number, start: CalendarDate): readonly Days[];
}

export interface Days {
  readonly start: CalendarDate;
  readonly end: CalendarDate;
}

const A_MONDAY = calendarDate('2025-06-02');
const weekdayOf = (day: CalendarDate): number => (((daysBetween(A_MONDAY, day) % 7) + 7) % 7) + 1;

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

export function scheduleOf(plant: PlantRows): Schedule {
  const calendarOf = new Map(
    (plant.work_centres ?? []).map((row) => [textOf(row, 'work_centre'), textOf(row, 'calendar')]),
  );
  const hours = groupBy(
    plant.calendar_hours ?? [],
    (row) => `${textOf(row, 'calendar')} ${textOf(row, 'weekday')}`,
  );
  const worked = (calendar: string, day: CalendarDate): number =>
    (hours.get(`${calendar} ${weekdayOf(day)}`) ?? []).reduce(
      (sum, row) => sum + minutesOf(textOf(row, 'ends')) - minutesOf(textOf(row, 'starts')),
      0,
    );
  const nextWorkingDay = (calendar: string, after: CalendarDate): CalendarDate => {
    let day = addDays(after, 1);
    // A calendar without any hours would never come to a working day.
    for (let tried = 0; worked(calendar, day) === 0; tried++) {
      if (tried > 7) throw new Error(`Calendar ${calendar} never works.`);
      day = addDays(day, 1);
    }
    return day;
  };

  return {
    workingDays(calendar, from, to) {
      const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => addDays(from, at));
      return days.filter((day) => worked(calendar, day) > 0);
    },
    nextWorkingDay,
    daysOf(steps, pieces, start) {
      let day = start;
      let minute = 0;
      return steps.map(({ workCentre, setupMinutes, runMinutesPerPiece }) => {
        const calendar = calendarOf.get(workCentre) ?? '';
        const goOn = () => {
          day = nextWorkingDay(calendar, day);
          minute = 0;
        };
        if (minute >= worked(calendar, day)) goOn();
        const begun = day;
        let left = setupMinutes + runMinutesPerPiece * pieces;
        while (minute + left > worked(calendar, day)) {
          left -= worked(calendar, day) - minute;
          goOn();
        }
        minute += left;
        return { start: begun, end: day };
      });
    },
  };
}
