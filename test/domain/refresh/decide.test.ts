import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import { changesOf } from '../../../src/domain/refresh/changes';
import {
  defaultOptions,
  missingWithLines,
  switched,
  type Calculate,
} from '../../../src/domain/refresh/options';
import type { OrderContent } from '../../../src/domain/refresh/order-content';
import { aBom, aLine, amount, anItem, anOperation, aRouting, lasting, masters, on } from './masters';
import { anOrder, at, nothing, op10, op20, refresh, refreshed, span, twoOperations } from './orders';

const materials = (content: OrderContent) =>
  content.materials.map(
    ({ line, item, quantity, unit }) => `${line} ${item} ${quantityText(quantity)} ${unit}`,
  );
const lines = (content: OrderContent) =>
  content.lines.map(
    ({ orderLine, level, item, quantity, dueOn }) =>
      `${orderLine} ${level} ${item} ${quantityText(quantity)} ${dueOn}`,
  );
const only = (...parts: (keyof Calculate)[]) => ({
  calculate: {
    lines: parts.includes('lines'),
    routings: parts.includes('routings'),
    componentNeed: parts.includes('componentNeed'),
  },
});

/** A, of two operations, takes X and Y; a year ago it took W and had one operation. */
const data = twoOperations({
  items: [
    anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }),
    ...['W', 'X', 'Y'].map((item) => anItem(item)),
  ],
  boms: [aBom('A', [aLine(10, 'X', '2', { routingLink: 'L20' }), aLine(20, 'Y', '0.1')])],
});
const earlier = twoOperations({
  items: [anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }), anItem('W')],
  boms: [aBom('A', [aLine(10, 'W', '1')])],
  routings: [aRouting('A', [anOperation(5, { run: lasting(1) })])],
});

describe('a refreshed order', () => {
  it('has its line, its materials and its operations from the master data', () => {
    const content = refreshed(anOrder(), data);
    assert.deepEqual(lines(content), ['10000 0 A 60 2026-11-27']);
    assert.deepEqual(materials(content), ['10000 X 120 PC', '20000 Y 6 PC']);
    assert.deepEqual(
      content.operations.map(({ operation, inputQuantity }) => [operation, quantityText(inputQuantity)]),
      [
        [10, '60'],
        [20, '60'],
      ],
    );
    const { bom, bomVersion, routing, routingVersion } = content.lines[0] ?? {};
    assert.deepEqual([bom, bomVersion, routing, routingVersion], ['A', '', 'A', '']);
  });

  it('T-06 takes the quantity per of its own unit where the bill is in another one', () => {
    const boxes = masters({
      items: [
        anItem('A', { bom: 'A', units: [{ unit: 'BOX', factor: amount(6) }] }),
        anItem('X'),
        anItem('F'),
      ],
      boms: [aBom('A', [aLine(10, 'X', '2'), aLine(20, 'F', '3', { formula: 'fixed' })])],
    });
    const content = refreshed(anOrder({ quantity: amount(10), unit: 'BOX' }), boxes);
    assert.deepEqual(
      content.materials.map((each) => [quantityText(each.quantityPer), quantityText(each.quantity)]),
      [
        ['12', '120'],
        ['3', '3'],
      ],
    );
  });

  it('needs components in their base unit, rounded up to what they come in', () => {
    const glue = anItem('X', {
      unit: 'CAN',
      units: [{ unit: 'ML', factor: amount('0.005') }],
      rounding: amount('0.5'),
    });
    const content = refreshed(
      anOrder({ quantity: amount(7) }),
      masters({
        items: [anItem('A', { bom: 'A' }), glue],
        boms: [aBom('A', [aLine(10, 'X', '20', { unit: 'ML' })])],
      }),
    );
    const [material] = content.materials;
    assert.deepEqual([material?.unit, quantityText(material?.quantity ?? amount(0))], ['ML', '1']);
  });

  it('counts the scrap of its line and its operations', () => {
    const scrapping = twoOperations({
      items: [anItem('A', { routing: 'A', bom: 'A', scrap: amount(10) }), anItem('X'), anItem('Y')],
      boms: [aBom('A', [aLine(10, 'X', '1'), aLine(20, 'Y', '1', { routingLink: 'L20' })])],
      routings: [
        aRouting('A', [
          { ...op10, scrap: amount(2), fixedScrap: amount(1) },
          { ...op20, scrap: amount(5) },
        ]),
      ],
    });
    const content = refreshed(anOrder({ quantity: amount(100) }), scrapping);
    // 100 × 1.1 × 1.071 + 1 and 100 × 1.1 × 1.05, rounded up.
    assert.deepEqual(materials(content), ['10000 X 119 PC', '20000 Y 116 PC']);
    assert.deepEqual(
      content.operations.map((each) => quantityText(each.inputQuantity)),
      ['118.81', '115.5'],
    );
  });

  it('has neither materials nor operations where the item has neither bill nor routing', () => {
    const content = refreshed(anOrder(), masters({ items: [anItem('A')] }));
    assert.deepEqual(
      [content.materials, content.operations, lines(content)],
      [[], [], ['10000 0 A 60 2026-11-27']],
    );
  });

  it('says on which centre and day it takes how many minutes', () => {
    const needs = refreshed(anOrder(), data).needs.map(
      ({ operation, kind, day, minutes }) => `${operation} ${kind} ${day} ${quantityText(minutes)}`,
    );
    assert.deepEqual(needs.sort(), [
      ...['10 run 2026-11-25 45', '10 run 2026-11-26 255', '10 setup 2026-11-25 30'],
      ...['20 run 2026-11-26 180', '20 setup 2026-11-26 15'],
    ]);
  });
});

