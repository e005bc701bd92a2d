import assert from 'node:assert/strict';
import type { OrderState } from '../../../src/domain/order';
import { decideReservation, type ReservationCandidate } from '../../../src/domain/reservation/decide';
import type { Reservation, ReservationStep } from '../../../src/domain/reservation/reservation';
import { amount } from '../refresh/masters';
import { assertText, keyOf } from '../refresh/orders';

const key = keyOf(1);
const component = (line: number, of: Partial<Reservation> = {}): Reservation => ({
  ...{ of: 'component', document: 'R-1', line, item: 'A', variant: '', warehouse: 'MAG1', lot: '' },
  ...{ quantity: amount(5), unit: 'PC', active: false },
  ...of,
});
const output = (line: number, of: Partial<Reservation> = {}): Reservation =>
  component(line, { of: 'output', document: 'SO-1', item: 'P', warehouse: '', ...of });

function aCandidate(
  reservations: readonly Reservation[],
  of: Partial<ReservationCandidate> = {},
  state: OrderState = 'launched',
): ReservationCandidate {
  const place = { item: 'A', variant: '', warehouse: 'MAG1', lot: '' };
  return {
    marked: { key },
    order: { key, state, version: 1, lastChange: null },
    reservations,
    freeOutput: amount(8),
    freeStock: [{ ...place, quantity: amount(12) }],
    needs: [{ item: 'A', variant: '', quantity: amount(20) }],
    ...of,
  };
}

function decide(
  candidate: ReservationCandidate,
  step: ReservationStep['step'],
  reservations: ReservationStep['reservations'] = candidate.reservations.map(({ of, document, line }) => ({
    ...{ of, document, line },
  })),
) {
  const decision = decideReservation(candidate, { step, reservations });
  decision.refusals.forEach(assertText);
  return decision;
}
const why = (decision: ReturnType<typeof decide>) =>
  decision.refusals.map(({ code, params }) => [code, params['line'], params['short'] ?? params['need']]);

describe('reservations of an order', () => {
  it('are cancelled in any state, and reserved again as they were', () => {
    const standing = [component(1, { active: true }), output(1, { active: true })];
    assert.deepEqual(
      decide(aCandidate(standing, {}, 'fulfilled'), 'cancel').changed.map(({ active }) => active),
      [false, false],
    );
    const { changed } = decide(aCandidate([component(1), output(1)]), 'reserve');
    assert.deepEqual(changed, [component(1, { active: true }), output(1, { active: true })]);
  });

  it('ORD-01 need an order', () =>
    assert.deepEqual(why(decide(aCandidate([], { order: null }), 'cancel', [])), [
      ['ORD-01', undefined, undefined],
    ]));

  it('RSV-01 are cancelled once, and reserved again only when they were cancelled', () => {
    assert.deepEqual(why(decide(aCandidate([component(1)]), 'cancel')), [['RSV-01', '1', undefined]]);
    assert.deepEqual(why(decide(aCandidate([component(1, { active: true })]), 'reserve')), [
      ['RSV-01', '1', undefined],
    ]);
    const name = { of: 'component', document: 'R-1', line: 1 } as const;
    assert.deepEqual(why(decide(aCandidate([component(1)]), 'reserve', [name, name])), [
      ['RSV-01', '1', undefined],
    ]);
  });

  it('RSV-02 stock is reserved while the order is launched, output until it is fulfilled', () => {
    const both = [component(1), output(2)];
    const { refusals } = decide(aCandidate(both, {}, 'executive'), 'reserve');
    assert.deepEqual(
      refusals.map(({ code, params }) => [code, params['state']]),
      [['RSV-02', 'executive']],
    );
    assert.deepEqual(
      decide(aCandidate(both, {}, 'fulfilled'), 'reserve').refusals.map(({ code, params }) => [
        code,
        params['context'],
      ]),
      [
        ['RSV-02', undefined],
        ['RSV-02', 'output'],
      ],
    );
  });

  it('RSV-03 nobody is promised more than is free, and what the step reserves before counts', () => {
    const three = [component(1), component(2), component(3)];
    assert.deepEqual(why(decide(aCandidate(three), 'reserve')), [['RSV-03', '3', '3']]);
    assert.deepEqual(why(decide(aCandidate([output(1), output(2)]), 'reserve')), [['RSV-03', '2', '2']]);
    const less = { of: 'output', document: 'SO-1', line: 2, quantity: '3' } as const;
    const first = { of: 'output', document: 'SO-1', line: 1 } as const;
    assert.deepEqual(why(decide(aCandidate([output(1), output(2)]), 'reserve', [first, less])), []);
  });

  it('RSV-04 no more than the order still needs, which a refresh may have changed', () => {
    const needs = [{ item: 'A', variant: '', quantity: amount(7) }];
    assert.deepEqual(why(decide(aCandidate([component(1), component(2)], { needs }), 'reserve')), [
      ['RSV-04', '2', '2'],
    ]);
    assert.deepEqual(why(decide(aCandidate([component(1)], { needs: [] }), 'reserve')), [
      ['RSV-04', '1', '0'],
    ]);
  });

  it('go all together or not at all', () =>
    assert.deepEqual(
      decide(aCandidate([component(1), component(2, { active: true })]), 'cancel').changed,
      [],
    ));
});
