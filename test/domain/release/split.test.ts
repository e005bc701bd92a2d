import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, zero, type Quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease, type ReleaseDecision } from '../../../src/domain/release/decide';
import {
  partOfLine,
  releasedInPart,
  restOfLine,
  type SplitBasis,
  type SplitLine,
} from '../../../src/domain/release/split';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { candidate, codes, keyOf, ready, staleCandidate } from '../candidates';

const stock = (name: string) => name as StockKey;

const line = (number: number, item: string, need: string, changes: Partial<SplitLine> = {}): SplitLine => ({
  ...{ line: number, stock: stock(item), quantity: quantity(need), supplied: zero, fixed: false },
  ...{ precision: quantity('0.001'), ...changes },
});

/** An order that may be split, with these lines. */
function splittable(
  number: number,
  made: string,
  lines: readonly SplitLine[],
  changes: Partial<SplitBasis> = {},
): ReleaseCandidate {
  const sums = new Map<StockKey, Quantity>();
  for (const each of lines)
    sums.set(each.stock, (sums.get(each.stock) ?? zero).plus(each.quantity).minus(each.supplied));
  return {
    ...ready(candidate(number)),
    quantity: quantity(made),
    needs: [...sums].map(([key, need]) => ({ stock: key, quantity: need })),
    split: { step: quantity('1'), unit: 'PC', lines, picked: [], declarations: [], ...changes },
  };
}

const balances = (onHand: Readonly<Record<string, string>>, changes: Partial<StockBalance> = {}) =>
  new Map(
    Object.entries(onHand).map(([item, held]): [StockKey, StockBalance] => [
      stock(item),
      {
        ...{ item, variant: '', warehouse: 'MAG1', lot: '', unit: 'PC', lotManaged: false },
        ...{ onHand: quantity(held), reserved: zero, reservedFor: new Map<OrderKey, Quantity>() },
        ...{ belowZero: 'whenForced' as const, ...changes },
      },
    ]),
  );

const partOf = ({ refusals, split }: ReleaseDecision) =>
  split ? [split.quantity.toFixed(), split.rest.toFixed()] : codes(refusals);
const parts = (orders: readonly ReleaseCandidate[], onHand: Readonly<Record<string, string>>) =>
  decideRelease(orders, balances(onHand)).map(partOf);

