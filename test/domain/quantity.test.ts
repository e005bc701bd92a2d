import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isQuantityText, quantity, quantityText, zero } from '../../src/domain/quantity';

/** Every quantity the book can hold, as its shortest plain text. */
const plainText = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 28n - 1n }))
  .map(([negative, nanos]) => {
    const digits = nanos.toString().padStart(10, '0');
    const fraction = digits.slice(-9).replace(/0+$/, '');
    const text = digits.slice(0, -9) + (fraction && `.${fraction}`);
    return negative && nanos !== 0n ? `-${text}` : text;
  });

describe('a quantity', () => {
  it('is read from plain decimal text, exactly', () => {
    assert.equal(quantityText(quantity('0.1').plus(quantity('0.2'))), '0.3');
    assert.equal(quantityText(quantity('9999999999999999999.999999999')), '9999999999999999999.999999999');
  });

  for (const text of [
    '',
    ' 1',
    '1 ',
    '1,5',
    '1e3',
    '5e-3',
    '+1',
    '.5',
    '1.',
    'NaN',
    'Infinity',
    '0x10',
    '--1',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(isQuantityText(text), false);
      assert.throws(() => quantity(text), RangeError);
    });
  }

  it('has at most 19 integer and 9 fraction digits', () => {
    assert.ok(isQuantityText(`${'9'.repeat(19)}.${'9'.repeat(9)}`));
    assert.ok(!isQuantityText('9'.repeat(20)));
    assert.ok(!isQuantityText(`0.${'0'.repeat(9)}1`));
  });

  it('says only the beginning of a text that is none', () => {
    assert.throws(
      () => quantity('x'.repeat(5000)),
      (error: Error) => error.message.length < 100,
    );
  });

  it('shows no trailing zeros, no negative zero and no exponent', () => {
    assert.equal(quantityText(quantity('1.500')), '1.5');
    assert.equal(quantityText(quantity('100.000')), '100');
    assert.equal(quantityText(quantity('-0')), '0');
    assert.equal(quantityText(quantity('0.000000001')), '0.000000001');
    assert.equal(JSON.stringify({ need: quantity('0.000000001') }), '{"need":"0.000000001"}');
    assert.equal(quantityText(zero), '0');
  });

  it('round-trips', () => {
    fc.assert(fc.property(plainText, (text) => quantityText(quantity(text)) === text));
  });

  it('never shows an exponent, whatever is computed of two', () => {
    fc.assert(
      fc.property(plainText, plainText, (a, b) => {
        for (const value of [quantity(a).plus(quantity(b)), quantity(a).minus(quantity(b))]) {
          assert.match(quantityText(value), /^-?\d+(\.\d+)?$/);
          assert.match(String(value), /^-?\d+(\.\d+)?$/);
        }
      }),
    );
  });

  it('loses nothing when it is added and taken off again', () => {
    fc.assert(
      fc.property(plainText, plainText, (a, b) =>
        quantity(a).plus(quantity(b)).minus(quantity(b)).eq(quantity(a)),
      ),
    );
  });
});
