import assert from 'node:assert/strict';
import fc from 'fast-check';
import { quantity, quantityText } from '../../../src/domain/quantity';
import {
  componentNeed,
  quantityPer,
  roundedNeed,
  type ComponentNeed,
} from '../../../src/domain/refresh/component-quantity';
import { noScrap } from '../../../src/domain/refresh/scrap';
import { aLine, amount } from './masters';

const need = (of: Partial<ComponentNeed>): ComponentNeed => ({
  ...{
    quantityPer: amount(2),
    fixed: false,
    scrap: amount(0),
    lineQuantity: amount(100),
    lineScrap: amount(0),
  },
  ...{ operationScrap: noScrap },
  ...of,
});
const needed = (of: Partial<ComponentNeed>) => quantityText(componentNeed(need(of)));

describe('the quantity of a component', () => {
  it('T-01 is line quantity times quantity per', () => assert.equal(needed({}), '200'));
  it('T-02 adds the scrap of the component', () => assert.equal(needed({ scrap: amount(5) }), '210'));

  it('T-03 adds the scrap of line, operations and component, and rounds up', () => {
    const all = componentNeed(
      need({
        ...{ lineScrap: amount(3), scrap: amount(5) },
        operationScrap: { factor: amount('0.02'), fixed: amount(4) },
      }),
    );
    assert.equal(quantityText(all), '228.626');
    const rounded = (rounding: string) =>
      quantityText(roundedNeed(all, { rounding: amount(rounding), decimals: 0 }));
    assert.deepEqual(['1', '0.01', '0.00001'].map(rounded), ['229', '228.63', '228.626']);
  });

  it('T-04 is the quantity itself when it is fixed, whatever the scrap', () => {
    assert.equal(needed({ quantityPer: amount(3), fixed: true, scrap: amount(50) }), '3');
  });

  it('T-05 multiplies the measures in', () => {
    const measures = { length: amount('1.2'), width: amount('0.5') };
    const of = (formula: 'length' | 'length_width') =>
      needed({
        quantityPer: quantityPer(aLine(10, 'X', '4', { ...measures, formula })),
        lineQuantity: amount(10),
      });
    assert.deepEqual([of('length'), of('length_width')], ['48', '24']);
  });

  it('multiplies depth and weight in', () => {
    const measures = { length: amount(2), width: amount(3), depth: amount('0.5'), weight: amount('1.25') };
    const of = (formula: 'length_width_depth' | 'weight') =>
      quantityText(quantityPer(aLine(10, 'X', '4', { ...measures, formula })));
    assert.deepEqual([of('length_width_depth'), of('weight')], ['12', '5']);
  });

  it('is rounded by the decimals of the item that has no rounding of its own', () => {
    const rounded = (decimals: number) =>
      quantityText(roundedNeed(quantity('1.2341'), { rounding: null, decimals }));
    assert.deepEqual([0, 1, 2, 3, 9].map(rounded), ['2', '1.3', '1.24', '1.235', '1.2341']);
  });

  it('does not round up what a division that does not end leaves over', () => {
    const thirds = quantity('200').div(3).times(3);
    assert.equal(quantityText(roundedNeed(thirds, { rounding: quantity('1'), decimals: 0 })), '200');
  });

  it('rounds a by-product away from zero', () => {
    assert.equal(quantityText(roundedNeed(quantity('-1.1'), { rounding: null, decimals: 0 })), '-2');
  });

  const anyAmount = fc
    .integer({ min: 0, max: 10 ** 9 })
    .map((millionths) => amount((millionths / 10 ** 6).toFixed(6)));
  const percent = fc.integer({ min: 0, max: 100 }).map(amount);
  const anyNeed = fc
    .record({
      ...{ quantityPer: anyAmount, scrap: percent, lineQuantity: anyAmount, lineScrap: percent },
      factor: percent,
    })
    .map(({ factor, ...rest }) =>
      need({ ...rest, operationScrap: { factor: factor.div(100), fixed: amount(0) } }),
    );

  it('is never below the need, and less than one step above it', () => {
    fc.assert(
      fc.property(anyNeed, fc.integer({ min: 1, max: 5000 }), (of, thousandths) => {
        const rounding = amount((thousandths / 1000).toFixed(3));
        const exact = componentNeed(of);
        const rounded = roundedNeed(exact, { rounding, decimals: 0 });
        const above = rounded.minus(exact);
        return above.gte('-1e-14') && above.lt(rounding) && rounded.mod(rounding).isZero();
      }),
    );
  });

  it('scales with the quantity of the order where nothing is fixed', () => {
    fc.assert(
      fc.property(anyNeed, fc.integer({ min: 1, max: 1000 }), (of, times) =>
        componentNeed({ ...of, lineQuantity: of.lineQuantity.times(times) })
          .minus(componentNeed(of).times(times))
          .abs()
          .lt('1e-20'),
      ),
    );
  });
});
