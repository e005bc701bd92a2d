import assert from 'node:assert/strict';
import { defaultOptions, type RefreshOptions } from '../../../src/domain/refresh/options';
import { decideChange, type OrderChange } from '../../../src/domain/refresh/decide-change';
import type { RefreshCandidate, WantedOrder } from '../../../src/domain/refresh/candidate';
import type { MasterData } from '../../../src/domain/refresh/master-data';
import { amount, anItem, lasting, on } from './masters';
import { anOrder, assertText, at, hours, only, refreshAll, refreshed, shown, twoOperations } from './orders';

/** Two operations, Wednesday 25 14:45 to Thursday 26 16:00, for an order due on Friday 27 (T-20). */
const data = twoOperations();

/** The warnings of an order that is refreshed on this day. */
function warnings(
  today: string,
  wanted: Partial<WantedOrder> = {},
  options: Partial<RefreshOptions> = {},
  { masters = data, ...of }: Partial<RefreshCandidate> & { readonly masters?: MasterData } = {},
) {
  const [decision] = refreshAll([anOrder(wanted, of)], masters, options, { today: on(today) });
  assert.equal(decision?.result, 'refreshed');
  return decision.warnings.map(({ code, params: { context, item, operation, at: starts, date } }) => ({
    ...{ code, context, item, operation, date },
    starts: shown((starts ?? null) as Parameters<typeof shown>[0]),
  }));
}

describe('REF-19', () => {
  it('warns of an order whose backward schedule starts before today, naming its first operation', () => {
    const first = { code: 'REF-19', context: undefined, item: 'A', operation: '10', starts: '25 14:45' };
    assert.deepEqual(warnings('2026-11-26'), [{ ...first, date: '2026-11-26' }]);
    assert.deepEqual(warnings('2026-12-24'), [{ ...first, date: '2026-12-24' }]);
  });

  it('does not warn of one that starts today, at whatever time it is', () => {
    assert.deepEqual(warnings('2026-11-25'), []);
    assert.deepEqual(warnings('2026-11-20'), []);
  });

  it('goes by the day of the plant', () => {
    // Half past midnight in Rome is the day before in Greenwich.
    const start = { startsAt: at('2026-11-26 00:30') };
    const forward = { direction: 'forward' } as const;
    const masters = twoOperations({ routings: [], items: [anItem('A')] });
    assert.deepEqual(warnings('2026-11-26', start, forward, { masters }), []);
    assert.equal(warnings('2026-11-27', start, forward, { masters }).length, 1);
  });

  it('says of a forward schedule that it needs a later start', () => {
    const forward = { direction: 'forward' } as const;
    const [warning] = warnings('2026-11-26', { startsAt: at('2026-11-25 08:00') }, forward);
    assert.deepEqual([warning?.context, warning?.operation, warning?.starts], ['forward', '10', '25 08:00']);
  });

  it('names the order where it has no operations', () => {
    const masters = twoOperations({ items: [anItem('A', { leadTimeDays: 3 })] });
    const [back] = warnings('2026-11-26', {}, {}, { masters });
    assert.deepEqual([back?.context, back?.operation, back?.date], ['order', undefined, '2026-11-26']);
    const start = { startsAt: at('2026-11-25 08:00') };
    const [forward] = warnings('2026-11-26', start, { direction: 'forward' }, { masters });
    assert.deepEqual([forward?.context, forward?.starts], ['order_forward', '25 08:00']);
  });

  it('warns where only operations or only materials are calculated, not where nothing is', () => {
    const present = refreshed(anOrder(), data);
    for (const part of ['routings', 'componentNeed'] as const)
      assert.equal(warnings('2026-11-26', {}, only(part), { present }).length, 1, part);
    assert.deepEqual(warnings('2026-11-26', {}, only(), { present }), []);
  });

  it('goes with the other warnings of the order', () => {
    const was = refreshed(anOrder(), data);
    const present = { ...was, lines: was.lines.map((line) => ({ ...line, routing: 'B' })) };
    const codes = warnings('2026-11-26', {}, defaultOptions, { present }).map(({ code }) => code);
    assert.deepEqual(codes, ['REF-05', 'REF-19']);
  });

  describe('of a change by hand', () => {
    const present = refreshed(anOrder(), data);
    const change = (today: string, of: OrderChange) => {
      const facts = { masters: data, hours, booked: [], today: on(today) };
      const decision = decideChange(anOrder({}, { present }), of, facts);
      decision.warnings.forEach(assertText);
      assert.notEqual(decision.content, null);
      return decision.warnings.map(({ code, params }) => [code, params.context, params.operation]);
    };
    const move = (operation: number, startsAt: string | null) =>
      ({
        part: 'operation',
        ...{ orderLine: 10_000, operation, edit: {} },
        startsAt: startsAt === null ? null : at(startsAt),
      }) as const;

    it('warns of an operation that was moved before today', () => {
      const moved = [['REF-19', 'moved', '10']];
      assert.deepEqual(change('2026-11-25', move(10, '2026-11-24 08:00')), moved);
      assert.deepEqual(change('2026-11-25', move(10, '2026-11-25 08:00')), []);
    });

    it('warns of one that was changed where it lies, before today', () => {
      const edit = { run: lasting(4), lotSize: amount(1) };
      assert.deepEqual(change('2026-11-26', { ...move(10, null), edit }), [['REF-19', 'moved', '10']]);
    });

    it('says nothing of an operation before it, which stays', () => {
      assert.deepEqual(change('2026-11-26', move(20, '2026-11-27 08:00')), []);
    });
  });
});
