import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import { changesOf } from '../../../src/domain/refresh/changes';
import { editMaterial, editOperation, type MaterialEdit } from '../../../src/domain/refresh/edit';
import type { MasterData } from '../../../src/domain/refresh/master-data';
import { emptyContent, type OrderContent } from '../../../src/domain/refresh/order-content';
import { plantOf } from '../../../src/domain/refresh/plant';
import { reschedule, type MovedOperation } from '../../../src/domain/refresh/reschedule';
import { aBom, aLine, aMachine, amount, anItem, anOperation, aRouting, lasting } from './masters';
import {
  anOrder,
  assertText,
  at,
  hours,
  keyOf,
  op10,
  op20,
  refreshed,
  shown,
  span,
  twoOperations,
} from './orders';

const data = twoOperations({
  items: [anItem('A', { routing: 'A', bom: 'A', safetyLeadDays: 1 }), anItem('X'), anItem('Y')],
  boms: [aBom('A', [aLine(10, 'X', '2', { routingLink: 'L20' }), aLine(20, 'Y', '1')])],
});
/** op10 Wed 25 14:45 – Thu 26 12:45, op20 Thu 26 12:45 – 16:00. */
const present = refreshed(anOrder(), data);
const move = (of: Partial<MovedOperation>, content = present, masters: MasterData = data) => {
  const result = reschedule(
    { key: keyOf(1), present: content, warehouse: null },
    { orderLine: 10000, operation: 10, startsAt: null, ...of },
    { masters, hours, booked: [] },
  );
  result.refusals.forEach(assertText);
  return result;
};
const moved = (...of: Parameters<typeof move>): OrderContent => {
  const { content, refusals } = move(...of);
  assert.ok(content, JSON.stringify(refusals));
  return content;
};
const spans = (content: OrderContent) => content.operations.map(span);

describe('rescheduling', () => {
  it('moves an operation and those that follow; the order and its materials go with them', () => {
    const content = moved({ startsAt: at('2026-11-26 08:00') });
    assert.deepEqual(spans(content), ['26 08:00 – 26 14:00', '26 14:00 – 27 09:15']);
    assert.deepEqual([span(content.header), content.header.dueOn], ['26 08:00 – 27 09:15', '2026-11-28']);
    assert.deepEqual(
      content.materials.map(({ item, usageAt }) => [item, shown(usageAt)]),
      [
        ['X', '26 14:00'],
        ['Y', '26 08:00'],
      ],
    );
    assert.deepEqual(
      [...new Set(content.needs.map(({ operation, day }) => `${operation} ${day}`))],
      ['10 2026-11-26', '20 2026-11-26', '20 2026-11-27'],
    );
  });

  it('leaves what comes before where it is', () => {
    const content = moved({ operation: 20, startsAt: at('2026-11-27 10:00') });
    assert.deepEqual(spans(content), ['25 14:45 – 26 12:45', '27 10:00 – 27 13:15']);
    assert.deepEqual(
      content.needs.filter(({ operation }) => operation === 10),
      present.needs.filter(({ operation }) => operation === 10),
    );
    assert.equal(content.header.dueOn, '2026-11-28');
  });

  it('brings an operation forward, and keeps the due date', () => {
    const content = moved({ startsAt: at('2026-11-24 08:00') });
    assert.deepEqual([span(content.header), content.header.dueOn], ['24 08:00 – 25 09:15', '2026-11-27']);
  });

  it('REF-14 refuses to start an operation before the one before it has ended', () => {
    const params = { order: '2026/1/0', operation: '20', before: '10', at: at('2026-11-26 12:45') };
    assert.deepEqual(move({ operation: 20, startsAt: at('2026-11-26 12:00') }).refusals, [
      { code: 'REF-14', params },
    ]);
    assert.ok(move({ operation: 20, startsAt: at('2026-11-26 12:45') }).content);
  });

  it('REF-10 refuses an order whose operations have no times yet', () => {
    const untimed = {
      ...present,
      operations: present.operations.map((each) => ({ ...each, startsAt: null })),
    };
    assert.deepEqual(
      move({ startsAt: at('2026-11-26 08:00') }, untimed).refusals.map(({ code }) => code),
      ['REF-10'],
    );
  });

  it('throws for an operation that is not there', () => {
    assert.throws(() => move({ operation: 15 }), RangeError);
    assert.throws(() => move({ orderLine: 20000 }), RangeError);
    assert.throws(() => move({}, emptyContent), RangeError);
  });

  it('works around what others and the order itself have booked on a constrained centre', () => {
    const limited = { constrained: true, criticalLoad: amount(100), dampener: amount(0) };
    const masters = twoOperations({
      machines: [aMachine('M', limited)],
      routings: [
        aRouting('A', [
          anOperation(10, { machine: 'M', run: lasting(1) }),
          anOperation(20, { machine: 'M', run: lasting(1) }),
        ]),
      ],
    });
    const content = refreshed(anOrder(), masters);
    assert.deepEqual(spans(content), ['26 14:00 – 26 15:00', '26 15:00 – 26 16:00']);
    const other = content.needs.map((need) => ({
      ...need,
      startsAt: at('2026-11-27 09:00'),
      endsAt: at('2026-11-27 10:00'),
      day: content.header.dueOn ?? need.day,
    }));
    const { content: around } = reschedule(
      { key: keyOf(1), present: content, warehouse: null },
      { orderLine: 10000, operation: 20, startsAt: at('2026-11-27 08:30') },
      { masters, hours, booked: other.slice(0, 1) },
    );
    assert.deepEqual(around && spans(around), ['26 14:00 – 26 15:00', '27 08:30 – 27 10:30']);
  });

  it('works around another branch of its own order on a constrained centre', () => {
    const limited = { constrained: true, criticalLoad: amount(100), dampener: amount(0) };
    const branch = (operation: number) =>
      anOperation(operation, { machine: 'M', run: lasting(1), nextOperations: [] });
    const masters = twoOperations({
      machines: [aMachine('M', limited)],
      routings: [aRouting('A', [branch(10), branch(20)], { kind: 'parallel' })],
    });
    const content = refreshed(anOrder(), masters);
    assert.deepEqual(spans(content), ['26 14:00 – 26 15:00', '26 15:00 – 26 16:00']);
    const after = moved({ operation: 10, startsAt: at('2026-11-26 14:30') }, content, masters);
    assert.deepEqual(spans(after), ['26 14:30 – 27 08:30', '26 15:00 – 26 16:00']);
  });

  it('of one line leaves the others alone', () => {
    const toOrder = twoOperations({
      items: [
        anItem('A', { routing: 'A', bom: 'A', makeToOrder: true }),
        anItem('S', { routing: 'S', makeToOrder: true }),
      ],
      boms: [aBom('A', [aLine(10, 'S', '1')])],
      routings: [aRouting('A', [op10, op20]), aRouting('S', [anOperation(10, { run: lasting(1) })])],
    });
    const before = refreshed(anOrder(), toOrder);
    const after = moved({ orderLine: 20000, startsAt: at('2026-11-25 08:00') }, before, toOrder);
    const changed = changesOf(before, after).map(({ part, orderLine }) => `${part} ${orderLine}`);
    assert.deepEqual(changed, ['header null', 'line 20000', 'operation 20000']);
  });
});

