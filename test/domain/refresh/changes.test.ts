import assert from 'node:assert/strict';
import { changesOf } from '../../../src/domain/refresh/changes';
import { emptyContent, type OrderContent } from '../../../src/domain/refresh/order-content';
import { aBom, aLine, amount, lasting, on } from './masters';
import { anOrder, refreshed, sinceThen, twoOperations, whenItWasMade } from './orders';

describe('what a refresh changes', () => {
  const present = refreshed(anOrder(), sinceThen);
  const changes = (before: OrderContent, after: OrderContent) =>
    changesOf(before, after).map(({ part, kind, name, editLost, fields }) =>
      [part, kind, name, ...(editLost ? ['lost'] : []), ...fields.map(({ field }) => field)].join(' '),
    );

  it('is nothing when nothing has changed', () => {
    assert.deepEqual(changesOf(present, refreshed(anOrder({}, { present }), sinceThen)), []);
  });

  it('is everything of a new order', () => {
    const found = changesOf(emptyContent, present);
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
    const found = changesOf(refreshed(anOrder(), whenItWasMade), present);
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
    const twice = refreshed(anOrder({ quantity: amount(120) }, { present }), sinceThen);
    const [header, , material] = changesOf(present, twice);
    const quantity = (change: typeof header) => change?.fields.find(({ field }) => field === 'quantity');
    assert.deepEqual(quantity(header), { field: 'quantity', before: '60', after: '120' });
    assert.deepEqual(quantity(material), { field: 'quantity', before: '120', after: '240' });
  });

  it('finds a material again although its number is another one', () => {
    const boms = [
      aBom('A', [aLine(5, 'W', '1'), aLine(10, 'X', '2', { routingLink: 'L20' }), aLine(20, 'Y', '0.1')]),
    ];
    const more = twoOperations({ items: [...sinceThen.items.values()], boms });
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
    const after = refreshed(anOrder({}, { present: edited }), sinceThen);
    const found = changes(edited, after);
    assert.deepEqual(
      found.filter((each) => !each.startsWith('material removed')),
      ['material changed X lost quantity', 'operation changed Operation 10 lost setupTime'],
    );
    assert.ok(found.some((each) => each.startsWith('material removed W lost')));
  });

  it('tells a repeated item’s needs apart', () => {
    const boms = [aBom('A', [aLine(10, 'X', '1', { routingLink: 'L20' }), aLine(20, 'X', '2')])];
    const twice = twoOperations({ items: [...sinceThen.items.values()], boms });
    const before = refreshed(anOrder(), twice);
    const without = twoOperations({
      items: [...sinceThen.items.values()],
      boms: [aBom('A', [aLine(20, 'X', '2')])],
    });
    const found = changesOf(before, refreshed(anOrder({}, { present: before }), without));
    assert.deepEqual(
      found.map(({ kind, name, number }) => [kind, name, number]),
      [['removed', 'X', 10000]],
    );
  });

  it('is only the dates when the due date is later', () => {
    const later = refreshed(anOrder({ dueOn: on('2026-12-04') }, { present }), sinceThen);
    assert.deepEqual(
      new Set(changesOf(present, later).flatMap(({ fields }) => fields.map(({ field }) => field))),
      new Set(['startsAt', 'endsAt', 'dueOn', 'usageOn', 'usageAt']),
    );
  });
});
