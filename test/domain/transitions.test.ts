import assert from 'node:assert/strict';
import { orderStates, type OrderState } from '../../src/domain/order';
import { actionsFrom, transitions } from '../../src/domain/transitions';

describe('the roads between the states of an order', () => {
  const offered: Record<OrderState, readonly string[]> = {
    launched: ['release'],
    executive: ['restore'],
    fulfilled: [],
    historical: [],
  };
  for (const state of orderStates) {
    it(`from ${state}, a planner is offered ${offered[state].join(', ') || 'nothing'}`, () => {
      assert.deepEqual(actionsFrom(state), offered[state]);
    });
  }

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
