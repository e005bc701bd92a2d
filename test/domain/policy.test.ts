import assert from 'node:assert/strict';
import { instant } from '../../src/domain/calendar';
import { belowZero, policyPresets, refusalsOfPolicyChange } from '../../src/domain/policy';
import { refusal } from '../../src/domain/refusals';

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

describe('POL-01', () => {
  const at = instant(new Date('2026-11-20T09:00:00Z'));
  const current = { ...policyPresets.fluentis, version: 2, changedAt: at, changedBy: 'bruno' };

  it('lets policies be changed by who has read them as they are', () => {
    assert.deepEqual(refusalsOfPolicyChange(policyPresets.dynamics, 2, current), []);
  });

  it('names who has changed them since they were read, and when', () => {
    const refusals = refusalsOfPolicyChange(policyPresets.dynamics, 1, current);
    assert.deepEqual(refusals, [refusal('POL-01', { user: 'bruno', at })]);
  });

  it('says that they were read elsewhere where nobody has changed them', () => {
    const untouched = { ...current, version: 0, changedAt: null, changedBy: null };
    const refusals = refusalsOfPolicyChange(policyPresets.dynamics, 2, untouched);
    assert.deepEqual(refusals, [refusal('POL-01', { context: 'elsewhere' })]);
  });

  it('does not stand in the way of what is so already', () => {
    assert.deepEqual(refusalsOfPolicyChange(policyPresets.fluentis, 1, current), []);
  });
});
