import assert from 'node:assert/strict';
import { quantityText } from '../../../src/domain/quantity';
import { operationSequence } from '../../../src/domain/refresh/operation-sequence';
import { accumulatedScrap, inputQuantity } from '../../../src/domain/refresh/scrap';
import { amount, anOperation } from './masters';

const operation = (
  number: number,
  scrap: number,
  fixedScrap: number,
  nextOperations: number[] | null = null,
) => anOperation(number, { scrap: amount(scrap), fixedScrap: amount(fixedScrap), nextOperations });

function scrapOf(...operations: ReturnType<typeof operation>[]) {
  const sequence = operationSequence(operations);
  assert.ok(!('broken' in sequence));
  const found = accumulatedScrap(sequence);
  return [...found.values()].reverse().map((scrap) => ({
    factor: quantityText(scrap.factor),
    fixed: quantityText(scrap.fixed),
    input: quantityText(inputQuantity(amount(100), amount(0), scrap)),
  }));
}

describe('the scrap of operations', () => {
  it('T-08 adds up from the last to the first', () => {
    assert.deepEqual(scrapOf(operation(10, 2, 1), operation(20, 5, 0), operation(30, 0, 2)), [
      { factor: '0.071', fixed: '3.142', input: '110.242' },
      { factor: '0.05', fixed: '2.1', input: '107.1' },
      { factor: '0', fixed: '2', input: '102' },
    ]);
  });

  it('takes the largest of the branches that follow', () => {
    const [first] = scrapOf(
      operation(10, 0, 0, [20, 30]),
      operation(20, 4, 1, [40]),
      operation(30, 6, 0, [40]),
      operation(40, 0, 0),
    );
    assert.deepEqual([first?.factor, first?.fixed], ['0.06', '1']);
  });

  it('counts the scrap of the line on top', () => {
    const scrap = { factor: amount('0.05'), fixed: amount(2) };
    assert.equal(quantityText(inputQuantity(amount(100), amount(10), scrap)), '117.5');
  });
});