describe('what is made to order', () => {
  const toOrder = (of: Parameters<typeof twoOperations>[0] = {}) =>
    twoOperations({
      items: [
        anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1, makeToOrder: true }),
        anItem('S', { routing: 'S', bom: 'S', makeToOrder: true }),
        anItem('T', { makeToOrder: true, leadTimeDays: 2 }),
        anItem('P', { makeToOrder: true, procurement: 'purchase' }),
        anItem('X'),
      ],
      boms: [
        aBom('A', [
          aLine(10, 'S', '1', { routingLink: 'L20' }),
          aLine(20, 'T', '1'),
          aLine(30, 'P', '1'),
          aLine(40, 'S', '2', { leadTimeOffsetDays: 1 }),
        ]),
        aBom('S', [aLine(10, 'X', '1'), aLine(20, 'T', '1')]),
      ],
      routings: [aRouting('A', [op10, op20]), aRouting('S', [anOperation(10, { run: lasting(1) })])],
      ...of,
    });

  it('is a line of the same order, a level below, done when its first component is needed', () => {
    const content = refreshed(anOrder(), toOrder());
    assert.deepEqual(lines(content), [
      '10000 0 A 60 2026-11-27',
      // Twice for A: once by day only, which is the earlier.
      '20000 1 S 180 2026-11-24',
      '30000 1 T 60 2026-11-25',
      '40000 2 T 180 2026-11-23',
    ]);
    assert.deepEqual(content.lines.map(span), [
      ...['25 14:45 – 26 16:00', '23 13:00 – 23 16:00', '23 00:00 – 25 14:45', '21 00:00 – 23 13:00'],
    ]);
  });

  it('is reserved for the materials that it makes', () => {
    const content = refreshed(anOrder(), toOrder());
    const names = new Map(
      content.materials.map(({ line, item, orderLine }) => [line, `${orderLine} ${item}`]),
    );
    const supplies = content.supplies.map(
      ({ material, orderLine, quantity }) =>
        `${names.get(material)} ← ${orderLine} ${quantityText(quantity)}`,
    );
    assert.deepEqual(supplies, [
      '10000 S ← 20000 60',
      '10000 S ← 20000 120',
      '10000 T ← 30000 60',
      '20000 T ← 40000 180',
    ]);
  });

  it('starts the order with the first of its lines', () => {
    const { header } = refreshed(anOrder(), toOrder());
    assert.deepEqual([span(header), header.dueOn], ['21 00:00 – 26 16:00', '2026-11-27']);
  });

  it('goes backward from its component when the order goes forward', () => {
    const content = refreshed(anOrder({ startsAt: at('2026-11-25 08:00') }), toOrder(), {
      direction: 'forward',
    });
    assert.deepEqual(content.lines.slice(0, 2).map(span), ['25 08:00 – 26 09:15', '23 13:00 – 23 16:00']);
  });

  it('is no line where the item that takes it is not made to order', () => {
    const stock = toOrder();
    const items = [...stock.items.values()].map((item) =>
      item.item === 'A' ? { ...item, makeToOrder: false } : item,
    );
    const content = refreshed(anOrder(), {
      ...stock,
      items: new Map(items.map((item) => [item.item, item])),
    });
    assert.deepEqual([lines(content).length, content.supplies], [1, []]);
  });

  it('goes when components are calculated without lines', () => {
    const present = refreshed(anOrder(), toOrder());
    const content = refreshed(anOrder({}, { present }), toOrder(), only('componentNeed'));
    assert.deepEqual([lines(content), content.supplies], [['10000 0 A 60 2026-11-27'], []]);
    const kept = refreshed(anOrder({}, { present }), toOrder(), only('routings'));
    assert.deepEqual([lines(kept), kept.supplies], [lines(present), present.supplies]);
  });
});

