import assert from 'node:assert/strict';
import type { Candidate } from '../../../src/domain/header-rules';
import { decideHold } from '../../../src/domain/hold/decide';
import type { Hold } from '../../../src/domain/order';
import { instant } from '../../../src/domain/calendar';
import { candidate, codes, keyOf, staleCandidate, unknownCandidate } from '../candidates';

const onHold: Hold = { reason: 'Drawing changes', by: 'anna', at: instant(new Date('2026-11-20T09:30:00Z')) };
const free = (order: Candidate) => ({ ...order, hold: null });
const held = (order: Candidate) => ({ ...order, hold: onHold });

describe('deciding a hold', () => {
  it('holds a launched order and lifts the hold of a held one', () => {
    const gone = [{ key: keyOf(1), refusals: [] }];
    assert.deepEqual(decideHold('hold', [free(candidate(1))]), gone);
    assert.deepEqual(decideHold('lift', [held(candidate(1))]), gone);
  });

  for (const command of ['hold', 'lift'] as const) {
    it(`ORD-01 to ${command} an order that does not exist`, () => {
      const [decision] = decideHold(command, [free(unknownCandidate(7))]);
      assert.deepEqual(decision?.refusals, [{ code: 'ORD-01', params: { order: '2026/7/0' } }]);
    });

    it(`HLD-04 to ${command} an order that was changed since it was marked names who and when`, () => {
      const order = command === 'hold' ? free(staleCandidate(1)) : held(staleCandidate(1));
      const params = { order: '2026/1/0', user: 'anna', at: '2026-11-20T09:30:00.000Z' };
      assert.deepEqual(decideHold(command, [order])[0]?.refusals, [{ code: 'HLD-04', params }]);
    });
  }

  it('HLD-01 an order on hold already names who, when and why', () => {
    const params = { order: '2026/1/0', reason: 'Drawing changes', user: 'anna', at: onHold.at };
    assert.deepEqual(decideHold('hold', [held(candidate(1))])[0]?.refusals, [{ code: 'HLD-01', params }]);
  });

  it('HLD-02 there is no hold to lift', () => {
    const [decision] = decideHold('lift', [free(candidate(1))]);
    assert.deepEqual(decision?.refusals, [{ code: 'HLD-02', params: { order: '2026/1/0' } }]);
  });

  for (const state of ['executive', 'fulfilled', 'historical'] as const) {
    it(`HLD-03 an order that is ${state} is not put on hold`, () => {
      const [decision] = decideHold('hold', [free(candidate(1, { state }))]);
      assert.deepEqual(decision?.refusals, [{ code: 'HLD-03', params: { order: '2026/1/0', state } }]);
    });

    it(`lifts the hold of an order that is ${state}`, () => {
      assert.deepEqual(decideHold('lift', [held(candidate(1, { state }))])[0]?.refusals, []);
    });
  }

  it('says everything that keeps an order at once, and judges each by itself', () => {
    const decisions = decideHold('hold', [held(staleCandidate(1)), free(candidate(2))]);
    assert.deepEqual(
      decisions.map(({ refusals }) => codes(refusals)),
      [['HLD-01', 'HLD-04'], []],
    );
  });
});
