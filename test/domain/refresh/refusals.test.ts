import assert from 'node:assert/strict';
import type { OrderState } from '../../../src/domain/order';
import type { OrderReservation, RefreshCandidate } from '../../../src/domain/refresh/candidate';
import type { RefreshOptions } from '../../../src/domain/refresh/options';
import { emptyContent, type OrderContent } from '../../../src/domain/refresh/order-content';
import {
  aBom,
  aCentre,
  aLine,
  amount,
  anItem,
  anOperation,
  aRouting,
  dayShift,
  lasting,
  masters,
  on,
} from './masters';
import { wantedOrder, type Wish } from '../../../src/domain/refresh/wish';
import {
  anOrder,
  at,
  codes,
  hours,
  op10,
  op20,
  refresh,
  refreshAll,
  refreshed,
  twoOperations,
} from './orders';

const state = (of: OrderState, entries: readonly string[] = []): Partial<RefreshCandidate> => ({
  order: { key: anOrder().marked.key, state: of, version: 1, lastChange: null },
  entries,
});
const reserved = (of: Partial<OrderReservation>): Partial<RefreshCandidate> => ({
  reservations: [
    {
      ...{
        of: 'output',
        line: 10000,
        item: 'A',
        quantity: amount(5),
        unit: 'PC',
        document: 'SO-1',
        ownOrder: false,
      },
      ...of,
    },
  ],
});
const only = (...parts: (keyof RefreshOptions['calculate'])[]): Partial<RefreshOptions> => ({
  calculate: {
    lines: parts.includes('lines'),
    routings: parts.includes('routings'),
    componentNeed: parts.includes('componentNeed'),
  },
});
const data = twoOperations();

