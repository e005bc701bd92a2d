import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Declaration } from '../../../src/domain/declaration/declaration';
import { finalOperation, outputWith } from '../../../src/domain/declaration/operations';
import { quantity, quantityText } from '../../../src/domain/quantity';
import { codesOf, decide, declaration, declaredIn, open, operationsOf, register, rollBack } from './declared';

const on = (operation: number, amount: string, changes: Partial<Declaration> = {}) => ({
  ...{ operation, quantity: quantity(amount), registered: true },
  ...changes,
});

describe('the operations of a declared order', () => {
  it('the last productive and movable one fulfils, whatever comes after it and however they are listed', () => {
    assert.equal(finalOperation(operationsOf([30, 10, 20], [10, 20])), 20);
    const packing = { operation: 40, productive: false, movable: true };
    assert.equal(finalOperation([...operationsOf([10, 20]), packing]), 20);
  });

  it('where no productive one moves stock, the last productive one fulfils', () => {
    assert.equal(finalOperation(operationsOf([10, 20], [])), 20);
  });

  it('an order without productive operations is declared as a whole', () => {
    assert.equal(finalOperation([]), null);
    assert.equal(finalOperation([{ operation: 10, productive: false, movable: true }]), null);
  });

  it('the output is what is registered on the final operation, with the declaration that closes it', () => {
    const closing = declaration(4, { ...on(20, '7'), closing: true, registered: false });
    const declared = declaredIn({
      operations: operationsOf([10, 20]),
      declarations: [
        declaration(1, on(10, '50')),
        declaration(2, on(20, '30', { scrap: quantity('1') })),
        declaration(3, on(20, '9', { registered: false })),
        closing,
      ],
    });
    const [, , , last] = declared.declarations;
    assert.ok(last);
    assert.equal(quantityText(outputWith(declared, last)), '37');
  });
});

describe('DEC-03 the sequence of operations', () => {
  const operations = operationsOf([10, 20, 30]);
  const refusalOf = (declarations: readonly Declaration[], step: Parameters<typeof decide>[1]) =>
    decide({ operations, declarations }, step).refusals;

  it('no more pieces, good and scrap, than good ones came from the operation before', () => {
    const declarations = [declaration(1, on(10, '25'))];
    assert.deepEqual(refusalOf(declarations, open('25', { operation: 20 })), []);
    assert.deepEqual(refusalOf(declarations, open('20', { scrap: '6', operation: 20 })), [
      {
        code: 'DEC-03',
        params: { order: '2026/1/0', operation: '20', need: '26', before: '10', available: '25', unit: 'PC' },
      },
    ]);
  });

  it('opened ones count while opening, only registered ones while registering', () => {
    const declarations = [
      declaration(1, on(10, '25', { registered: false })),
      declaration(2, on(20, '25', { registered: false })),
    ];
    assert.deepEqual(refusalOf(declarations.slice(0, 1), open('25', { operation: 20 })), []);
    assert.equal(refusalOf(declarations, register(2))[0]?.params['available'], '0');
    assert.deepEqual(refusalOf([declaration(1, on(10, '25')), ...declarations.slice(1)], register(2)), []);
  });

  it('operations nobody reports on are passed over, an opening without pieces with them', () => {
    assert.deepEqual(refusalOf([], open('50', { operation: 30 })), []);
    const begun = declaration(1, on(10, '0', { registered: false }));
    assert.deepEqual(refusalOf([begun], open('50', { operation: 30 })), []);
    const before = declaration(1, on(10, '40'));
    assert.equal(refusalOf([before], open('50', { operation: 30 }))[0]?.params['before'], '10');
  });

  it('nothing follows an operation that was closed with nothing', () => {
    const closed = declaration(1, on(10, '0', { closing: true }));
    assert.equal(refusalOf([closed], open('1', { operation: 20 }))[0]?.code, 'DEC-03');
    assert.deepEqual(refusalOf([closed], open('0', { operation: 20, closing: true })), []);
  });

  it('pieces that the next operation has registered are not rolled back under it', () => {
    const declarations = [
      declaration(1, on(10, '20')),
      declaration(2, on(10, '5')),
      declaration(3, on(20, '22')),
    ];
    assert.deepEqual(refusalOf(declarations, rollBack(1)), [
      {
        code: 'DEC-03',
        params: { order: '2026/1/0', operation: '20', need: '22', before: '10', available: '5', unit: 'PC' },
      },
    ]);
    const surplus = [declaration(1, on(10, '22')), ...declarations.slice(1)];
    assert.deepEqual(refusalOf(surplus, rollBack(2)), []);
    assert.deepEqual(refusalOf(declarations, rollBack(3)), []);
    assert.deepEqual(refusalOf(declarations.slice(0, 2), rollBack(1)), []);
  });

  it('a late report can be rolled back again: it covered nothing', () => {
    const declarations = [declaration(1, on(20, '50')), declaration(2, on(10, '30'))];
    assert.deepEqual(refusalOf(declarations, rollBack(2)), []);
  });

  it('DEC-14 an operation the order does not have, or that is not productive', () => {
    const packing = { operation: 40, productive: false, movable: false };
    for (const operation of [40, 99]) {
      const { refusals } = decide({ operations: [...operations, packing] }, open('1', { operation }));
      assert.deepEqual(refusals, [
        { code: 'DEC-14', params: { order: '2026/1/0', operation: String(operation) } },
      ]);
    }
    assert.deepEqual(codesOf({}, open('1', { operation: 10 })), ['DEC-14']);
  });

  it('whatever is opened and registered in sequence, no operation is ever ahead of the one before it', () => {
    const step = fc.record({
      operation: fc.constantFrom(10, 20, 30),
      good: fc.integer({ min: 0, max: 9 }),
      scrap: fc.integer({ min: 0, max: 3 }),
      way: fc.constantFrom('register', 'rollBack'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        // Every operation has been reported on, so none is passed over.
        let declarations = [10, 20, 30].map((operation, index) => declaration(index + 1, on(operation, '1')));
        for (const { operation, good, scrap, way } of steps) {
          if (way === 'rollBack') {
            const taken = declarations.find((each) => each.registered && each.operation === operation);
            if (taken && refusalOf(declarations, rollBack(taken.number)).length === 0)
              declarations = declarations.map((each) =>
                each === taken ? { ...each, registered: false } : each,
              );
          } else {
            const added = declaration(declarations.length + 1, {
              ...{ operation, quantity: quantity(String(good)), scrap: quantity(String(scrap)) },
            });
            const registered = refusalOf([...declarations, added], register(added.number)).length === 0;
            declarations = [...declarations, { ...added, registered }];
          }
          const pieces = (of: number, withScrap: boolean) =>
            declarations
              .filter((each) => each.registered && each.operation === of)
              .reduce(
                (sum, each) => sum + each.quantity.toNumber() + (withScrap ? each.scrap.toNumber() : 0),
                0,
              );
          assert.ok(pieces(20, true) <= pieces(10, false), 'operation 20 is ahead of 10');
          assert.ok(pieces(30, true) <= pieces(20, false), 'operation 30 is ahead of 20');
        }
      }),
    );
  });
});
