import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isOrderKey, orderKey, parseOrderKey } from '../../src/domain/order';

const parts = fc
  .tuple(
    fc.integer({ min: 1000, max: 9999 }),
    fc.integer({ min: 0, max: 999_999_999 }),
    fc.integer({ min: 0, max: 9999 }),
  )
  .map(([year, number, lot]) => ({ year, number, lot }));

describe('the key of an order', () => {
  it('is year, number and lot', () => {
    assert.equal(orderKey({ year: 2026, number: 125, lot: 0 }), '2026/125/0');
    assert.deepEqual(parseOrderKey('2026/125/3'), { year: 2026, number: 125, lot: 3 });
  });

  it('round-trips as text', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const text = orderKey(given);
        assert.ok(isOrderKey(text));
        assert.deepEqual(parseOrderKey(text), given);
      }),
    );
  });

  for (const text of [
    '',
    '125',
    '2026/125',
    '2026/125/',
    '26/125/0',
    '2026-125-0',
    '2026/125/0 ',
    '2026/-1/0',
    '2026/1.5/0',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(parseOrderKey(text), undefined);
      assert.equal(isOrderKey(text), false);
    });
  }

  it('has one text only: leading zeros name no order', () => {
    assert.ok(!isOrderKey('2026/0125/0'));
    assert.ok(!isOrderKey('2026/125/00'));
    assert.ok(!isOrderKey('0026/125/0'));
  });
});