describe('what is calculated', () => {
  const present = refreshed(anOrder(), earlier);
  const parts = (content: OrderContent) => [
    content.materials.map(({ item }) => item).join(),
    content.operations.map(({ operation }) => operation).join(),
    content.header.startsAt && span(content.header).slice(0, 8),
  ];
  const calculated = (...of: (keyof Calculate)[]) =>
    parts(refreshed(anOrder({}, { present }), data, only(...of)));

  it('is everything with lines', () => {
    assert.deepEqual(calculated('lines', 'routings', 'componentNeed'), ['X,Y', '10,20', '25 14:45']);
  });

  it('is the operations with routings; components stay, and follow', () => {
    assert.deepEqual(calculated('routings'), ['W', '10,20', '25 14:45']);
    const content = refreshed(anOrder({}, { present }), data, only('routings'));
    assert.deepEqual(
      content.materials.map(({ usageOn }) => usageOn),
      ['2026-11-25'],
    );
  });

  it('is the components with component need; operations stay, and are scheduled', () => {
    assert.deepEqual(calculated('componentNeed'), ['X,Y', '5', '26 15:00']);
  });

  it('is both without lines: what the lines make stays', () => {
    const more = anOrder({ quantity: amount(600) }, { present });
    const content = refreshed(more, data, only('routings', 'componentNeed'));
    assert.deepEqual(
      [parts(content), materials(content)],
      [
        ['X,Y', '10,20', '25 14:45'],
        ['10000 X 120 PC', '20000 Y 6 PC'],
      ],
    );
  });

  it('is nothing without any', () => assert.deepEqual(calculated(), ['W', '5', '26 15:00']));

  it('is nothing of an order without lines, unless lines are calculated', () => {
    assert.deepEqual(refreshed(anOrder(), data, only('routings', 'componentNeed')), nothing);
  });

  it('T-64 cannot be lines without the others', () => {
    assert.deepEqual(missingWithLines(only('lines', 'componentNeed').calculate), ['routings']);
    assert.deepEqual(missingWithLines(only('lines').calculate), ['routings', 'componentNeed']);
    assert.deepEqual(
      [only('routings'), only(), defaultOptions].flatMap(({ calculate }) => missingWithLines(calculate)),
      [],
    );
    assert.throws(() => refresh(anOrder(), data, only('lines', 'componentNeed')), RangeError);
  });

  it('is switched on with lines, and switched off alone', () => {
    assert.deepEqual(switched(only().calculate, 'lines', true), defaultOptions.calculate);
    assert.deepEqual(
      switched(defaultOptions.calculate, 'lines', false),
      only('routings', 'componentNeed').calculate,
    );
    assert.deepEqual(switched(only('routings').calculate, 'routings', false), only().calculate);
  });
});

describe('an inbound request', () => {
  const handling = (outputHandling: 'none' | 'inventory_put_away') =>
    twoOperations({ warehouses: [{ warehouse: 'MAIN', calendar: null, inboundDays: 0, outputHandling }] });
  const executive = { key: anOrder().marked.key, state: 'executive', version: 1, lastChange: null } as const;
  const request = (
    of: Parameters<typeof anOrder>[1],
    outputHandling: 'none' | 'inventory_put_away' = 'inventory_put_away',
    asked = true,
  ) =>
    refresh(anOrder({}, { warehouse: 'MAIN', order: executive, ...of }), handling(outputHandling), {
      inboundRequest: asked,
    }).inbound;

  it('asks to put the output of an executive order away, less what is produced', () => {
    const expected = { warehouse: 'MAIN', item: 'A', variant: '', quantity: amount(50), unit: 'PC' };
    assert.deepEqual(request({ produced: amount(10) }), expected);
    assert.deepEqual(request({ warehouse: null, produced: amount(10) }, 'none'), {
      ...expected,
      warehouse: null,
    });
  });

  it('T-65 is not made for a launched order', () =>
    assert.equal(request({ order: anOrder().order }), 'notExecutive'));
  it('is not made where output is not put away', () => assert.equal(request({}, 'none'), 'noPutAway'));
  it('is not made when everything is produced', () =>
    assert.equal(request({ produced: amount(60) }), 'nothingRemains'));
  it('is not made unasked', () => assert.equal(request({}, 'inventory_put_away', false), 'notAsked'));
});

