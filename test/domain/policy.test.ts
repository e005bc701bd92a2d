import assert from 'node:assert/strict';
import { belowZero } from '../../src/domain/policy';

describe('whether a stock may go below zero', () => {
  it('when policy and warehouse both allow it', () => {
    assert.equal(belowZero('negative', true, false), 'allowed');
  });

  for (const policy of ['refuse', 'split'] as const) {
    it(`only by force where the warehouse allows it but the policy is to ${policy}`, () => {
      assert.equal(belowZero(policy, true, false), 'whenForced');
    });
  }

  it('never where the warehouse forbids it, whatever the policy', () => {
    assert.equal(belowZero('negative', false, false), 'never');
    assert.equal(belowZero('refuse', false, false), 'never');
  });

  it('never for lot-managed items, whatever is allowed', () => {
    assert.equal(belowZero('negative', true, true), 'never');
  });
});
