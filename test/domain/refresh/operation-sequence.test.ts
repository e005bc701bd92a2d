import assert from 'node:assert/strict';
import fc from 'fast-check';
import { operationSequence } from '../../../src/domain/refresh/operation-sequence';

const op = (operation: number, nextOperations: number[] | null = null) => ({ operation, nextOperations });
const forward = (...operations: ReturnType<typeof op>[]) => {
  const sequence = operationSequence(operations);
  return 'broken' in sequence ? sequence : sequence.forward.map(({ operation }) => operation);
};

describe('the sequence of operations', () => {
  it('follows the numbers where nothing else is said', () =>
    assert.deepEqual(forward(op(30), op(10), op(20)), [10, 20, 30]));

  it('follows what each operation names', () => {
    assert.deepEqual(forward(op(10, [30]), op(20, []), op(30, [20])), [10, 30, 20]);
  });

  it('takes the branches of a fork by number, and the join after both', () => {
    assert.deepEqual(forward(op(5, [20, 10]), op(10, [30]), op(20, [30]), op(30)), [5, 10, 20, 30]);
  });

  it('is broken where an operation names one that is not there', () => {
    assert.deepEqual(forward(op(10, [15]), op(20)), { broken: 10 });
  });

  it('is broken where operations follow each other in a circle', () => {
    assert.deepEqual(forward(op(10), op(20, [30]), op(30, [20])), { broken: 20 });
    assert.deepEqual(forward(op(10, [10])), { broken: 10 });
  });

  it('has every operation behind those before it, in whatever order they are listed', () => {
    const graph = fc
      .integer({ min: 1, max: 8 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, place) =>
            fc
              .subarray(Array.from({ length: count - place - 1 }, (_, more) => place + more + 1))
              .map((next) => op(place, next)),
          ),
        ),
      );
    fc.assert(
      fc.property(graph, fc.infiniteStream(fc.nat()), (operations, keys) => {
        const shuffled = operations
          .map((each) => ({ each, key: Number(keys.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const sequence = operationSequence(shuffled);
        assert.ok(!('broken' in sequence));
        const numbers = sequence.forward.map(({ operation }) => operation);
        assert.deepEqual(numbers, forward(...operations));
        for (const { operation, nextOperations } of operations)
          for (const next of nextOperations ?? [])
            assert.ok(numbers.indexOf(operation) < numbers.indexOf(next));
      }),
    );
  });
});