describe('what a refresh changes', () => {
  const present = refreshed(anOrder(), data);
  const changes = (before: OrderContent, after: OrderContent) =>
    changesOf(before, after).map(({ part, kind, name, editLost, fields }) =>
      [part, kind, name, ...(editLost ? ['lost'] : []), ...fields.map(({ field }) => field)].join(' '),
    );

  it('is nothing when nothing has changed', () => {
    assert.deepEqual(changesOf(present, refreshed(anOrder({}, { present }), data)), []);
  });

  it('is everything of a new order', () => {
    const found = changesOf(nothing, present);
    assert.deepEqual(
      found.map(({ part, kind, name }) => [part, kind, name].join(' ')),
      [
        ...['header changed ', 'line added A', 'material added X', 'material added Y'],
        ...['operation added Operation 10', 'operation added Operation 20'],
      ],
    );
    const quantity = found.find(({ name }) => name === 'X')?.fields.find(({ field }) => field === 'quantity');
    assert.deepEqual(quantity, { field: 'quantity', before: null, after: '120' });
  });

  it('is what is added, removed and changed', () => {
    const found = changesOf(refreshed(anOrder(), earlier), present);
    assert.deepEqual(
      found.map(({ part, kind, name }) => [part, kind, name].join(' ')),
      [
        ...[
          'header changed ',
          'line changed A',
          'material added X',
          'material added Y',
          'material removed W',
        ],
        ...['operation added Operation 10', 'operation added Operation 20', 'operation removed Operation 5'],
      ],
    );
  });

  it('says each value before and after', () => {
    const twice = refreshed(anOrder({ quantity: amount(120) }, { present }), data);
    const [header, , material] = changesOf(present, twice);
    const quantity = (change: typeof header) => change?.fields.find(({ field }) => field === 'quantity');
    assert.deepEqual(quantity(header), { field: 'quantity', before: '60', after: '120' });
    assert.deepEqual(quantity(material), { field: 'quantity', before: '120', after: '240' });
  });

  it('finds a material again although its number is another one', () => {
    const boms = [
      aBom('A', [aLine(5, 'W', '1'), aLine(10, 'X', '2', { routingLink: 'L20' }), aLine(20, 'Y', '0.1')]),
    ];
    const more = twoOperations({ items: [...data.items.values()], boms });
    assert.deepEqual(
      changesOf(present, refreshed(anOrder({}, { present }), more)).map(
        ({ kind, name }) => `${kind} ${name}`,
      ),
      ['added W'],
    );
  });

  it('T-67 names what was changed by hand and is lost', () => {
    const [first, second] = present.materials;
    assert.ok(first && second);
    const edited: OrderContent = {
      ...present,
      materials: [
        { ...first, quantity: amount(150), byHand: true },
        second,
        { ...second, line: 30000, item: 'W', byHand: true },
      ],
      operations: present.operations.map((each) =>
        each.operation === 10 ? { ...each, setup: lasting(60), byHand: true } : each,
      ),
    };
    const after = refreshed(anOrder({}, { present: edited }), data);
    const found = changes(edited, after);
    assert.deepEqual(
      found.filter((each) => !each.startsWith('material removed')),
      ['material changed X lost quantity', 'operation changed Operation 10 lost setupTime'],
    );
    assert.ok(found.some((each) => each.startsWith('material removed W lost')));
  });

  it('tells a repeated item’s needs apart', () => {
    const boms = [aBom('A', [aLine(10, 'X', '1', { routingLink: 'L20' }), aLine(20, 'X', '2')])];
    const twice = twoOperations({ items: [...data.items.values()], boms });
    const before = refreshed(anOrder(), twice);
    const without = twoOperations({
      items: [...data.items.values()],
      boms: [aBom('A', [aLine(20, 'X', '2')])],
    });
    const found = changesOf(before, refreshed(anOrder({}, { present: before }), without));
    assert.deepEqual(
      found.map(({ kind, name, number }) => [kind, name, number]),
      [['removed', 'X', 10000]],
    );
  });

  it('is only the dates when the due date is later', () => {
    const later = refreshed(anOrder({ dueOn: on('2026-12-04') }, { present }), data);
    assert.deepEqual(
      new Set(changesOf(present, later).flatMap(({ fields }) => fields.map(({ field }) => field))),
      new Set(['startsAt', 'endsAt', 'dueOn', 'usageOn', 'usageAt']),
    );
  });
});
