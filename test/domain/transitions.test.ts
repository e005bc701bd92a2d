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

  it('never lead back from a historical order, and to it only when it is merged into another', () => {
    const roads: readonly { from: OrderState; to: OrderState }[] = Object.values(transitions);
    assert.ok(!roads.some(({ from }) => from === 'historical'));
    assert.deepEqual(
      roads.filter(({ to }) => to === 'historical'),
      [transitions.merge],
    );
  });
});
