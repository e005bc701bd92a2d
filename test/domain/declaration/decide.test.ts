import assert from 'node:assert/strict';
import {
  decideDeclaration,
  type Declaration,
  type DeclarationStep,
} from '../../../src/domain/declaration/decide';
import { orderStates, type OrderState } from '../../../src/domain/order';
import { quantity, zero } from '../../../src/domain/quantity';
import { codes, header, keyOf } from '../candidates';

const declaration = (number: number, changes: Partial<Declaration> = {}): Declaration => ({
  ...{ number, quantity: quantity('10'), scrap: zero, closing: false, registered: false },
  ...changes,
});
const open = (amount: string, scrap = '0', closing = false): DeclarationStep => ({
  ...{ step: 'open', quantity: quantity(amount), scrap: quantity(scrap), closing },
});

function decide(state: OrderState, step: DeclarationStep, ...declarations: Declaration[]) {
  return decideDeclaration({ marked: { key: keyOf(1) }, order: header(1, { state }), declarations }, step);
}
const codesOf = (...given: Parameters<typeof decide>) => codes(decide(...given).refusals);

describe('deciding a declaration step', () => {
  it('opens on an executive order, good pieces, scrap or both', () => {
    for (const step of [open('5'), open('0', '5'), open('5', '1')]) {
      assert.deepEqual(decide('executive', step), { refusals: [], state: 'executive' });
    }
  });

  it('ORD-01 an order that does not exist', () => {
    const unknown = { marked: { key: keyOf(7) }, order: null, declarations: [] };
    for (const step of [open('5'), { step: 'register', number: 1 } as const]) {
      const { refusals } = decideDeclaration(unknown, step);
      assert.deepEqual(refusals, [{ code: 'ORD-01', params: { order: '2026/7/0' } }]);
    }
  });

  for (const state of orderStates.filter((each) => each !== 'executive')) {
    it(`DEC-01 opening and registering on an order that is ${state}`, () => {
      const expected = [{ code: 'DEC-01', params: { order: '2026/1/0', state } }];
      assert.deepEqual(decide(state, open('5')), { refusals: expected, state });
      assert.deepEqual(decide(state, { step: 'register', number: 1 }, declaration(1)), {
        refusals: expected,
        state,
      });
    });
  }

  it('DEC-01 nothing is rolled back or deleted on a historical order', () => {
    const closed = declaration(1, { closing: true, registered: true });
    assert.deepEqual(decide('historical', { step: 'rollBack', number: 1 }, closed).state, 'historical');
    assert.deepEqual(codesOf('historical', { step: 'rollBack', number: 1 }, closed), ['DEC-01']);
    assert.deepEqual(codesOf('historical', { step: 'delete', number: 1 }, declaration(1)), ['DEC-01']);
  });

  it('DEC-02 nothing to report, unless it only closes', () => {
    assert.deepEqual(codesOf('executive', open('0')), ['DEC-02']);
    assert.deepEqual(codesOf('executive', open('0', '0', true)), []);
  });

  it('DEC-02 a negative quantity or scrap', () => {
    assert.deepEqual(codesOf('executive', open('-1')), ['DEC-02']);
    assert.deepEqual(codesOf('executive', open('5', '-1')), ['DEC-02']);
    assert.deepEqual(codesOf('executive', open('-1', '5', true)), ['DEC-02']);
  });

  it('DEC-04 no more declarations after a closing one, registered or only opened', () => {
    for (const registered of [false, true]) {
      const { refusals } = decide('executive', open('5'), declaration(3, { closing: true, registered }));
      assert.deepEqual(refusals, [{ code: 'DEC-04', params: { order: '2026/1/0', declaration: '3' } }]);
    }
  });

  it('DEC-04 an earlier one is not rolled back while the closing one is registered', () => {
    const before = declaration(1, { registered: true });
    const closing = declaration(2, { closing: true, registered: true });
    assert.deepEqual(codesOf('fulfilled', { step: 'rollBack', number: 1 }, before, closing), ['DEC-04']);
    const rolledBack = { ...closing, registered: false };
    assert.deepEqual(codesOf('executive', { step: 'rollBack', number: 1 }, before, rolledBack), []);
  });

  it('DEC-05 registering a second time', () => {
    const { refusals } = decide(
      'executive',
      { step: 'register', number: 1 },
      declaration(1, { registered: true }),
    );
    assert.deepEqual(refusals, [{ code: 'DEC-05', params: { order: '2026/1/0', declaration: '1' } }]);
  });

  it('DEC-06 rolling back what is not registered', () => {
    const { refusals } = decide('executive', { step: 'rollBack', number: 1 }, declaration(1));
    assert.deepEqual(refusals, [{ code: 'DEC-06', params: { order: '2026/1/0', declaration: '1' } }]);
  });

  it('DEC-07 deleting what is registered', () => {
    const { refusals } = decide(
      'executive',
      { step: 'delete', number: 1 },
      declaration(1, { registered: true }),
    );
    assert.deepEqual(refusals, [{ code: 'DEC-07', params: { order: '2026/1/0', declaration: '1' } }]);
  });

  for (const step of ['register', 'rollBack', 'delete'] as const) {
    it(`DEC-08 ${step} of a declaration that does not exist`, () => {
      const { refusals, state } = decide('executive', { step, number: 9 }, declaration(1));
      assert.deepEqual(refusals, [{ code: 'DEC-08', params: { order: '2026/1/0', declaration: '9' } }]);
      assert.equal(state, 'executive');
    });
  }

  it('says everything that keeps a declaration from being opened at once', () => {
    const closing = declaration(1, { closing: true, registered: true });
    assert.deepEqual(codesOf('fulfilled', open('0'), closing), ['DEC-01', 'DEC-02', 'DEC-04']);
  });

  it('fulfils the order when a closing one is registered, and reopens it when that is rolled back', () => {
    const closing = declaration(1, { closing: true });
    assert.equal(decide('executive', { step: 'register', number: 1 }, closing).state, 'fulfilled');
    const registered = { ...closing, registered: true };
    assert.equal(decide('fulfilled', { step: 'rollBack', number: 1 }, registered).state, 'executive');
  });

  it('leaves the state alone with any other declaration', () => {
    const plain = declaration(1);
    assert.equal(decide('executive', { step: 'register', number: 1 }, plain).state, 'executive');
    const registered = { ...plain, registered: true };
    assert.equal(decide('executive', { step: 'rollBack', number: 1 }, registered).state, 'executive');
    assert.equal(
      decide('executive', { step: 'delete', number: 1 }, { ...plain, closing: true }).state,
      'executive',
    );
  });
});
