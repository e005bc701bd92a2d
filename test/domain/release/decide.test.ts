import assert from 'node:assert/strict';
import { quantity, zero } from '../../../src/domain/quantity';
import { calendarDate, instant } from '../../../src/domain/calendar';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease } from '../../../src/domain/release/decide';
import { candidate, codes, keyOf, staleCandidate, unknownCandidate } from '../candidates';
import { balance, balances, needing } from './needs';

describe('deciding a release', () => {
  const hold = { reason: 'Drawing changes', by: 'bruno', at: instant(new Date('2026-11-19T10:00:00Z')) };

  it('lets a launched order go whose needs are covered', () => {
    const decisions = decideRelease([needing(candidate(1), { A: '100' })], balances(balance('A', '100')));
    assert.deepEqual(decisions, [{ key: keyOf(1), refusals: [], warnings: [] }]);
  });

  it('lets an order without automatic materials go', () => {
    assert.deepEqual(decideRelease([needing(candidate(1))], new Map()), [
      { key: keyOf(1), refusals: [], warnings: [] },
    ]);
  });

  it('ORD-01 an order that does not exist', () => {
    const [decision] = decideRelease([needing(unknownCandidate(7))], new Map());
    assert.deepEqual(decision, {
      key: keyOf(7),
      refusals: [{ code: 'ORD-01', params: { order: '2026/7/0' } }],
      warnings: [],
    });
  });

  for (const state of ['executive', 'fulfilled', 'historical'] as const) {
    it(`REL-01 an order that is ${state}`, () => {
      const [decision] = decideRelease([needing(candidate(1, { state }))], new Map());
      assert.deepEqual(decision?.refusals, [{ code: 'REL-01', params: { order: '2026/1/0', state } }]);
    });
  }

  it('REL-01 does not speak of materials that will never be withdrawn', () => {
    const order = {
      ...needing(candidate(1, { state: 'executive' }), { A: '5' }),
      unresolved: [{ line: 10, item: 'B' }],
    };
    const [decision] = decideRelease([order], balances(balance('A', '0')));
    assert.deepEqual(codes(decision?.refusals), ['REL-01']);
  });

  it('REL-03 an order that was changed since it was marked names who and when', () => {
    const [decision] = decideRelease([needing(staleCandidate(1))], new Map());
    assert.deepEqual(decision?.refusals, [
      { code: 'REL-03', params: { order: '2026/1/0', user: 'anna', at: '2026-11-20T09:30:00.000Z' } },
    ]);
  });

  it('REL-03 a version that is newer than the book is no better', () => {
    const order = needing(candidate(1));
    const ahead = { ...order, marked: { ...order.marked, version: order.marked.version + 1 } };
    assert.deepEqual(codes(decideRelease([ahead], new Map())[0]?.refusals), ['REL-03']);
  });

  for (const [what, wanted, produced] of [
    ['a quantity of zero', '0', '0'],
    ['a negative quantity', '-1', '0'],
    ['everything produced', '50', '50'],
    ['more produced than wanted', '50', '50.001'],
  ] as const) {
    it(`REL-05 ${what}`, () => {
      const order = { ...needing(candidate(1)), quantity: quantity(wanted), produced: quantity(produced) };
      const params = { order: '2026/1/0', quantity: wanted, produced };
      assert.deepEqual(decideRelease([order], new Map())[0]?.refusals, [{ code: 'REL-05', params }]);
    });
  }

  it('lets an order go of which the smallest part is left to produce', () => {
    const order = { ...needing(candidate(1)), quantity: quantity('50'), produced: quantity('49.999999999') };
    assert.deepEqual(decideRelease([order], new Map())[0]?.refusals, []);
  });

  it('REL-06 an item that is blocked for production', () => {
    const [decision] = decideRelease([{ ...needing(candidate(1)), blocked: true }], new Map());
    assert.deepEqual(decision?.refusals, [{ code: 'REL-06', params: { order: '2026/1/0', item: 'P' } }]);
  });

  const params = { order: '2026/1/0', item: 'P' };
  const lackingMaterials = { code: 'REL-07', params, forceable: true };
  const lackingOperations = {
    ...{ code: 'REL-07', params: { ...params, context: 'operations' }, forceable: true },
  };

  it('REL-07 an order without the materials it should have, or the operations, or both', () => {
    const [materials, operations, both] = decideRelease(
      [
        { ...needing(candidate(1)), lacksMaterials: true },
        { ...needing(candidate(1)), lacksOperations: true },
        { ...needing(candidate(1)), lacksMaterials: true, lacksOperations: true },
      ],
      new Map(),
    );
    assert.deepEqual(materials?.refusals, [lackingMaterials]);
    assert.deepEqual(operations?.refusals, [lackingOperations]);
    assert.deepEqual(both?.refusals, [lackingMaterials, lackingOperations]);
  });

  it('REL-08 every material without warehouse and reason, each with its line', () => {
    const unresolved = [
      { line: 10, item: 'A' },
      { line: 30, item: 'B' },
    ];
    const [decision] = decideRelease([{ ...needing(candidate(1)), unresolved }], new Map());
    assert.deepEqual(decision?.refusals, [
      { code: 'REL-08', params: { order: '2026/1/0', line: '10', item: 'A' } },
      { code: 'REL-08', params: { order: '2026/1/0', line: '30', item: 'B' } },
    ]);
  });

  it('REL-11 every closed warehouse the order would post to', () => {
    const day = calendarDate('2026-10-30');
    const [from, to] = [calendarDate('2026-10-01'), calendarDate('2026-10-31')];
    const closed = ['MAG1', 'MAG2'].map((warehouse) => ({ warehouse, day, from, to }));
    const [decision] = decideRelease([{ ...needing(candidate(1)), closed }], new Map());
    assert.deepEqual(
      decision?.refusals,
      ['MAG1', 'MAG2'].map((warehouse) => ({
        ...{ code: 'REL-11', params: { order: '2026/1/0', warehouse, date: day, from, to } },
      })),
    );
  });

  it('REL-17 an order on hold names who, when and why', () => {
    const [decision] = decideRelease([{ ...needing(candidate(1)), hold }], new Map());
    const why = { order: '2026/1/0', reason: 'Drawing changes', user: 'bruno', at: hold.at };
    assert.deepEqual(decision?.refusals, [{ code: 'REL-17', params: why }]);
  });

  it('says everything that keeps an order at once', () => {
    const day = calendarDate('2026-10-31');
    const order: ReleaseCandidate = {
      ...needing(staleCandidate(1), { A: '5', B: '5' }),
      ...{ unresolved: [{ line: 30, item: 'C' }], blocked: true, quantity: zero, hold },
      ...{ lacksMaterials: true, lacksOperations: true },
      closed: [{ warehouse: 'MAG1', day, from: day, to: day }],
    };
    const [decision] = decideRelease([order], balances(balance('A', '0'), balance('B', '1')));
    assert.deepEqual(codes(decision?.refusals), [
      ...['REL-03', 'REL-17', 'REL-05', 'REL-06', 'REL-07', 'REL-07', 'REL-08', 'REL-10', 'REL-10', 'REL-11'],
    ]);
  });

  it('says of an executive order that was changed both things', () => {
    const [decision] = decideRelease([needing(staleCandidate(1, { state: 'executive' }))], new Map());
    assert.deepEqual(codes(decision?.refusals), ['REL-01', 'REL-03']);
  });
});
