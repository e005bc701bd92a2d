import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findColumns } from '../../src/addin/sync/find-columns';

const known = {
  order: { id: 1, header: 'Order' },
  item: { id: 2, header: 'Item' },
  quantity: { id: 3, header: 'Qty' },
};
const others = [{ id: 4, header: 'Note' }];
const columns = (...named: [number, string][]) => named.map(([id, name]) => ({ id, name }));
const found = (...named: [number, string][]) =>
  Object.fromEntries(findColumns(known, others, columns(...named)).entries());

describe('our columns in a table', () => {
  it('are found by their ids, whatever they are called and wherever they stand', () => {
    assert.deepEqual(found([3, 'Pieces'], [9, 'Note'], [1, 'Job'], [2, 'Item']), {
      quantity: 0,
      order: 2,
      item: 3,
    });
  });

  it('are found by their headers where Excel gave them other ids', () => {
    assert.deepEqual(found([7, 'Item'], [8, 'Qty'], [9, 'Order']), { order: 2, item: 0, quantity: 1 });
    assert.deepEqual(found([1, 'Order'], [3, 'Qty'], [9, 'Item']), { order: 0, quantity: 1, item: 2 });
  });

  it('are where their headers are when cells were moved by hand among them', () => {
    assert.deepEqual(found([1, 'Item'], [2, 'Qty'], [3, 'Order']), { order: 2, item: 0, quantity: 1 });
  });

  it('are where their headers are when cells were moved by hand across a column of the planner', () => {
    assert.deepEqual(found([1, 'Order'], [2, 'Note'], [3, 'Qty'], [4, 'Item']), {
      order: 0,
      item: 3,
      quantity: 2,
    });
  });

  it('keep their ids when one got the former name of another', () => {
    assert.deepEqual(found([1, 'Item'], [2, 'Part'], [3, 'Qty']), { order: 0, item: 1, quantity: 2 });
    assert.deepEqual(found([1, 'Order'], [2, 'Part'], [3, 'Qty'], [9, 'Item']), {
      order: 0,
      item: 1,
      quantity: 2,
    });
  });

  it('are missing when they are gone, even where another one of ours has their name', () => {
    assert.deepEqual(found([1, 'Order'], [2, 'Qty']), { order: 0, item: 1 });
  });

  it('keep their ids when a column of the planner got the former name of one', () => {
    assert.deepEqual(found([1, 'Order'], [2, 'Part'], [3, 'Qty'], [4, 'Item']), {
      order: 0,
      item: 1,
      quantity: 2,
    });
  });

  it('are never two in one place, and every id that is there is used', () => {
    const names = fc.constantFrom('Order', 'Item', 'Qty', 'Note', 'Part');
    const table = fc
      .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 6 })), fc.uniqueArray(names))
      .map(([ids, headers]) =>
        ids.flatMap((id, at) => headers.slice(at, at + 1).map((name) => ({ id, name }))),
      );
    fc.assert(
      fc.property(table, (named) => {
        const places = findColumns(known, others, named);
        assert.equal(new Set(places.values()).size, places.size);
        for (const [field, { id }] of Object.entries(known))
          if (named.some((column) => column.id === id)) assert.ok(places.has(field), field);
      }),
    );
  });
});