describe('a refresh', () => {
  it('ORD-01 refuses an order that is not there', () => {
    assert.deepEqual(codes(refresh(anOrder({}, { order: null }), data)), ['ORD-01']);
  });

  for (const over of ['fulfilled', 'historical'] as const) {
    it(`T-66 REF-01 skips an order that is ${over}, whatever else is wrong with it`, () => {
      const decision = refresh(anOrder({ dueOn: null }, state(over, ['D 1'])), data);
      assert.deepEqual([decision.result, codes(decision), decision.content], ['skipped', ['REF-01'], null]);
    });
  }

  it('REF-02 refuses an order without a due date', () => {
    assert.deepEqual(codes(refresh(anOrder({ dueOn: null }), data)), ['REF-02']);
  });

  it('REF-03 refuses an order that has to name a variant, when its lines are calculated', () => {
    const variants = twoOperations({ items: [anItem('A', { routing: 'A', variantMandatory: true })] });
    assert.deepEqual(codes(refresh(anOrder(), variants)), ['REF-03']);
    assert.deepEqual(codes(refresh(anOrder({ variant: 'RED' }), variants)), []);
    assert.deepEqual(codes(refresh(anOrder(), variants, only('routings'))), []);
  });

  it('REF-17 refuses another quantity or date when lines are not calculated', () => {
    const stands = {
      ...{ item: 'A', variant: '', unit: 'PC', quantity: amount(60), startsAt: at('2026-11-25 14:45') },
      ...{ startsOn: on('2026-11-25'), dueOn: on('2026-11-27') },
    };
    const wished = (wish: Wish) => anOrder(wantedOrder(stands, wish, hours));
    const different = { quantity: amount(70), due: on('2026-11-30'), start: on('2026-11-24') };
    assert.deepEqual(refresh(wished(different), data, only('routings')).refusals, [
      { code: 'REF-17', params: { order: '2026/1/0', quantity: '60', wanted: '70' } },
      {
        code: 'REF-17',
        params: { order: '2026/1/0', from: '2026-11-27', to: '2026-11-30', context: 'due' },
      },
      {
        code: 'REF-17',
        params: { order: '2026/1/0', from: '2026-11-25', to: '2026-11-24', context: 'start' },
      },
    ]);
    assert.deepEqual(codes(refresh(wished(different), data)), []);
    const asItIs = { quantity: amount('60.00'), due: on('2026-11-27'), start: on('2026-11-25') };
    for (const wish of [asItIs, {}])
      assert.deepEqual(codes(refresh(wished(wish), data, only('routings'))), []);
  });

  it('REF-04 asks for a yes where materials have been picked', () => {
    const picked = anOrder({}, { picked: [{ line: 20000, item: 'X', quantity: amount(3), unit: 'PC' }] });
    const { refusals } = refresh(picked, data);
    const params = { order: '2026/1/0', line: '20000', item: 'X', quantity: '3', unit: 'PC' };
    assert.deepEqual(refusals, [{ code: 'REF-04', params }]);
    assert.deepEqual(codes(refresh(picked, data, { confirmPicked: true })), []);
    assert.deepEqual(codes(refresh(picked, data, only('componentNeed'))), []);
  });

  it('REF-05 says that the routing of the item is another one by now', () => {
    const present = {
      ...emptyContent,
      lines: refreshed(anOrder(), data).lines.map((line) => ({ ...line, routing: 'OLD' })),
    };
    const { result, warnings } = refresh(anOrder({}, { present }), data);
    const params = { order: '2026/1/0', before: 'OLD', routing: 'A' };
    assert.deepEqual([result, warnings], ['refreshed', [{ code: 'REF-05', params }]]);
    const none = refresh(anOrder({}, { present }), masters({ items: [anItem('A')] })).warnings;
    assert.deepEqual(none, [
      { code: 'REF-05', params: { order: '2026/1/0', before: 'OLD', context: 'none' } },
    ]);
    assert.deepEqual(refresh(anOrder({}, { present }), data, only('componentNeed')).warnings, []);
  });

  it('T-60 REF-06 refuses an order whose output is reserved, when its lines are calculated', () => {
    const { refusals } = refresh(anOrder({}, reserved({})), data);
    const params = {
      order: '2026/1/0',
      line: '10000',
      item: 'A',
      quantity: '5',
      unit: 'PC',
      document: 'SO-1',
    };
    assert.deepEqual(refusals, [{ code: 'REF-06', params }]);
    assert.deepEqual(codes(refresh(anOrder({}, reserved({})), data, only('routings'))), []);
  });

  it('REF-06 refuses an order whose components are reserved, when they are calculated', () => {
    const component = anOrder({}, reserved({ of: 'component' }));
    assert.equal(refresh(component, data).refusals[0]?.params.context, 'component');
    assert.deepEqual(codes(refresh(component, data, only('componentNeed'))), ['REF-06']);
    assert.deepEqual(codes(refresh(component, data, only('routings'))), []);
  });

  it('T-61 goes where a line is reserved only for a component of its own order', () => {
    assert.deepEqual(codes(refresh(anOrder({}, reserved({ ownOrder: true })), data)), []);
  });

  it('REF-07 refuses an order of an item that is not there', () => {
    assert.deepEqual(codes(refresh(anOrder({ item: 'NONE' }), data)), ['REF-07']);
  });

  it('REF-07 refuses forward scheduling without a start', () => {
    const { refusals } = refresh(anOrder(), data, { direction: 'forward' });
    assert.deepEqual(
      refusals.map(({ code, params }) => [code, params.context]),
      [['REF-07', 'start']],
    );
  });

  it('T-62 REF-08 refuses an executive order with an entry, and names it', () => {
    const { refusals } = refresh(anOrder({}, state('executive', ['D 1', 'R 12'])), data);
    const params = { order: '2026/1/0', document: 'D 1, R 12' };
    assert.deepEqual(refusals, [{ code: 'REF-08', params, next: 'restoreAndRelease' }]);
    assert.deepEqual(codes(refresh(anOrder({}, state('executive')), data)), []);
    assert.deepEqual(codes(refresh(anOrder({}, state('launched', ['D 1'])), data)), []);
  });

  it('REF-08 offers no restore where that would be refused, too', () => {
    const notRestorable = [{ code: 'RES-02', params: { order: '2026/1/0', declarations: '1' } }] as const;
    const { refusals } = refresh(anOrder({}, { ...state('executive', ['#1']), notRestorable }), data);
    assert.deepEqual(
      refusals.map(({ code, params, next }) => [code, params.context, next]),
      [['REF-08', 'notRestorable', undefined]],
    );
  });

  describe('of an executive order that is restored and released with it', () => {
    const inOne = { executive: 'restoreAndRelease' } as const;
    const released = state('executive', ['R 12']);

    it('goes as if the order was launched', () =>
      assert.deepEqual(refresh(anOrder({}, released), data, inOne).result, 'refreshed'));

    it('is refused by the restore first, then by the refresh, then by the release', () => {
      const why = (code: 'RES-02' | 'REL-10') => [
        {
          code,
          params: {
            order: '2026/1/0',
            declarations: '1',
            item: 'A',
            need: '1',
            available: '0',
            short: '1',
            warehouse: 'M',
            unit: 'PC',
          },
        },
      ];
      const stuck = { ...released, notRestorable: why('RES-02'), staysBy: why('REL-10') };
      assert.deepEqual(codes(refresh(anOrder({ dueOn: null }, stuck), data, inOne)), [
        'RES-02',
        'REF-02',
        'REL-10',
      ]);
    });
  });

  it('T-63 REF-09 refuses an order whose bill or routing is not certified', () => {
    const developing = twoOperations({
      items: [anItem('A', { routing: 'A', bom: 'A' })],
      routings: [aRouting('A', [op10], { status: 'new' })],
      boms: [aBom('A', [], { status: 'new' })],
    });
    const { refusals } = refresh(anOrder(), developing);
    assert.deepEqual(refusals, [
      { code: 'REF-09', params: { order: '2026/1/0', routing: 'A', date: '2026-11-27', context: 'routing' } },
      { code: 'REF-09', params: { order: '2026/1/0', bom: 'A', date: '2026-11-27' } },
    ]);
  });

  for (const quantity of [0, -1]) {
    it(`REF-10 refuses an order of ${quantity}`, () => {
      const { refusals } = refresh(anOrder({ quantity: amount(quantity) }), data);
      const params = { order: '2026/1/0', line: '10000', item: 'A', quantity: String(quantity) };
      assert.deepEqual(refusals, [{ code: 'REF-10', params }]);
    });
  }

  it('REF-10 refuses to keep lines that have no date to be scheduled from', () => {
    const undated: OrderContent = {
      ...emptyContent,
      lines: refreshed(anOrder(), data).lines.map((line) => ({ ...line, startsAt: null, endsAt: null })),
    };
    const contexts = (direction: 'back' | 'forward') =>
      refresh(anOrder({}, { present: undated }), data, { ...only('routings'), direction }).refusals.map(
        ({ params }) => params.context,
      );
    assert.deepEqual([contexts('back'), contexts('forward')], [['end'], ['start']]);
  });

  it('REF-11 refuses a routing whose sequence is broken', () => {
    const broken = twoOperations({ routings: [aRouting('A', [{ ...op10, nextOperations: [15] }, op20])] });
    const params = { order: '2026/1/0', routing: 'A', operation: '10', context: 'sequence' };
    assert.deepEqual(refresh(anOrder(), broken).refusals, [{ code: 'REF-11', params }]);
  });

  it('REF-11 refuses items made to order in a circle', () => {
    const circle = masters({
      items: ['A', 'B'].map((item) => anItem(item, { bom: item, makeToOrder: true })),
      boms: [aBom('A', [aLine(10, 'B', '1')]), aBom('B', [aLine(10, 'A', '1')])],
    });
    const params = { order: '2026/1/0', item: 'A', levels: '50', context: 'madeToOrder' };
    assert.deepEqual(refresh(anOrder(), circle).refusals, [{ code: 'REF-11', params }]);
  });

  it('REF-12 refuses an order whose centre has no time, and names direction, date and centre', () => {
    const closed = twoOperations({ calendars: [{ ...dayShift, hours: [] }] });
    const order = anOrder({ startsAt: at('2026-11-25 08:00') });
    const refusalOf = (direction: 'back' | 'forward') => refresh(order, closed, { direction }).refusals;
    const params = { order: '2026/1/0', resource: 'WC1' };
    assert.deepEqual(refusalOf('back'), [{ code: 'REF-12', params: { ...params, date: '2026-11-26' } }]);
    assert.deepEqual(refusalOf('forward'), [
      { code: 'REF-12', params: { ...params, date: '2026-11-25', context: 'forward' } },
    ]);
  });

  it('REF-12 refuses an order that takes longer than anybody plans, at once', () => {
    assert.deepEqual(codes(refresh(anOrder({ quantity: amount('9999999999999999999') }), data)), ['REF-12']);
    const wait = twoOperations({
      routings: [aRouting('A', [anOperation(10, { wait: lasting('999999999', 'days') })])],
    });
    assert.deepEqual(codes(refresh(anOrder(), wait)), ['REF-12']);
  });

  it('REF-12 refuses an order whose warehouse never works', () => {
    const warehouse = {
      warehouse: 'MAIN',
      calendar: 'NEVER',
      inboundDays: 1,
      outputHandling: 'none',
    } as const;
    const never = twoOperations({
      warehouses: [warehouse],
      calendars: [dayShift, { calendar: 'NEVER', hours: [], holidays: [] }],
    });
    const { refusals } = refresh(anOrder({}, { warehouse: 'MAIN' }), never);
    assert.deepEqual(
      refusals.map(({ code, params }) => [code, params.resource, params.date]),
      [['REF-12', 'MAIN', '2026-11-27']],
    );
  });

  it('REF-13 refuses a unit that the item does not have, of the order, the bill or a component', () => {
    const bill = (unit: string, component: string) =>
      masters({
        items: [anItem('A', { bom: 'A' }), anItem('X')],
        boms: [aBom('A', [aLine(10, 'X', '1', { unit: component })], { unit })],
      });
    const units = (of: ReturnType<typeof bill>, unit = 'PC') =>
      refresh(anOrder({ unit }), of).refusals.map(({ code, params }) => [code, params.item, params.unit]);
    assert.deepEqual(units(bill('PC', 'PC')), []);
    assert.deepEqual(units(bill('PC', 'PC'), 'BOX'), [['REF-13', 'A', 'BOX']]);
    assert.deepEqual(units(bill('BOX', 'PC')), [['REF-13', 'A', 'BOX']]);
    assert.deepEqual(units(bill('PC', 'KG')), [['REF-13', 'X', 'KG']]);
  });

  it('REF-15 refuses an order that somebody changed since', () => {
    const order = {
      key: anOrder().marked.key,
      state: 'launched',
      version: 2,
      lastChange: { by: 'Ada', at: at('2026-11-20 10:00') },
    } as const;
    assert.deepEqual(codes(refresh(anOrder({}, { order }), data)), ['REF-15']);
  });

  it('names everything that keeps an order, in the order of the rules', () => {
    const all = anOrder(
      { quantity: amount(0), dueOn: null },
      { ...state('executive', ['D 1']), ...reserved({}) },
    );
    assert.deepEqual(codes(refresh(all, data)), ['REF-02', 'REF-06', 'REF-08', 'REF-10']);
    const notCertified = twoOperations({ routings: [aRouting('A', [op10], { status: 'closed' })] });
    assert.deepEqual(codes(refresh(anOrder({}, reserved({})), notCertified)), ['REF-06', 'REF-09']);
  });

  it('lets the other orders of a batch go', () => {
    const results = refreshAll([anOrder(), anOrder({ dueOn: null }, {}, 2), anOrder({}, {}, 3)], data).map(
      ({ result }) => result,
    );
    assert.deepEqual(results, ['refreshed', 'refused', 'refreshed']);
  });

  it('throws for a work centre it is told nothing about, rather than guess', () => {
    assert.throws(() => refresh(anOrder(), twoOperations({ workCentres: [aCentre('OTHER')] })), RangeError);
  });

  it('knows days before and after the years a plant plans in', () => {
    for (const dueOn of ['0001-01-02', '9999-12-31'])
      assert.doesNotThrow(() => refresh(anOrder({ dueOn: on(dueOn) }), data), dueOn);
  });
});