describe('splitting what stock does not cover', () => {
  const example = [line(10, 'A', '100'), line(20, 'D', '3', { fixed: true }), line(30, 'E', '50')];

  it('T-35 with 80 A in stock 40 of 50 go, and 10 stay', () => {
    const [decision] = decideRelease(
      [splittable(125, '50', example)],
      balances({ A: '80', D: '1000', E: '1000' }),
    );
    assert.deepEqual(decision?.refusals, []);
    assert.ok(decision.split);
    assert.deepEqual(partOf(decision), ['40', '10']);
    assert.deepEqual(
      example.map((each) => partOfLine(each, quantity('40'), quantity('50')).quantity.toFixed()),
      ['80', '3', '40'],
    );
    assert.deepEqual(releasedInPart(decision.split, '2026/125/1' as OrderKey), {
      code: 'SPL-03',
      params: {
        ...{ quantity: '40', whole: '50', rest: '10', unit: 'PC', items: 'A', restOrder: '2026/125/1' },
      },
    });
  });

  it('leaves an order whole that is not to be split, that goes whole, or that something else keeps', () => {
    const order = splittable(125, '50', example);
    const ample = { A: '80', D: '1000', E: '1000' };
    assert.deepEqual(parts([{ ...order, split: undefined }], ample), [['REL-10']]);
    assert.deepEqual(parts([order], { ...ample, A: '100' }), [[]]);
    assert.deepEqual(parts([{ ...order, blocked: true }], ample), [['REL-06', 'REL-10']]);
    assert.deepEqual(parts([{ ...order, marked: staleCandidate(125).marked }], ample), [
      ['REL-03', 'REL-10'],
    ]);
  });

  it('lets an order go whole that is forced', () => {
    const [decision] = decideRelease([splittable(125, '50', example)], balances({ A: '80' }), {
      force: true,
    });
    assert.deepEqual([decision?.split, codes(decision?.warnings)], [undefined, ['REL-10']]);
    const never = balances({ A: '80' }, { belowZero: 'never' });
    const [kept] = decideRelease([splittable(125, '50', example)], never, { force: true });
    assert.ok(kept);
    assert.deepEqual(partOf(kept), ['REL-10']);
  });

  it('SPL-02 says that stock does not cover even one piece', () => {
    const [decision] = decideRelease([splittable(1, '50', [line(10, 'A', '100')])], balances({ A: '1.999' }));
    assert.deepEqual(codes(decision?.refusals), ['REL-10', 'SPL-02']);
    assert.equal(decision?.refusals[1]?.params['quantity'], '1');
  });

  it('needs a fixed quantity whole for the first piece', () => {
    const lines = [line(10, 'A', '100'), line(20, 'A', '30', { fixed: true })];
    assert.deepEqual(parts([splittable(1, '50', lines)], { A: '70' }), [['20', '30']]);
    assert.deepEqual(parts([splittable(1, '50', lines)], { A: '31' }), [['REL-10', 'SPL-02']]);
  });

  it('goes as far as the scarcest of several materials, lines of one stock together', () => {
    const lines = [line(10, 'A', '50'), line(20, 'A', '50'), line(30, 'E', '50')];
    assert.deepEqual(parts([splittable(1, '50', lines)], { A: '60', E: '20' }), [['20', '30']]);
    assert.deepEqual(parts([splittable(1, '50', lines)], { A: '60', E: '40' }), [['30', '20']]);
  });

  it('makes parts in the decimals of the ordered item', () => {
    const order = (step: string) => splittable(1, '10', [line(10, 'A', '30')], { step: quantity(step) });
    assert.deepEqual(parts([order('1')], { A: '10' }), [['3', '7']]);
    assert.deepEqual(parts([order('0.01')], { A: '10' }), [['3.33', '6.67']]);
  });

  it('takes no more than there is where materials are rounded up to whole pieces', () => {
    const whole = { precision: quantity('1') };
    const lines = [line(10, 'A', '5', whole), line(20, 'A', '5', whole)];
    // One of ten takes half a piece for each line: one and one.
    assert.deepEqual(parts([splittable(1, '10', lines)], { A: '1' }), [['REL-10', 'SPL-02']]);
    assert.deepEqual(parts([splittable(1, '10', lines)], { A: '3' }), [['2', '8']]);
  });

  it('gives what a part leaves to the orders after it', () => {
    const first = splittable(1, '50', example);
    const second = splittable(2, '50', [line(10, 'E', '30')]);
    const left = { A: '80', D: '3', E: '70' };
    assert.deepEqual(parts([first, second], left), [['40', '10'], []]);
    assert.deepEqual(parts([first, { ...second, split: undefined }], { ...left, E: '69' }), [
      ['40', '10'],
      ['REL-10'],
    ]);
  });

  it('keeps what is reserved for others out of a part', () => {
    const reserved = balances({ A: '80' }, { reserved: quantity('20') });
    const [decision] = decideRelease([splittable(1, '50', [line(10, 'A', '100')])], reserved);
    assert.ok(decision);
    assert.deepEqual(partOf(decision), ['30', '20']);
  });

  it('SPL-01 leaves the quantity of an order that something has been picked or declared for', () => {
    const picked = [{ item: 'B', quantity: quantity('5'), unit: 'PC' }];
    const lines = [line(10, 'A', '100')];
    const refused = (order: ReleaseCandidate) => decideRelease([order], balances({ A: '80' }))[0]?.refusals;
    const forPicking = refused(splittable(1, '50', lines, { picked }));
    assert.deepEqual(codes(forPicking), ['REL-10', 'SPL-01']);
    assert.deepEqual(forPicking?.[1]?.params, { order: keyOf(1), item: 'B', quantity: '5', unit: 'PC' });
    const declared = refused(splittable(1, '50', lines, { declarations: [1, 2] }));
    assert.deepEqual(declared?.[1]?.params, {
      ...{ order: keyOf(1), declarations: '1, 2', context: 'declared' },
    });
    const produced = refused({ ...splittable(1, '50', lines), produced: quantity('1') });
    assert.deepEqual(codes(produced), ['REL-10', 'SPL-01']);
  });
});

const thousandths = (min: number, max: number) =>
  fc.integer({ min, max }).map((value) => quantity((value / 1000).toFixed(3)));
