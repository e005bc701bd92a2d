import assert from 'node:assert/strict';
import { quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease } from '../../../src/domain/release/decide';
import { candidate, codes, keyOf } from '../candidates';
import { balance, balances, needing } from './needs';

describe('deciding a release where stock is reserved', () => {
  const reserving = (onHand: string, reserved: string, ...of: [number, string][]) =>
    balances(
      balance('A', onHand, {
        reserved: quantity(reserved),
        reservedFor: new Map(of.map(([number, text]) => [keyOf(number), quantity(text)])),
      }),
    );
  const each = (numbers: number[], need = '60') =>
    numbers.map((number) => needing(candidate(number), { A: need }));

  it('REL-10 what others have reserved is not available, and said to be the reason', () => {
    const [decision] = decideRelease(each([1]), reserving('100', '50'));
    const { available, short, reserved, context } = decision?.refusals[0]?.params ?? {};
    assert.deepEqual([available, short, reserved, context], ['50', '10', '50', 'reserved']);
  });

  it('REL-10 does not speak of reservations of what is not there anyway', () => {
    const [decision] = decideRelease(each([1]), reserving('0', '50'));
    const { available, short, reserved, context } = decision?.refusals[0]?.params ?? {};
    assert.deepEqual([available, short, reserved, context], ['0', '60', undefined, undefined]);
  });

  it("an order's own reservation does not count against itself", () => {
    assert.deepEqual(decideRelease(each([1]), reserving('60', '60', [1, '60']))[0]?.refusals, []);
  });

  it('the reservation of an order that waits keeps stock from those before it', () => {
    const decisions = decideRelease(each([1, 2]), reserving('100', '60', [2, '60']));
    assert.deepEqual(
      decisions.map(({ refusals }) => codes(refusals)),
      [['REL-10'], []],
    );
  });

  it('the reservation of an order released before is redeemed and counts no longer', () => {
    const decisions = decideRelease(each([1, 2]), reserving('120', '60', [1, '60']));
    assert.deepEqual(
      decisions.map(({ refusals }) => codes(refusals)),
      [[], []],
    );
  });

  it('the reservation of an order refused before goes on counting', () => {
    const [first, second] = each([1, 2]);
    const orders = [{ ...(first as ReleaseCandidate), blocked: true }, second as ReleaseCandidate];
    const decisions = decideRelease(orders, reserving('100', '60', [1, '60']));
    assert.deepEqual(
      decisions.map(({ refusals }) => codes(refusals)),
      [['REL-06'], ['REL-10']],
    );
  });
});
