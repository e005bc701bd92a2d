import assert from 'node:assert/strict';
import { busiest, loadByCentre } from '../../src/addin/taskpane/load-by-centre';
import { calendarDate } from '../../src/domain/calendar';

describe('the load of work centres, as the pane shows it', () => {
  const load = (workCentre: string, day: string, going: number, refused: number) => ({
    ...{ workCentre, name: `Centre ${workCentre}`, going, refused },
    day: calendarDate(day),
  });

  it('puts the centre with the busiest day first, refused orders counted in, and keeps the days in order', () => {
    const days = [
      load('100', '2026-11-23', 2, 0),
      load('100', '2026-11-24', 2, 0),
      load('210', '2026-11-23', 1, 3),
      load('300', '2026-11-23', 0, 2),
    ];
    assert.deepEqual(
      loadByCentre(days).map(({ workCentre, name, days: of }) => [
        workCentre,
        name,
        of.map(({ day }) => day),
      ]),
      [
        ['210', 'Centre 210', ['2026-11-23']],
        ['100', 'Centre 100', ['2026-11-23', '2026-11-24']],
        ['300', 'Centre 300', ['2026-11-23']],
      ],
    );
    assert.equal(busiest(days), 4);
  });

  it('is empty where no order has operations', () => {
    assert.deepEqual([loadByCentre([]), busiest([])], [[], 0]);
  });
});
