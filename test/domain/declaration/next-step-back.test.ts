import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Declaration } from '../../../src/domain/declaration/declaration';
import { nextStepBack } from '../../../src/domain/declaration/next-step-back';
import { quantity } from '../../../src/domain/quantity';
import { codesOf, declaration, declaredIn, operationsOf, type Situation } from './declared';

const next = (situation: Situation) => {
  const step = nextStepBack(declaredIn(situation));
  return step && `${step.step} ${step.number}`;
};

describe('the next step on the way to a restore', () => {
  it('is none where nothing is declared', () => {
    assert.equal(next({}), null);
  });

  it('rolls the newest declaration back, then deletes it', () => {
    const older = declaration(1, { registered: true });
    assert.equal(next({ declarations: [older, declaration(2, { registered: true })] }), 'rollBack 2');
    assert.equal(next({ declarations: [older, declaration(2)] }), 'delete 2');
    assert.equal(next({ declarations: [older] }), 'rollBack 1');
  });

  it('begins with what fulfilled the order, whatever was opened since', () => {
    const closing = declaration(2, { registered: true, closing: true });
    const declarations = [declaration(1, { registered: true }), closing, declaration(3)];
    assert.equal(next({ state: 'fulfilled', declarations }), 'rollBack 2');
  });

  it('goes back operation by operation', () => {
    const on = (operation: number) => ({ operation, quantity: quantity('5'), registered: true });
    const declarations = [declaration(1, on(20)), declaration(2, on(10))];
    assert.equal(next({ operations: operationsOf([10, 20]), declarations }), 'rollBack 1');
  });

  it('is none for a historical order: no road leads back', () => {
    assert.equal(next({ state: 'historical', declarations: [declaration(1)] }), null);
  });

  it('leads every executive order to having no declarations left, by steps the rules let pass', () => {
    const operations = operationsOf([10, 20, 30]);
    const some = fc.record({
      operation: fc.constantFrom(10, 20, 30),
      amount: fc.integer({ min: 1, max: 9 }),
      registered: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (made) => {
        let declarations: Declaration[] = made.map(({ operation, amount, registered }, at) =>
          declaration(at + 1, { operation, quantity: quantity(String(amount)), registered }),
        );
        for (let turns = 2 * made.length; turns > 0 && declarations.length > 0; turns--) {
          const situation: Situation = { operations, declarations };
          const step = nextStepBack(declaredIn(situation));
          assert.ok(step, 'there is a way on');
          assert.deepEqual(codesOf(situation, step), []);
          declarations =
            step.step === 'delete'
              ? declarations.filter(({ number }) => number !== step.number)
              : declarations.map((one) => (one.number === step.number ? { ...one, registered: false } : one));
        }
        assert.deepEqual(declarations, []);
      }),
    );
  });
});
