import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import type { OrderContent } from '../../../src/domain/refresh/order-content';
import {
  aBom,
  aCentre,
  aLine,
  aMachine,
  amount,
  anItem,
  anOperation,
  aRouting,
  dayShift,
  lasting,
  masters,
  on,
} from './masters';
import { anOrder, at, op10, op20, refreshed, shown, span, twoOperations } from './orders';

const forward = (start: string, data = twoOperations()) =>
  refreshed(anOrder({ startsAt: at(start) }), data, { direction: 'forward' });
const back = (data = twoOperations()) => refreshed(anOrder(), data);
const operations = (content: OrderContent) =>
  content.operations.map((each) => `${each.operation}: ${span(each)}`);

describe('scheduling', () => {
  it('T-20 goes backward from the due date', () => {
    const content = back();
    assert.deepEqual(operations(content), ['10: 25 14:45 – 26 12:45', '20: 26 12:45 – 26 16:00']);
    assert.deepEqual([span(content.header), content.header.dueOn], ['25 14:45 – 26 16:00', '2026-11-27']);
  });

  it('T-21 goes forward from the start', () => {
    const content = forward('2026-11-25 08:00');
    assert.deepEqual(operations(content), ['10: 25 08:00 – 25 14:00', '20: 25 14:00 – 26 09:15']);
    assert.equal(content.header.dueOn, '2026-11-27');
  });

  it('T-22 makes the due date later, by the days of the warehouse', () => {
    const content = forward('2026-11-26 08:00');
    assert.deepEqual([shown(content.header.endsAt), content.header.dueOn], ['27 09:15', '2026-11-28']);
    const warehouse = { warehouse: 'MAIN', calendar: 'DAY', inboundDays: 0, outputHandling: 'none' } as const;
    const order = anOrder({ startsAt: at('2026-11-26 08:00') }, { warehouse: 'MAIN' });
    const handled = refreshed(order, twoOperations({ warehouses: [warehouse] }), { direction: 'forward' });
    assert.equal(handled.header.dueOn, '2026-11-30');
  });

  it('never makes the due date earlier', () => {
    const order = anOrder({ startsAt: at('2026-11-25 08:00'), dueOn: on('2026-12-15') });
    assert.equal(refreshed(order, twoOperations(), { direction: 'forward' }).header.dueOn, '2026-12-15');
  });

  it('counts handling and safety before the due date by the days of the warehouse', () => {
    const warehouse = { warehouse: 'MAIN', calendar: 'DAY', inboundDays: 2, outputHandling: 'none' } as const;
    const order = anOrder({ dueOn: on('2026-11-30') }, { warehouse: 'MAIN' });
    const { header } = refreshed(order, twoOperations({ warehouses: [warehouse] }));
    assert.deepEqual([shown(header.endsAt), header.dueOn], ['25 16:00', '2026-11-30']);
  });

  const firstOf = (content: OrderContent, kind: 'setup' | 'run') =>
    content.needs
      .filter((need) => need.operation === 10 && need.kind === kind)
      .map((need) => (Date.parse(need.endsAt) - Date.parse(need.startsAt)) / 60_000)
      .reduce((sum, minutes) => sum + minutes, 0);
  const onOneCentre = (
    centre: Parameters<typeof aCentre>[1],
    operation: Parameters<typeof anOperation>[1] = {},
  ) =>
    twoOperations({
      workCentres: [aCentre('WC1', centre)],
      routings: [aRouting('A', [{ ...op10, ...operation }, op20])],
    });

  it('T-23 lets capacities share the run time, not the setup', () => {
    const data = onOneCentre({ capacity: amount(2) }, { concurrentCapacities: amount(2) });
    const content = forward('2026-11-25 08:00', data);
    assert.deepEqual([firstOf(content, 'setup'), firstOf(content, 'run')], [30, 150]);
    const loads = content.needs
      .filter(({ operation }) => operation === 10)
      .map(({ minutes }) => quantityText(minutes));
    assert.deepEqual(loads, ['60', '300']);
  });

  it('never lets more capacities share than the centre has, and all of them where none are said', () => {
    const clock = (concurrent: number) =>
      firstOf(
        forward(
          '2026-11-25 08:00',
          onOneCentre({ capacity: amount(2) }, { concurrentCapacities: amount(concurrent) }),
        ),
        'run',
      );
    assert.deepEqual([clock(5), clock(0), clock(1)], [150, 150, 300]);
  });

  it('T-24 takes more time with less efficiency, and waits no longer', () => {
    const content = forward(
      '2026-11-25 08:00',
      onOneCentre({ efficiency: amount(80) }, { setup: lasting(0) }),
    );
    assert.equal(firstOf(content, 'run'), 375);
    assert.equal(operations(content)[0], '10: 25 08:00 – 25 14:45');
    const load = content.needs
      .filter(({ operation }) => operation === 10)
      .map(({ minutes }) => quantityText(minutes));
    assert.deepEqual(load, ['300']);
  });

  it('T-26 needs a component when its operation starts, or its line; an offset leaves only the day', () => {
    const data = twoOperations({
      items: [
        anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }),
        ...['X', 'Y', 'Z'].map((item) => anItem(item)),
      ],
      boms: [
        aBom('A', [
          aLine(10, 'X', '1', { routingLink: 'L20' }),
          aLine(20, 'Y', '1'),
          aLine(30, 'Z', '1', { routingLink: 'L20', leadTimeOffsetDays: 1 }),
        ]),
      ],
    });
    const needed = back(data).materials.map(({ item, operation, usageOn, usageAt }) => [
      item,
      operation,
      usageOn,
      shown(usageAt),
    ]);
    assert.deepEqual(needed, [
      ['X', 20, '2026-11-26', '26 12:45'],
      ['Y', null, '2026-11-25', '25 14:45'],
      ['Z', 20, '2026-11-25', '–'],
    ]);
  });

  it('waits around the clock, over a weekend as well', () => {
    const data = twoOperations({
      routings: [aRouting('A', [{ ...op10, wait: lasting(48, 'hours'), move: lasting(0) }, op20])],
    });
    assert.deepEqual(operations(forward('2026-11-27 08:00', data)), [
      '10: 27 08:00 – 29 13:30',
      '20: 30 08:00 – 30 11:15',
    ]);
  });

  it('queues before every operation but the first, by the machine that works on it', () => {
    const data = (queue: number) =>
      twoOperations({
        machines: [aMachine('M2', { queue: lasting(queue) })],
        workCentres: [aCentre('WC1', { queue: lasting(60) })],
        routings: [aRouting('A', [op10, { ...op20, machine: 'M2' }])],
      });
    assert.deepEqual(operations(forward('2026-11-25 08:00', data(60))), [
      '10: 25 08:00 – 25 14:00',
      '20: 25 15:00 – 26 10:15',
    ]);
    assert.deepEqual(operations(back(data(60))), ['10: 25 13:45 – 26 11:45', '20: 26 12:45 – 26 16:00']);
    assert.deepEqual(operations(forward('2026-11-25 08:00', data(0)))[1], '20: 25 14:00 – 26 09:15');
  });

  it('follows the branches of a parallel routing: the join waits for the last, the fork ends for the first', () => {
    const run = (operation: number, minutes: number, nextOperations: number[] | null) =>
      anOperation(operation, { run: lasting(minutes), lotSize: amount(60), nextOperations });
    const data = twoOperations({
      routings: [
        aRouting('A', [run(5, 0, [10, 20]), run(10, 60, [30]), run(20, 120, [30]), run(30, 30, null)], {
          kind: 'parallel',
        }),
      ],
    });
    assert.deepEqual(operations(forward('2026-11-25 07:00', data)), [
      ...[
        '5: 25 08:00 – 25 08:00',
        '10: 25 08:00 – 25 09:00',
        '20: 25 08:00 – 25 10:00',
        '30: 25 10:00 – 25 10:30',
      ],
    ]);
    assert.deepEqual(operations(back(data)), [
      ...[
        '5: 26 13:30 – 26 13:30',
        '10: 26 14:30 – 26 15:30',
        '20: 26 13:30 – 26 15:30',
        '30: 26 15:30 – 26 16:00',
      ],
    ]);
  });

  it('rounds times to the precision of the centre, in its unit', () => {
    const data = onOneCentre(
      { unit: 'hours', rounding: amount('0.25') },
      { setup: lasting(20), wait: lasting(0), move: lasting(0) },
    );
    assert.equal(operations(forward('2026-11-25 08:00', data))[0], '10: 25 08:00 – 25 13:15');
  });

  it('reads every unit of time, and run times per lot', () => {
    const data = onOneCentre(
      {},
      {
        ...op10,
        setup: lasting(1800, 'seconds'),
        run: lasting('0.5', 'hours'),
        lotSize: amount(6),
        wait: lasting('0.5', 'days'),
      },
    );
    assert.equal(operations(forward('2026-11-25 08:00', data))[0], '10: 25 08:00 – 26 08:10');
  });

  it('keeps the time of an order without operations: its lead time, over the days of the warehouse', () => {
    const warehouse = { warehouse: 'MAIN', calendar: 'DAY', inboundDays: 0, outputHandling: 'none' } as const;
    const data = masters({ items: [anItem('A', { leadTimeDays: 3 })], warehouses: [warehouse] });
    const order = anOrder({ startsAt: at('2026-11-26 10:00') }, { warehouse: 'MAIN' });
    assert.deepEqual(span(refreshed(order, data).header), '24 00:00 – 28 00:00');
    const late = refreshed(order, data, { direction: 'forward' }).header;
    assert.deepEqual([span(late), late.dueOn], ['26 10:00 – 02 00:00', '2026-12-01']);
  });

  it('takes the routing that is valid where the schedule begins', () => {
    const of = (version: string, minutes: number, validFrom: string) =>
      aRouting('A', [anOperation(10, { run: lasting(minutes), lotSize: amount(60) })], {
        version,
        validFrom: on(validFrom),
      });
    const data = twoOperations({
      routings: [of('1', 60, '2026-01-01'), of('2', 120, '2026-11-26'), of('3', 240, '2026-11-27')],
    });
    assert.deepEqual(
      [back(data).lines[0]?.routingVersion, span(back(data).header)],
      ['2', '26 14:00 – 26 16:00'],
    );
    assert.equal(forward('2026-11-25 08:00', data).lines[0]?.routingVersion, '1');
  });

  it('takes the bill that is valid on the day the order starts', () => {
    const bills = ['1', '2'].map((version) =>
      aBom('A', [aLine(10, `X${version}`, '1')], {
        version,
        validFrom: on(version === '1' ? '2026-01-01' : '2026-11-26'),
      }),
    );
    const items = [anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }), anItem('X1'), anItem('X2')];
    const content = back(twoOperations({ items, boms: bills }));
    assert.deepEqual(
      [content.materials.map(({ item }) => item), content.lines[0]?.bomVersion],
      [['X1'], '1'],
    );
  });

  it('works over midnight in a night shift, an hour less in the night the clock changes', () => {
    const everyNight = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
      { weekday, starts: '00:00', ends: '06:00' },
      { weekday, starts: '22:00', ends: '24:00' },
    ]);
    const data = twoOperations({
      calendars: [{ ...dayShift, hours: everyNight }],
      routings: [aRouting('A', [anOperation(10, { run: lasting(8) })])],
    });
    const night = (start: string) =>
      span(
        refreshed(anOrder({ startsAt: at(start), dueOn: on('2027-01-01') }), data, { direction: 'forward' })
          .header,
      );
    assert.equal(night('2026-11-25 22:00'), '25 22:00 – 26 06:00');
    assert.equal(night('2026-03-28 22:00'), '28 22:00 – 29 23:00');
    assert.equal(night('2026-10-24 21:00'), '24 22:00 – 25 05:00');
  });

  it('ends an order that works until midnight on that day', () => {
    const data = twoOperations({
      calendars: [{ ...dayShift, hours: [{ weekday: 4, starts: '16:00', ends: '24:00' }] }],
      routings: [aRouting('A', [anOperation(10, { run: lasting(8) })])],
    });
    assert.equal(forward('2026-11-26 16:00', data).header.dueOn, '2026-11-27');
  });
});
