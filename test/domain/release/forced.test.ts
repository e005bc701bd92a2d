import assert from 'node:assert/strict';
import { decideRelease, forcedCodes } from '../../../src/domain/release/decide';
import { candidate, codes, keyOf } from '../candidates';
import { balance, balances, needing } from './needs';

describe('deciding a release by force', () => {
  const short = balances(balance('A', '3', { belowZero: 'whenForced' }));
  const bare = { ...needing(candidate(1), { A: '5' }), lacksMaterials: true };

  it('says which refusals may be forced', () => {
    const book = balances(balance('A', '0', { belowZero: 'whenForced' }), balance('L', '0', { lot: 'L1' }));
    const [decision] = decideRelease([{ ...needing(candidate(1), { A: '5', L: '5' }), blocked: true }], book);
    assert.deepEqual(
      decision?.refusals.map(({ code, forceable }) => [code, forceable]),
      [
        ['REL-06', undefined],
        ['REL-10', true],
        ['REL-10', undefined],
      ],
    );
  });

  it('releases an order in spite of them, and warns of each', () => {
    const [decision] = decideRelease([bare], short, { force: true });
    assert.deepEqual(decision?.refusals, []);
    assert.deepEqual(
      decision?.warnings.map(({ code, params: { context }, forceable }) => [code, context, forceable]),
      [
        ['REL-07', 'forced', undefined],
        ['REL-10', 'forced', undefined],
      ],
    );
    assert.deepEqual(decision && forcedCodes(decision), ['REL-07', 'REL-10']);
  });

  it('leaves an order alone that something else keeps, and says all of it', () => {
    const [decision] = decideRelease([{ ...bare, blocked: true }], short, { force: true });
    assert.deepEqual(codes(decision?.refusals), ['REL-06', 'REL-07', 'REL-10']);
    assert.deepEqual(decision?.warnings, []);
  });

  it('takes from the next orders what it takes', () => {
    const orders = [1, 2].map((number) => needing(candidate(number), { A: '5' }));
    const [first, second] = decideRelease(orders, short, { force: true });
    assert.deepEqual([first?.warnings[0]?.params['short'], second?.warnings[0]?.params['short']], ['2', '5']);
  });

  it('has nothing to say of an order that can go without it', () => {
    const decisions = decideRelease([needing(candidate(1), { A: '3' })], short, { force: true });
    assert.deepEqual(decisions, [{ key: keyOf(1), refusals: [], warnings: [] }]);
  });
});
