import assert from 'node:assert/strict';
import fc from 'fast-check';
import { millisecondsOf } from '../../../src/domain/calendar';
import type { MasterDataLists, RoutingOperation } from '../../../src/domain/refresh/master-data';
import { masterData } from '../../../src/domain/refresh/master-data';
import { PlantClock } from '../../../src/domain/working-time/plant-clock';
import { WorkingTime, type WorkingCalendar } from '../../../src/domain/working-time/working-calendar';
import { aBom, aCentre, aLine, amount, anItem, anOperation, aRouting, lasting, on } from './masters';
import { anOrder, hours, refresh, refreshAll, refreshed } from './orders';

const anyTime = (max: number) => fc.integer({ min: 0, max }).map((minutes) => lasting(minutes));
const anyOperation = fc.record({
  ...{ setup: anyTime(90), run: anyTime(30), wait: anyTime(3000), move: anyTime(60) },
  workCentre: fc.constantFrom('WC1', 'WC2', 'WC3'),
  concurrentCapacities: fc.integer({ min: 0, max: 3 }).map(amount),
  lotSize: fc.integer({ min: 0, max: 5 }).map(amount),
  scrap: fc.integer({ min: 0, max: 10 }).map(amount),
  fixedScrap: fc.integer({ min: 0, max: 2 }).map(amount),
});
/** Operations by number; each names some of those behind it, or the next. */
const anyOperations: fc.Arbitrary<RoutingOperation[]> = fc
  .array(fc.tuple(anyOperation, fc.array(fc.nat(), { maxLength: 2 }), fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  })
  .map((list) =>
    list.map(([of, picks, serial], place) => {
      const behind = list.length - place - 1;
      const named = picks.map((pick) => 10 * (place + 2 + (pick % Math.max(behind, 1))));
      const nextOperations = serial || behind === 0 ? null : [...new Set(named)];
      return anOperation(10 * (place + 1), { ...of, nextOperations, routingLink: `L${place}` });
    }),
  );

const shifts = (
  calendar: string,
  times: readonly (readonly [number, string, string])[],
): WorkingCalendar => ({
  calendar,
  hours: times.map(([weekday, starts, ends]) => ({ weekday, starts, ends })),
  holidays: [on('2026-03-30')],
});
/** Around the night in which the clock changes: a day shift, a night shift, and one that always works. */
const calendars = [
  shifts(
    'DAY',
    [1, 2, 3, 4, 5].map((weekday) => [weekday, '08:00', '16:00'] as const),
  ),
  shifts(
    'NIGHT',
    [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
      [day, '00:00', '05:30'] as const,
      [day, '21:00', '24:00'] as const,
    ]),
  ),
];
const anyPlant: fc.Arbitrary<MasterDataLists> = fc
  .record({
    operations: anyOperations,
    efficiency: fc.constantFrom(50, 80, 100, 130),
    queue: anyTime(200),
    per: fc.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.nat(6), fc.nat(20)), { maxLength: 5 }),
  })
  .map(({ operations, efficiency, queue, per }) => ({
    items: [
      anItem('A', { routing: 'A', bom: 'A' }),
      ...per.map((_, place) => anItem(`C${place}`, { decimals: 3 })),
    ],
    boms: [
      aBom(
        'A',
        per.map(([quantity, link, scrap], place) =>
          aLine(10 * (place + 1), `C${place}`, (quantity / 1000).toFixed(3), {
            routingLink: `L${link}`,
            scrap: amount(scrap),
          }),
        ),
      ),
    ],
    routings: [aRouting('A', operations, { kind: 'parallel' })],
    workCentres: [
      aCentre('WC1', { capacity: amount(2), efficiency: amount(efficiency), queue }),
      aCentre('WC2', { calendar: 'NIGHT', queue }),
      aCentre('WC3', { calendar: null }),
    ],
    ...{ machines: [], warehouses: [], calendars },
  }));
const anyQuantity = fc.integer({ min: 1, max: 400 }).map(amount);
const due = on('2026-04-01');
const clock = new PlantClock(hours.timeZone);
const timeOf = new Map<string, WorkingTime>([
  ...calendars.map((each, place) => [`WC${place + 1}`, new WorkingTime(clock, each)] as const),
  ['WC3', new WorkingTime(clock, null)] as const,
]);

