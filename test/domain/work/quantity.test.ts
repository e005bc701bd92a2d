import assert from 'node:assert/strict';
import { one, quantity, quantityText } from '../../../src/domain/quantity';
import { needOfPart, quantityToFetch } from '../../../src/domain/work/quantity';

describe('how much goes to the warehouse: min(remaining, reserved + available)', () => {
  const cases = [
    ['T-40', '100', '20', '90', '100'],
    ['T-41', '100', '20', '70', '90'],
    ['T-42', '100', '0', '90', '90'],
    ['T-43', '100', '0', '110', '100'],
    ['T-44', '100', '20', '0', '20'],
  ] as const;
  for (const [name, remaining, reserved, available, expected] of cases) {
    it(`${name} ${remaining} remaining, ${reserved} reserved, ${available} available: ${expected}`, () => {
      const there = {
        remaining: quantity(remaining),
        reserved: quantity(reserved),
        available: quantity(available),
      };
      assert.equal(quantityText(quantityToFetch(there)), expected);
    });
  }

  it('is what really lies there where more is promised than there is, and never below zero', () => {
    const fetched = (reserved: string, available: string) =>
      quantityText(
        quantityToFetch({
          remaining: quantity('100'),
          reserved: quantity(reserved),
          available: quantity(available),
        }),
      );
    assert.equal(fetched('20', '-10'), '10');
    assert.equal(fetched('20', '-30'), '0');
  });
});

describe('what a part of an order needs', () => {
  const line = {
    ...{ need: quantity('2000'), remaining: quantity('2000'), fixed: false, decimals: 0 },
    ...{ ordered: quantity('1000'), part: quantity('100'), factor: one },
  };
  const needed = (changes: Partial<typeof line> = {}) => quantityText(needOfPart({ ...line, ...changes }));

  it('T-45 100 of 1000 pieces, 2000 of the line remaining: 200', () => {
    assert.equal(needed(), '200');
  });

  it('T-46 two pallets of 100 lb: material for 200 lb', () => {
    const pallets = { need: quantity('500'), remaining: quantity('500'), ordered: quantity('500') };
    assert.equal(needed({ ...pallets, part: quantity('2'), factor: quantity('100') }), '200');
  });

  it('is no more than remains', () => {
    assert.equal(needed({ remaining: quantity('150') }), '150');
  });

  it('is rounded up to what the item is counted in', () => {
    const third = { need: quantity('10'), remaining: quantity('10'), ordered: quantity('3'), part: one };
    assert.equal(needed(third), '4');
    assert.equal(needed({ ...third, decimals: 2 }), '3.34');
    assert.equal(
      needed({ need: quantity('9'), remaining: quantity('9'), ordered: quantity('3'), part: one }),
      '3',
    );
  });

  it('is all of what is needed once per order', () => {
    assert.equal(needed({ fixed: true, remaining: quantity('3') }), '3');
  });
});