const anyPrecision = fc.constantFrom('0.001', '0.01', '1').map(quantity);
/** A fixed quantity keeps most orders whole. */
const mostlyNot = fc.integer({ min: 0, max: 7 }).map((value) => value === 0);
const anyStep = fc.constantFrom('1', '0.1', '0.01').map(quantity);
const anyLine = fc
  .record({
    item: fc.constantFrom('A', 'B', 'C'),
    ...{ quantity: thousandths(1, 90_000), share: fc.integer({ min: 0, max: 3 }) },
    ...{ fixed: mostlyNot, precision: anyPrecision },
  })
  .map(({ item, share, ...of }) => ({
    ...of,
    stock: stock(item),
    supplied: of.quantity.times(share).div(4),
  }));
const anyLines = fc
  .array(anyLine, { minLength: 1, maxLength: 5 })
  .map((lines) => lines.map((each, place): SplitLine => ({ ...each, line: 10 * (place + 1) })));
/** How far another part would go is only told of orders that nothing is supplied to. */
const anyOrder = fc
  .record({ made: fc.integer({ min: 1, max: 200 }), lines: anyLines, step: anyStep, supplied: fc.boolean() })
  .map(({ lines, supplied, ...of }) => ({
    ...of,
    lines: supplied ? lines : lines.map((each) => ({ ...each, supplied: zero })),
  }));
const anyStock = fc.record({
  ...{ A: thousandths(0, 150_000), B: thousandths(0, 150_000), C: thousandths(0, 150_000) },
});

const netOf = ({ quantity: need, supplied }: { quantity: Quantity; supplied: Quantity }) =>
  need.minus(supplied);

function takenOf(lines: readonly SplitLine[], part: Quantity, whole: Quantity, key: StockKey): Quantity {
  return lines
    .filter((each) => each.stock === key)
    .reduce((sum, each) => sum.plus(netOf(partOfLine(each, part, whole))), zero);
}

describe('a split, whatever the order', () => {
  it('makes first and rest out of the quantity, takes no more than there is, and as much as possible', () => {
    let [splits, judged] = [0, 0];
    fc.assert(
      fc.property(anyOrder, anyStock, ({ made, lines, step }, onHand) => {
        const held = Object.fromEntries(Object.entries(onHand).map(([item, q]) => [item, q.toFixed()]));
        const whole = quantity(String(made));
        const [decision] = decideRelease([splittable(1, String(made), lines, { step })], balances(held));
        const split = decision?.split;
        if (!split) return;
        splits += 1;
        assert.ok(split.quantity.plus(split.rest).eq(whole));
        assert.ok(split.quantity.gt(zero) && split.rest.gt(zero));
        assert.ok(split.quantity.mod(step).isZero());
        for (const [item, there] of Object.entries(onHand))
          assert.ok(takenOf(lines, split.quantity, whole, stock(item)).lte(there));
        const more = split.quantity.plus(step);
        if (more.gte(whole) || lines.some(({ supplied }) => supplied.gt(zero))) return;
        judged += 1;
        assert.ok(
          Object.entries(onHand).some(([item, there]) => takenOf(lines, more, whole, stock(item)).gt(there)),
        );
      }),
      { numRuns: 500 },
    );
    assert.ok(splits > 50 && judged > 25, `${splits} splits, ${judged} judged`);
  });

  it('divides every material: part and rest take what the whole takes, and all of a fixed one each', () => {
    const anyPart = fc.tuple(anyLine, fc.integer({ min: 1, max: 99 }));
    fc.assert(
      fc.property(anyPart, ([of, percent]) => {
        const part = partOfLine(of, quantity(String(percent)), quantity('100'));
        const rest = restOfLine(of, part);
        for (const each of [part, rest]) {
          assert.ok(each.supplied.gte(zero) && each.supplied.lte(each.quantity));
          assert.ok(netOf(each).lte(netOf(of)));
        }
        const twice = of.fixed ? 2 : 1;
        assert.ok(part.quantity.plus(rest.quantity).eq(of.quantity.times(twice)));
        assert.ok(part.supplied.plus(rest.supplied).eq(of.supplied.times(twice)));
      }),
      { numRuns: 500 },
    );
  });
});
