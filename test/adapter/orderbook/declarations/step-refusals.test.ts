import assert from 'node:assert/strict';
import type { DeclarationStep } from '../../../../src/domain/declaration/declaration';
import { quantity, zero } from '../../../../src/domain/quantity';
import type { RefusalCode } from '../../../../src/domain/refusals';
import { codesOf, key } from '../planner';
import { order, useRefusingPlant } from '../refusing-plant';
import { company, setStock } from '../small-plant';

const open = (amount: string, closing = false): DeclarationStep => ({
  ...{ step: 'open', quantity: quantity(amount), scrap: zero, closing },
});

describe('what a declaration refuses', () => {
  const the = useRefusingPlant();
  const declared = (step: DeclarationStep) =>
    the.refused(async () => [await the.planner.declare(order, step)]);
  const declaredCodes = async (step: DeclarationStep) => (await declared(step)).map(({ code }) => code);

  const register = { step: 'register', number: 1 } as const;
  const rollBack = { step: 'rollBack', number: 1 } as const;
  const remove = { step: 'delete', number: 1 } as const;
  beforeEach('the manual material is there', () => setStock(the.pool, { C: '1000' }));

  it('ORD-01 of an order that does not exist', async () => {
    const outcome = await the.planner.declare('2026/999/0', open('5'));
    assert.deepEqual(codesOf(outcome), ['ORD-01']);
  });

  it('DEC-01 on a launched order', async () => {
    const refusals = await declared(open('5'));
    assert.deepEqual(refusals, [{ code: 'DEC-01', params: { order, state: 'launched' } }]);
  });

  const afterRelease: readonly [
    code: RefusalCode,
    what: string,
    taken: DeclarationStep[],
    step: DeclarationStep,
  ][] = [
    ['DEC-02', 'of nothing', [], open('0')],
    ['DEC-02', 'of a negative quantity', [], open('-1')],
    ['DEC-04', 'after a closing one', [open('5', true)], open('5')],
    ['DEC-05', 'registered twice', [open('5'), register], register],
    ['DEC-06', 'rolled back before it was registered', [open('5')], rollBack],
    ['DEC-06', 'rolled back twice', [open('5'), register, rollBack], rollBack],
    ['DEC-07', 'deleted while it is registered', [open('5'), register], remove],
    ['DEC-08', 'that was never opened', [], register],
    ['DEC-08', 'deleted twice', [open('5'), remove], remove],
  ];
  for (const [code, what, taken, step] of afterRelease) {
    it(`${code} ${what}`, async () => {
      await the.planner.release(order);
      for (const earlier of taken) assert.deepEqual(codesOf(await the.planner.declare(order, earlier)), []);
      assert.deepEqual(await declaredCodes(step), [code]);
    });
  }

  it('DEC-01 and DEC-04 on an order a closing one has fulfilled', async () => {
    await the.planner.release(order);
    await the.planner.declare(order, open('5'));
    await the.planner.declare(order, open('5', true));
    await the.planner.declare(order, { step: 'register', number: 2 });
    assert.equal(await the.planner.stateOf(order), 'fulfilled');
    assert.deepEqual(await declaredCodes(open('5')), ['DEC-01', 'DEC-04']);
    assert.deepEqual(await declaredCodes(register), ['DEC-01', 'DEC-04']);
  });

  it('DEC-01 rolled back on a historical order: it stays historical', async () => {
    await the.planner.release(order);
    await the.planner.declare(order, open('5', true));
    await the.planner.declare(order, register);
    // Filing away is done elsewhere; the trail of this book does not know of it.
    await the.pool.query(`update production_order set state = 'historical'`);
    assert.deepEqual(await declaredCodes(rollBack), ['DEC-01']);
    await the.pool.query(`update production_order set state = 'fulfilled'`);
  });

  it('adds what it reports to the order when registered, and takes it off when rolled back', async () => {
    await the.planner.release(order);
    await the.planner.declare(order, open('12.5'));
    const produced = async () => (await the.planner.book.rows(company, [key(order)]))[0]?.quantityProduced;
    assert.equal(await produced(), '0');
    await the.planner.declare(order, register);
    assert.equal(await produced(), '12.5');
    await the.planner.declare(order, rollBack);
    assert.equal(await produced(), '0');
  });
});
