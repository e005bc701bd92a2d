import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDate, instant } from '../../../src/domain/calendar';
import { quantity, zero } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { mergeRules } from '../../../src/domain/merge/decide';
import { decideRelease, explainRelease } from '../../../src/domain/release/decide';
import { releaseRules } from '../../../src/domain/release/rules';
import { splitRules } from '../../../src/domain/release/split-rules';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { decideRestore, explainRestore, type RestoreCandidate } from '../../../src/domain/restore/decide';
import { pickingRules } from '../../../src/domain/work/rules';
import { catalogues } from '../../../src/language/text';
import { candidate, ready, staleCandidate } from '../candidates';

const a = 'A' as StockKey;
const day = calendarDate('2026-11-20');
const balance: StockBalance = {
  ...{ item: 'A', variant: '', warehouse: 'MAG1', lot: '', unit: 'PC', lotManaged: false, reserved: zero },
  ...{ onHand: quantity('50'), reservedFor: new Map(), belowZero: 'never' },
};

const anyOrder = fc.oneof(
  fc.constant(candidate(1)),
  fc.constant(staleCandidate(1)),
  fc
    .constantFrom('executive' as const, 'fulfilled' as const, 'historical' as const)
    .map((state) => candidate(1, { state })),
);
const closed = { warehouse: 'MAG1', day, from: day, to: day };
const anyCandidate = fc
  .record({
    order: anyOrder,
    blocked: fc.boolean(),
    lacksMaterials: fc.boolean(),
    lacksOperations: fc.boolean(),
    produced: fc.constantFrom(zero, quantity('50')),
    hold: fc.constantFrom(null, { reason: 'Drawing', by: 'anna', at: instant(new Date(0)) }),
    unresolved: fc.constantFrom([], [{ line: 10, item: 'X' }]),
    closed: fc.constantFrom([], [closed]),
    needs: fc.constantFrom(
      [],
      [{ stock: a, quantity: quantity('50') }],
      [{ stock: a, quantity: quantity('51') }],
    ),
  })
  .map(({ order, ...rest }): ReleaseCandidate => ({ ...ready(order), quantity: quantity('50'), ...rest }));
const line = { line: 10, stock: a, quantity: quantity('51'), supplied: zero, precision: quantity('1') };
const anySplit = fc.record({
  step: fc.constant(quantity('1')),
  unit: fc.constant('PC'),
  lines: fc.boolean().map((fixed) => [{ ...line, fixed }]),
  picked: fc.constantFrom([], [{ item: 'B', quantity: quantity('2'), unit: 'PC' }]),
  declarations: fc.constantFrom([], [1, 2]),
});
const anyRestore = fc
  .record({
    order: anyOrder,
    declarations: fc.constantFrom([], [1], [1, 2]),
    hasMovements: fc.boolean(),
    released: fc.boolean(),
    records: fc.constantFrom([], [{ ...closed, record: 3 }]),
  })
  .map(({ order, records, ...rest }): RestoreCandidate => ({
    ...{ ...order, ...rest },
    closedRecords: rest.hasMovements ? records : [],
  }));

describe('explaining an order', () => {
  it('says of a release exactly what deciding says, rule by rule', () => {
    fc.assert(
      fc.property(anyCandidate, (order) => {
        const balances = new Map([[a, balance]]);
        const explained = explainRelease(order, balances);
        assert.deepEqual(
          explained.flatMap(({ refusals }) => refusals),
          decideRelease([order], balances)[0]?.refusals,
        );
        assert.deepEqual(
          explained.map(({ code }) => code),
          [...releaseRules, ...splitRules].map(({ code }) => code),
        );
        for (const { verdict, refusals } of explained)
          assert.equal(verdict === 'refused', refusals.length > 0);
      }),
    );
  });

  it('says of an order that may be split what deciding says: what it lacks only warns where a part of it goes', () => {
    fc.assert(
      fc.property(anyCandidate, anySplit, (order, split) => {
        const [balances, divisible] = [new Map([[a, balance]]), { ...order, split }];
        const explained = explainRelease(divisible, balances);
        const [decision] = decideRelease([divisible], balances);
        const said = (verdict: string) => explained.filter((rule) => rule.verdict === verdict);
        assert.deepEqual(
          said('refused').flatMap(({ refusals }) => refusals),
          decision?.refusals,
        );
        assert.equal(said('warned').length > 0, decision?.split !== undefined);
        const part = explained.find(({ code, verdict }) => code === 'SPL-02' && verdict === 'pass');
        assert.equal(part?.data[0]?.['quantity'], decision?.split?.quantity.toFixed());
      }),
    );
  });

  it('says of a restore exactly what deciding says', () => {
    fc.assert(
      fc.property(anyRestore, (order) => {
        const explained = explainRestore(order);
        const [decision] = decideRestore([order]);
        const said = (verdict: string) =>
          explained.filter((rule) => rule.verdict === verdict).flatMap(({ refusals }) => refusals);
        assert.deepEqual(said('refused'), decision?.refusals);
        if (decision?.refusals.length === 0) assert.deepEqual(said('warned'), decision.warnings);
      }),
    );
  });

  it('shows what a rule looked at where it holds, too', () => {
    const order = { ...ready(candidate(1)), needs: [{ stock: a, quantity: quantity('40') }] };
    const explained = explainRelease(order, new Map([[a, balance]]));
    const stock = explained.find(({ code }) => code === 'REL-10');
    assert.equal(stock?.verdict, 'pass');
    assert.deepEqual([stock.data[0]?.['need'], stock.data[0]?.['available']], ['40', '50']);
  });

  it('leaves out what does not apply: no materials, no stock to look at; not launched, nothing to look at but that', () => {
    const verdicts = (order: ReleaseCandidate) =>
      new Map(explainRelease(order, new Map()).map(({ code, verdict }) => [code, verdict]));
    assert.equal(verdicts(ready(candidate(1))).get('REL-10'), 'notApplicable');
    const executive = verdicts({ ...ready(candidate(1, { state: 'executive' })), blocked: true });
    assert.deepEqual([executive.get('REL-01'), executive.get('REL-06')], ['refused', 'notApplicable']);
  });

  it('has a text for every rule, in each language, and for what each looks at', () => {
    const codes = [
      ...[...releaseRules, ...splitRules, ...mergeRules, ...pickingRules].map(({ code }) => code),
      ...explainRestore({
        ...candidate(1),
        ...{ declarations: [], hasMovements: false, released: false, closedRecords: [] },
      }).map(({ code }) => code),
    ];
    for (const catalogue of Object.values(catalogues)) {
      const keys = Object.keys(catalogue);
      assert.deepEqual(
        codes.filter((code) => !keys.includes(`rule.${code}`)),
        [],
      );
      assert.deepEqual(
        codes.filter((code) => !keys.some((key) => key.startsWith(`explain.${code}`))),
        [],
      );
    }
  });
});