describe('an operation changed by hand', () => {
  const edited = editOperation(present, { orderLine: 10000, operation: 10 }, { run: lasting(6) });

  it('is scheduled anew from its start, with those that follow', () => {
    const content = moved({}, edited);
    assert.deepEqual(spans(content), ['25 14:45 – 26 13:45', '26 13:45 – 27 09:00']);
    assert.deepEqual(
      content.operations.map(({ byHand }) => byHand),
      [true, false],
    );
  });

  it('is what it was after a refresh, which says so', () => {
    const before = moved({}, edited);
    const after = refreshed(anOrder({}, { present: before }), data);
    const lost = changesOf(before, after).filter(({ editLost }) => editLost);
    assert.deepEqual(
      lost.map(({ part, number }) => [part, number]),
      [['operation', 10]],
    );
    assert.deepEqual(
      lost[0]?.fields.find(({ field }) => field === 'runTime'),
      { field: 'runTime', before: '6', after: '5' },
    );
  });
});

describe('a material changed by hand', () => {
  const edit = (line: number, of: MaterialEdit) => {
    const content = editMaterial(plantOf(data, hours), present, line, of);
    const material = content.materials.find((each) => each.line === line);
    assert.ok(material);
    return material;
  };

  it('is needed as its quantity per and its scrap say', () => {
    const { quantity, byHand } = edit(10000, { quantityPer: amount(3), scrap: amount(5) });
    assert.deepEqual([quantityText(quantity), byHand], ['189', true]);
    assert.equal(quantityText(edit(10000, { fixed: true }).quantity), '2');
  });

  it('is needed in the quantity that is given, whatever the rest says', () => {
    assert.equal(quantityText(edit(10000, { quantity: amount(7), scrap: amount(5) }).quantity), '7');
    assert.equal(quantityText(edit(10000, { lot: 'L1' }).quantity), '120');
  });

  it('is needed at the operation it is given to, as many days before as is said', () => {
    const { operation, routingLink, usageAt } = edit(20000, { operation: 20 });
    assert.deepEqual([operation, routingLink, shown(usageAt)], [20, 'L20', '26 12:45']);
    const linked = edit(20000, { routingLink: 'L20' });
    assert.deepEqual([linked.operation, shown(linked.usageAt)], [20, '26 12:45']);
    const early = edit(20000, { operation: 20, leadTimeOffsetDays: 2 });
    assert.deepEqual([early.usageOn, early.usageAt], ['2026-11-24', null]);
  });

  it('leaves the others as they are', () => {
    const content = editMaterial(plantOf(data, hours), present, 10000, { scrap: amount(5) });
    assert.deepEqual(content.materials[1], present.materials[1]);
  });
});
