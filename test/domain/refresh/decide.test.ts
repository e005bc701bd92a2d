import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import {
  defaultOptions,
  missingWithLines,
  switched,
  type Calculate,
} from '../../../src/domain/refresh/options';
import { emptyContent, type OrderContent } from '../../../src/domain/refresh/order-content';
import { aBom, aLine, amount, anItem, aRouting, masters } from './masters';
import {
  anOrder,
  linesOf,
  only,
  op10,
  op20,
  refresh,
  refreshed,
  sinceThen,
  span,
  twoOperations,
  whenItWasMade,
} from './orders';

const materials = (content: OrderContent) =>
  content.materials.map(
    ({ line, item, quantity, unit }) => `${line} ${item} ${quantityText(quantity)} ${unit}`,
  );

describe('a refreshed order', () => {
  it('has its line, its materials and its operations from the master data', () => {
    const content = refreshed(anOrder(), sinceThen);
    assert.deepEqual(linesOf(content), ['10000 0 A 60 2026-11-27']);
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
      [content.materials, content.operations, linesOf(content)],
      [[], [], ['10000 0 A 60 2026-11-27']],
    );
  });

  it('says on which centre and day it takes how many minutes', () => {
    const needs = refreshed(anOrder(), sinceThen).needs.map(
      ({ operation, kind, day, minutes }) => `${operation} ${kind} ${day} ${quantityText(minutes)}`,
    );
    assert.deepEqual(needs.sort(), [
      ...['10 run 2026-11-25 45', '10 run 2026-11-26 255', '10 setup 2026-11-25 30'],
      ...['20 run 2026-11-26 180', '20 setup 2026-11-26 15'],
    ]);
  });
});

describe('what is calculated', () => {
  const present = refreshed(anOrder(), whenItWasMade);
  const parts = (content: OrderContent) => [
    content.materials.map(({ item }) => item).join(),
    content.operations.map(({ operation }) => operation).join(),
    content.header.startsAt && span(content.header).slice(0, 8),
  ];
  const calculated = (...of: (keyof Calculate)[]) =>
    parts(refreshed(anOrder({}, { present }), sinceThen, only(...of)));

  it('is everything with lines', () => {
    assert.deepEqual(calculated('lines', 'routings', 'componentNeed'), ['X,Y', '10,20', '25 14:45']);
  });

  it('is the operations with routings; components stay, and follow', () => {
    assert.deepEqual(calculated('routings'), ['W', '10,20', '25 14:45']);
    const content = refreshed(anOrder({}, { present }), sinceThen, only('routings'));
    assert.deepEqual(
      content.materials.map(({ usageOn }) => usageOn),
      ['2026-11-25'],
    );
  });

  it('is the components with component need; operations stay, and are scheduled', () => {
    assert.deepEqual(calculated('componentNeed'), ['X,Y', '5', '26 15:00']);
  });

  it('is both without lines: what the lines make stays', () => {
    const content = refreshed(anOrder({}, { present }), sinceThen, only('routings', 'componentNeed'));
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
    assert.deepEqual(refreshed(anOrder(), sinceThen, only('routings', 'componentNeed')), emptyContent);
  });

  it('T-64 cannot be lines without the others', () => {
    assert.deepEqual(missingWithLines(only('lines', 'componentNeed').calculate), ['routings']);
    assert.deepEqual(missingWithLines(only('lines').calculate), ['routings', 'componentNeed']);
    assert.deepEqual(
      [only('routings'), only(), defaultOptions].flatMap(({ calculate }) => missingWithLines(calculate)),
      [],
    );
    assert.throws(() => refresh(anOrder(), sinceThen, only('lines', 'componentNeed')), RangeError);
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

  describe('that was made before', () => {
    const before = { warehouse: 'MAIN', item: 'A', variant: 'RED', quantity: amount('7.5'), unit: 'PC' };
    const warnings = (of: Parameters<typeof anOrder>[1], options: Parameters<typeof refresh>[2] = {}) =>
      refresh(
        anOrder({}, { warehouse: 'MAIN', order: executive, askedPutAway: before, ...of }),
        handling('inventory_put_away'),
        options,
      ).warnings.map(({ code, params }) => [code, params.item, params.quantity, params.warehouse]);
    const withdrawn = [['REF-18', 'A', '7.5', 'MAIN']];

    it('REF-18 is said to go with its lines, wherever it was asked to', () => {
      assert.deepEqual(warnings({}), withdrawn);
      assert.deepEqual(warnings({ produced: amount(60) }, { inboundRequest: true }), withdrawn);
      const anywhere = warnings({ askedPutAway: { ...before, warehouse: null } });
      assert.deepEqual(anywhere, [['REF-18', 'A', '7.5', undefined]]);
    });
    it('REF-18 is said to go with a restore, even where the lines stay', () => {
      const entered = { present: refreshed(anOrder(), handling('none')), entries: ['D 1'] };
      const inOne = { ...only('routings'), executive: 'restoreAndRelease' } as const;
      assert.deepEqual(warnings(entered, inOne), withdrawn);
    });
    it('stays without a word where the lines stay or it is made anew', () => {
      const present = refreshed(anOrder(), handling('none'));
      assert.deepEqual(warnings({ present }, only('routings')), []);
      assert.deepEqual(warnings({}, { inboundRequest: true }), []);
    });
  });
});
