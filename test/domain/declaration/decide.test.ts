import assert from 'node:assert/strict';
import { decideDeclaration } from '../../../src/domain/declaration/decide';
import { orderStates } from '../../../src/domain/order';
import { codes, keyOf } from '../candidates';
import { codesOf, decide, declaration, open, operationsOf, register, remove, rollBack } from './declared';

describe('deciding a declaration step', () => {
  it('opens on an executive order, good pieces, scrap or both', () => {
    for (const step of [open('5'), open('0', { scrap: '5' }), open('5', { scrap: '1' })]) {
      assert.deepEqual(decide({}, step), { refusals: [], warnings: [], state: 'executive' });
    }
  });

  it('ORD-01 an order that does not exist', () => {
    for (const step of [open('5'), register(1)]) {
      const { refusals } = decideDeclaration(
        { marked: { key: keyOf(7) }, declared: null, effect: null },
        step,
      );
      assert.deepEqual(refusals, [{ code: 'ORD-01', params: { order: '2026/7/0' } }]);
    }
  });

  for (const state of orderStates.filter((each) => each !== 'executive')) {
    it(`DEC-01 opening and registering on an order that is ${state}`, () => {
      const expected = {
        refusals: [{ code: 'DEC-01', params: { order: '2026/1/0', state } }],
        warnings: [],
        state,
      };
      assert.deepEqual(decide({ state }, open('5')), expected);
      assert.deepEqual(decide({ state, declarations: [declaration(1)] }, register(1)), expected);
    });
  }

  it('DEC-01 nothing is rolled back or deleted on a historical order', () => {
    const closed = {
      state: 'historical',
      declarations: [declaration(1, { closing: true, registered: true })],
    } as const;
    assert.deepEqual(decide(closed, rollBack(1)).state, 'historical');
    assert.deepEqual(codesOf(closed, rollBack(1)), ['DEC-01']);
    assert.deepEqual(codesOf({ state: 'historical', declarations: [declaration(1)] }, remove(1)), ['DEC-01']);
  });

  it('DEC-02 nothing to report, unless it only closes', () => {
    assert.deepEqual(codesOf({}, open('0')), ['DEC-02']);
    assert.deepEqual(codesOf({}, open('0', { closing: true })), []);
  });

  it('DEC-02 a negative quantity or scrap', () => {
    assert.deepEqual(codesOf({}, open('-1')), ['DEC-02']);
    assert.deepEqual(codesOf({}, open('5', { scrap: '-1' })), ['DEC-02']);
    assert.deepEqual(codesOf({}, open('-1', { scrap: '5', closing: true })), ['DEC-02']);
  });

  it('DEC-04 no more declarations after a closing one, registered or only opened', () => {
    for (const registered of [false, true]) {
      const { refusals } = decide(
        { declarations: [declaration(3, { closing: true, registered })] },
        open('5'),
      );
      assert.deepEqual(refusals, [{ code: 'DEC-04', params: { order: '2026/1/0', declaration: '3' } }]);
    }
  });

  it('DEC-04 a closed operation takes no more; the others go on', () => {
    const operations = operationsOf([10, 20]);
    const declarations = [declaration(1, { operation: 10, closing: true, registered: true })];
    assert.deepEqual(codesOf({ operations, declarations }, open('1', { operation: 10 })), ['DEC-04']);
    assert.deepEqual(codesOf({ operations, declarations }, open('10', { operation: 20 })), []);
  });

  it('DEC-04 what was opened before an operation was closed is not registered after it', () => {
    const operations = operationsOf([10, 20]);
    const declarations = [
      declaration(1, { operation: 10 }),
      declaration(2, { operation: 10, closing: true, registered: true }),
    ];
    assert.deepEqual(codesOf({ operations, declarations }, register(1)), ['DEC-04']);
  });

  it('DEC-04 an earlier one is not rolled back while the closing one is registered', () => {
    const before = declaration(1, { registered: true });
    const closing = declaration(2, { closing: true, registered: true });
    assert.deepEqual(codesOf({ state: 'fulfilled', declarations: [before, closing] }, rollBack(1)), [
      'DEC-04',
    ]);
    const rolledBack = { ...closing, registered: false };
    assert.deepEqual(codesOf({ declarations: [before, rolledBack] }, rollBack(1)), []);
  });

  it('DEC-04 of a fulfilled order only what fulfilled it is rolled back, on whatever operation the others stand', () => {
    const operations = operationsOf([10, 20]);
    const declarations = [
      declaration(1, { operation: 10, closing: true, registered: true }),
      declaration(2, { operation: 20, closing: true, registered: true }),
    ];
    const { refusals } = decide({ state: 'fulfilled', operations, declarations }, rollBack(1));
    assert.deepEqual(refusals.find(({ code }) => code === 'DEC-04')?.params, {
      order: '2026/1/0',
      declaration: '2',
    });
    assert.deepEqual(codesOf({ state: 'fulfilled', operations, declarations }, rollBack(2)), []);
  });

  it('DEC-05 registering a second time', () => {
    const { refusals } = decide({ declarations: [declaration(1, { registered: true })] }, register(1));
    assert.deepEqual(refusals, [{ code: 'DEC-05', params: { order: '2026/1/0', declaration: '1' } }]);
  });

  it('DEC-06 rolling back what is not registered', () => {
    const { refusals } = decide({ declarations: [declaration(1)] }, rollBack(1));
    assert.deepEqual(refusals, [{ code: 'DEC-06', params: { order: '2026/1/0', declaration: '1' } }]);
  });

  it('DEC-07 deleting what is registered', () => {
    const { refusals } = decide({ declarations: [declaration(1, { registered: true })] }, remove(1));
    assert.deepEqual(refusals, [{ code: 'DEC-07', params: { order: '2026/1/0', declaration: '1' } }]);
  });

  for (const step of [register(9), rollBack(9), remove(9)]) {
    it(`DEC-08 ${step.step} of a declaration that does not exist`, () => {
      const { refusals, state } = decide({ declarations: [declaration(1)] }, step);
      assert.deepEqual(refusals, [{ code: 'DEC-08', params: { order: '2026/1/0', declaration: '9' } }]);
      assert.equal(state, 'executive');
    });
  }

  it('DEC-15 warns that what was registered elsewhere has no movements to take back', () => {
    const declarations = [declaration(1, { closing: true, registered: true })];
    const { refusals, warnings, state } = decide({ state: 'fulfilled', declarations }, rollBack(1));
    assert.deepEqual([codes(refusals), codes(warnings), state], [[], ['DEC-15'], 'executive']);
    const posted = [declaration(1, { closing: true, registered: true, cause: 2 })];
    assert.deepEqual(decide({ state: 'fulfilled', declarations: posted }, rollBack(1)).warnings, []);
  });

  it('says everything that keeps a declaration from being opened at once', () => {
    const declarations = [declaration(1, { closing: true, registered: true })];
    assert.deepEqual(codesOf({ state: 'fulfilled', declarations }, open('0')), [
      'DEC-01',
      'DEC-02',
      'DEC-04',
    ]);
  });

  it('fulfils the order when a closing one is registered, and reopens it when that is rolled back', () => {
    const closing = declaration(1, { closing: true });
    assert.equal(decide({ declarations: [closing] }, register(1)).state, 'fulfilled');
    const registered = { ...closing, registered: true };
    assert.equal(decide({ state: 'fulfilled', declarations: [registered] }, rollBack(1)).state, 'executive');
  });

  it('closes only an earlier operation, and fulfils with the last productive and movable one', () => {
    const operations = operationsOf([10, 20, 30], [10, 20]);
    const first = [declaration(1, { operation: 10, closing: true })];
    assert.equal(decide({ operations, declarations: first }, register(1)).state, 'executive');
    const last = [declaration(1, { operation: 20, closing: true })];
    assert.equal(decide({ operations, declarations: last }, register(1)).state, 'fulfilled');
  });

  it('leaves the state alone with any other declaration', () => {
    const registered = declaration(1, { registered: true });
    assert.equal(decide({ declarations: [declaration(1)] }, register(1)).state, 'executive');
    assert.equal(decide({ declarations: [registered] }, rollBack(1)).state, 'executive');
    assert.equal(decide({ declarations: [declaration(1, { closing: true })] }, remove(1)).state, 'executive');
  });
});
