import assert from 'node:assert/strict';
import type { OrderState } from '../../src/domain/order';
import { transitions } from '../../src/domain/transitions';

describe('the roads between the states of an order', () => {
  it('lead back the way they came', () => {
    const back = (road: { from: OrderState; to: OrderState }) => ({ from: road.to, to: road.from });
    assert.deepEqual(transitions.restore, back(transitions.release));
    assert.deepEqual(transitions.reopen, back(transitions.fulfil));
  });

  it('pass every state between launched and fulfilled, one at a time', () => {
    assert.equal(transitions.release.to, transitions.fulfil.from);
  });

  it('never touch a historical order', () => {
    const touched = Object.values(transitions).flatMap(({ from, to }): OrderState[] => [from, to]);
    assert.ok(!touched.includes('historical'));
  });
});
