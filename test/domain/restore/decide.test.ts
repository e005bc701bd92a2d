import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDate } from '../../../src/domain/calendar';
import type { Candidate } from '../../../src/domain/header-rules';
import { orderStates } from '../../../src/domain/order';
import { decideRestore, type RestoreCandidate } from '../../../src/domain/restore/decide';
import { candidate, codes, keyOf, staleCandidate, unknownCandidate } from '../candidates';

/** Executive by a release that posted movements, nothing declared. */
const released = (order: Candidate, changes: Partial<RestoreCandidate> = {}): RestoreCandidate => ({
  ...order,
  declarations: [],
  hasMovements: true,
  released: true,
  closedRecords: [],
  ...changes,
});
const executive = { state: 'executive' } as const;

describe('deciding a restore', () => {
  it('lets a released order go back', () => {
    assert.deepEqual(decideRestore([released(candidate(1, executive))]), [
      { key: keyOf(1), refusals: [], warnings: [] },
    ]);
  });

  it('ORD-01 an order that does not exist', () => {
    const [decision] = decideRestore([
      released(unknownCandidate(1), { hasMovements: false, released: false }),
    ]);
    assert.deepEqual(decision?.refusals, [{ code: 'ORD-01', params: { order: '2026/1/0' } }]);
    assert.deepEqual(decision?.warnings, []);
  });

  for (const state of ['launched', 'historical'] as const) {
    it(`RES-01 an order that is ${state}`, () => {
      const [decision] = decideRestore([released(candidate(1, { state }))]);
      assert.deepEqual(decision?.refusals, [{ code: 'RES-01', params: { order: '2026/1/0', state } }]);
    });
  }

  it('RES-02 an order with declarations names them', () => {
    const [one, two] = decideRestore([
      released(candidate(1, executive), { declarations: [3] }),
      released(candidate(2, executive), { declarations: [1, 3] }),
    ]);
    assert.deepEqual(one?.refusals, [{ code: 'RES-02', params: { order: '2026/1/0', declarations: '3' } }]);
    assert.deepEqual(two?.refusals, [
      { code: 'RES-02', params: { order: '2026/2/0', declarations: '1, 3', context: 'several' } },
    ]);
  });

  it('RES-03 a fulfilled order, and not RES-01 as well', () => {
    const [decision] = decideRestore([released(candidate(1, { state: 'fulfilled' }))]);
    assert.deepEqual(decision?.refusals, [{ code: 'RES-03', params: { order: '2026/1/0' } }]);
  });

  it('RES-05 every stock record that lies in a closed period', () => {
    const period = {
      day: calendarDate('2026-10-30'),
      from: calendarDate('2026-10-01'),
      to: calendarDate('2026-10-31'),
    };
    const closedRecords = [
      { warehouse: 'MAG1', record: 12, ...period },
      { warehouse: 'MAG2', record: 3, ...period },
    ];
    const [decision] = decideRestore([released(candidate(1, executive), { closedRecords })]);
    const params = { order: '2026/1/0', date: '2026-10-30', from: '2026-10-01', to: '2026-10-31' };
    assert.deepEqual(decision?.refusals, [
      { code: 'RES-05', params: { ...params, warehouse: 'MAG1', record: '12' } },
      { code: 'RES-05', params: { ...params, warehouse: 'MAG2', record: '3' } },
    ]);
  });

  it('RES-07 an order that was changed since it was marked names who and when', () => {
    const [decision] = decideRestore([released(staleCandidate(1, executive))]);
    assert.deepEqual(decision?.refusals, [
      { code: 'RES-07', params: { order: '2026/1/0', user: 'anna', at: '2026-11-20T09:30:00.000Z' } },
    ]);
  });

  it('RES-08 warns of an order that became executive by another road', () => {
    const other = released(candidate(1, executive), { hasMovements: false, released: false });
    assert.deepEqual(decideRestore([other]), [
      { key: keyOf(1), refusals: [], warnings: [{ code: 'RES-08', params: { order: '2026/1/0' } }] },
    ]);
  });

  it('does not warn of a released order that had nothing to withdraw', () => {
    const [decision] = decideRestore([released(candidate(1, executive), { hasMovements: false })]);
    assert.deepEqual(decision?.warnings, []);
  });

  it('does not warn of an order that is refused', () => {
    const other = released(staleCandidate(1, executive), { hasMovements: false, released: false });
    assert.deepEqual(decideRestore([other])[0]?.warnings, []);
  });

  it('says everything that keeps an order at once', () => {
    const order = released(staleCandidate(1, { state: 'fulfilled' }), { declarations: [1] });
    assert.deepEqual(codes(decideRestore([order])[0]?.refusals), ['RES-03', 'RES-02', 'RES-07']);
  });

  it('judges each order by itself and keeps the sequence', () => {
    const anyOrder = fc
      .tuple(
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom(...orderStates),
        fc.boolean(),
        fc.array(fc.nat(9)),
      )
      .map(([number, state, stale, declarations]) =>
        released((stale ? staleCandidate : candidate)(number, { state }), { declarations }),
      );
    fc.assert(
      fc.property(fc.array(anyOrder), (orders) => {
        assert.deepEqual(
          decideRestore(orders),
          orders.flatMap((order) => decideRestore([order])),
        );
      }),
    );
  });
});
