import assert from 'node:assert/strict';
import { requestOf, requestRules } from '../../src/domain/warehouse-request';

describe('what a material of an executive order asks of its warehouse', () => {
  it('is a pick where the item goes by list and the warehouse handles consumption', () => {
    for (const handling of ['pick_optional', 'pick_mandatory', 'inventory_pick'] as const)
      assert.equal(requestOf({ pickup: 'with_list', handling, sign: 'needed' }), 'pick', handling);
  });

  it('is nothing where the warehouse does not handle consumption', () => {
    assert.equal(requestOf({ pickup: 'with_list', handling: 'none', sign: 'needed' }), null);
    assert.equal(requestOf({ pickup: 'with_list', handling: 'none', sign: 'yielded' }), null);
  });

  it('is nothing where the release or a declaration withdraws it', () => {
    assert.equal(requestOf({ pickup: 'automatic', handling: 'pick_mandatory', sign: 'needed' }), null);
    assert.equal(requestOf({ pickup: 'manual', handling: 'inventory_pick', sign: 'needed' }), null);
  });

  it('is a put-away of what the order yields, with inventory picks only', () => {
    assert.equal(requestOf({ pickup: 'with_list', handling: 'inventory_pick', sign: 'yielded' }), 'putAway');
    assert.equal(requestOf({ pickup: 'with_list', handling: 'pick_mandatory', sign: 'yielded' }), null);
    assert.equal(requestOf({ pickup: 'with_list', handling: 'pick_optional', sign: 'yielded' }), null);
  });

  it('is the same as a list', () => {
    assert.deepEqual(
      requestRules.map(({ kind, ...material }) => [kind, requestOf(material)]),
      requestRules.map(({ kind }) => [kind, kind]),
    );
    assert.equal(requestRules.length, 4);
  });
});