describe('a refresh, whatever the plant', () => {
  it('forward from the start it found backward ends no later, and backward ends by the due date', () => {
    fc.assert(
      fc.property(anyPlant, anyQuantity, (lists, quantity) => {
        const masters = masterData(lists);
        const back = refreshed(anOrder({ quantity, dueOn: due }), masters).header;
        assert.ok(back.dueOn === due);
        const order = anOrder({ quantity, dueOn: due, startsAt: back.startsAt });
        const { header } = refreshed(order, masters, { direction: 'forward' });
        assert.ok((header.endsAt ?? '') <= (back.endsAt ?? ''));
        assert.equal(header.dueOn, due);
      }),
    );
  });

  it('works in working time only, on one thing after the other, within its operation', () => {
    fc.assert(
      fc.property(
        anyPlant,
        anyQuantity,
        fc.constantFrom('back' as const, 'forward' as const),
        (lists, quantity, direction) => {
          const start = clock.at(clock.dayAt(Date.parse('2026-03-25T12:00Z')), 0);
          const order = anOrder({ quantity, dueOn: due, startsAt: new Date(start).toISOString() as never });
          const content = refreshed(order, masterData(lists), { direction });
          for (const need of content.needs) {
            const [from, to] = [millisecondsOf(need.startsAt), millisecondsOf(need.endsAt)];
            const pieces = timeOf.get(need.workCentre)?.on(clock.dayAt(from)) ?? [];
            assert.ok(pieces.some(({ starts, ends }) => starts <= from && to <= ends && from < to));
            const operation = content.operations.find((each) => each.operation === need.operation);
            assert.ok(
              operation?.startsAt &&
                operation.startsAt <= need.startsAt &&
                need.endsAt <= (operation.endsAt ?? ''),
            );
          }
          for (const each of content.operations) {
            const own = content.needs.filter(({ operation }) => operation === each.operation);
            for (const [place, need] of own.entries())
              assert.ok(place === 0 || (own[place - 1]?.endsAt ?? '') <= need.startsAt);
            for (const next of each.nextOperations ?? []) {
              const follower = content.operations.find(({ operation }) => operation === next);
              assert.ok((each.endsAt ?? '') <= (follower?.startsAt ?? ''));
            }
          }
        },
      ),
    );
  });

  it('takes every material when its operation or the order starts, and never less than the pieces need', () => {
    fc.assert(
      fc.property(anyPlant, anyQuantity, (lists, quantity) => {
        const content = refreshed(anOrder({ quantity, dueOn: due }), masterData(lists));
        for (const material of content.materials) {
          const operation = content.operations.find((each) => each.operation === material.operation);
          assert.equal(material.usageAt, operation?.startsAt ?? content.header.startsAt);
          assert.ok(material.quantity.gte(material.quantityPer.times(quantity)));
        }
      }),
    );
  });

  it('does not depend on the sequence of the facts', () => {
    const shuffled = <T>(list: readonly T[], keys: Iterator<number>): T[] =>
      list
        .map((each) => ({ each, key: Number(keys.next().value) }))
        .sort((a, b) => a.key - b.key)
        .map(({ each }) => each);
    fc.assert(
      fc.property(anyPlant, anyQuantity, fc.infiniteStream(fc.nat()), (lists, quantity, keys) => {
        const other: MasterDataLists = {
          items: shuffled(lists.items, keys),
          boms: lists.boms.map((bom) => ({ ...bom, lines: shuffled(bom.lines, keys) })),
          routings: lists.routings.map((each) => ({ ...each, operations: shuffled(each.operations, keys) })),
          workCentres: shuffled(lists.workCentres, keys),
          calendars: shuffled(lists.calendars, keys).map((each) => ({
            ...each,
            hours: shuffled(each.hours, keys),
          })),
          ...{ machines: [], warehouses: [] },
        };
        const order = anOrder({ quantity, dueOn: due });
        assert.deepEqual(refresh(order, masterData(other)), refresh(order, masterData(lists)));
      }),
    );
  });

  it('does not depend on the other orders where nothing is constrained', () => {
    fc.assert(
      fc.property(anyPlant, fc.array(anyQuantity, { minLength: 2, maxLength: 4 }), (lists, quantities) => {
        const orders = quantities.map((quantity, place) => anOrder({ quantity, dueOn: due }, {}, place + 1));
        const masters = masterData(lists);
        const together = refreshAll(orders, masters);
        assert.deepEqual(
          together,
          orders.map((order) => refresh(order, masters)),
        );
      }),
      { numRuns: 40 },
    );
  });
});
