import assert from 'node:assert/strict';
import { calendarDate } from '../../../src/domain/calendar';
import type { OrderKey } from '../../../src/domain/order';
import { quantity, quantityText, type Quantity } from '../../../src/domain/quantity';
import type { ReleaseCandidate } from '../../../src/domain/release/candidate';
import { decideRelease, type ReleaseDecision } from '../../../src/domain/release/decide';
import type { ChosenLots, LotFacts, LotPicking } from '../../../src/domain/release/lots';
import type { StockBalance, StockKey } from '../../../src/domain/release/stock';
import { candidate, codes, keyOf, ready } from '../candidates';

const postedOn = calendarDate('2026-11-20');
// Any text that tells stocks apart will do here.
const stockA = 'A' as StockKey;
const stockOf = (lot: string) => `A ${lot}` as StockKey;

interface GivenLot {
  readonly onHand: string;
  readonly received?: string;
  readonly expires?: string;
  readonly reserved?: string;
  readonly reservedFor?: Readonly<Record<number, string>>;
}

/** Lots of item A. */
function lotsOf(lots: Readonly<Record<string, GivenLot>>, picking: LotPicking = 'fifo') {
  const facts: LotFacts = {
    postedOn,
    stocks: new Map([
      [
        stockA,
        {
          ...{ item: 'A', variant: '', warehouse: 'MAG1', unit: 'PC', picking },
          lots: Object.entries(lots).map(([lot, { received, expires }]) => ({
            ...{ lot, stock: stockOf(lot) },
            receivedOn: received === undefined ? null : calendarDate(received),
            expiresOn: expires === undefined ? null : calendarDate(expires),
          })),
        },
      ],
    ]),
  };
  const balances = new Map(
    Object.entries(lots).map(
      ([lot, { onHand, reserved = '0', reservedFor = {} }]): [StockKey, StockBalance] => [
        stockOf(lot),
        {
          ...{
            item: 'A',
            variant: '',
            warehouse: 'MAG1',
            lot,
            unit: 'PC',
            lotManaged: true,
            belowZero: 'never',
          },
          ...{ onHand: quantity(onHand), reserved: quantity(reserved) },
          reservedFor: new Map<OrderKey, Quantity>(
            Object.entries(reservedFor).map(([number, text]) => [keyOf(Number(number)), quantity(text)]),
          ),
        },
      ],
    ),
  );
  return { facts, balances };
}

/** An order whose lines need so much of item A, by line. */
const needing = (
  number: number,
  needs: Readonly<Record<number, string>>,
  chosen: Readonly<Record<number, Readonly<Record<string, string>>>> = {},
): ReleaseCandidate => ({
  ...ready(candidate(number)),
  lotNeeds: Object.entries(needs).map(([line, text]) => ({
    ...{ line: Number(line), item: 'A', stock: stockA, quantity: quantity(text) },
  })),
  chosenLots: Object.entries(chosen).map(([line, lots]): ChosenLots => ({
    line: Number(line),
    lots: Object.entries(lots).map(([lot, text]) => ({ lot, quantity: quantity(text) })),
  })),
});

const decide = (given: ReturnType<typeof lotsOf>, ...orders: ReleaseCandidate[]) =>
  decideRelease(orders, given.balances, { lots: given.facts });

/** `line: lot quantity, …` of each line. */
const taken = (decision: ReleaseDecision | undefined) =>
  decision?.lots?.map(
    ({ line, parts }) =>
      `${line}: ${parts.map((part) => `${part.lot} ${quantityText(part.quantity)}`).join(', ')}`,
  );

describe('giving lots to the orders of a release', () => {
  it('T-37 first in, first out: 100 come of the older lot as long as it lasts, then of the next', () => {
    const given = lotsOf({
      L2: { onHand: '90', received: '2026-10-20' },
      L1: { onHand: '30', received: '2026-10-02' },
    });
    const [decision] = decide(given, needing(1, { 10: '100' }));
    assert.deepEqual([codes(decision?.refusals), taken(decision)], [[], ['10: L1 30, L2 70']]);
  });

  it('T-37 a lot does not go below zero, whatever is allowed', () => {
    const given = lotsOf({ L1: { onHand: '30' }, L2: { onHand: '60' } });
    const [decision] = decideRelease([needing(1, { 10: '100' })], given.balances, {
      lots: given.facts,
      force: true,
    });
    assert.deepEqual(decision?.refusals, [
      {
        code: 'REL-10',
        params: {
          ...{ item: 'A', variant: '', warehouse: 'MAG1', unit: 'PC', lot: '' },
          ...{ need: '100', available: '90', short: '10' },
        },
      },
    ]);
  });

  it('REL-09 where lots are picked by hand and none is chosen', () => {
    const given = lotsOf({ L1: { onHand: '300' } }, 'manual');
    const [decision] = decide(given, needing(1, { 10: '100', 20: '5' }));
    assert.deepEqual(
      decision?.refusals.map(({ code, params }) => [code, params['line'], params['need']]),
      [
        ['REL-09', '10', '100'],
        ['REL-09', '20', '5'],
      ],
    );
  });

  it('takes lots of which nobody knows when they came first, and of one day by their code', () => {
    const given = lotsOf({
      B: { onHand: '5', received: '2026-10-02' },
      A: { onHand: '5', received: '2026-10-02' },
      Z: { onHand: '5' },
    });
    assert.deepEqual(taken(decide(given, needing(1, { 10: '12' }))[0]), ['10: Z 5, A 5, B 2']);
  });

  describe('by expiry', () => {
    const given = lotsOf(
      {
        never: { onHand: '50', received: '2026-01-01' },
        late: { onHand: '50', expires: '2027-01-31' },
        soon: { onHand: '50', expires: '2026-11-20' },
        gone: { onHand: '50', expires: '2026-11-19' },
      },
      'expiry',
    );

    it('takes what expires first, on its last day too, what has expired not at all, what never expires last', () => {
      assert.deepEqual(taken(decide(given, needing(1, { 10: '120' }))[0]), [
        '10: soon 50, late 50, never 20',
      ]);
    });

    it('REL-10 says how much lies in expired lots', () => {
      const [decision] = decide(given, needing(1, { 10: '160' }));
      const { need, available, short, expired, context } = decision?.refusals[0]?.params ?? {};
      assert.deepEqual([need, available, short, expired, context], ['160', '150', '10', '50', 'expired']);
    });

    it('takes an expired lot that the planner chose, and warns of it', () => {
      const [decision] = decide(given, needing(1, { 10: '10' }, { 10: { gone: '10' } }));
      assert.deepEqual(taken(decision), ['10: gone 10']);
      const [warning] = decision?.warnings ?? [];
      const { lot, date, context } = warning?.params ?? {};
      assert.deepEqual([warning?.code, lot, date, context], ['REL-09', 'gone', '2026-11-19', 'expired']);
    });
  });

  it('gives a later order what the earlier ones left of every lot, and nothing of it to a refused one', () => {
    const given = lotsOf({ L1: { onHand: '30' }, L2: { onHand: '90' } });
    const decisions = decide(
      given,
      needing(1, { 10: '20' }),
      needing(2, { 10: '150' }),
      needing(3, { 10: '100' }),
    );
    assert.deepEqual(
      decisions.map((each) => (each.refusals.length === 0 ? taken(each) : codes(each.refusals))),
      [['10: L1 20'], ['REL-10'], ['10: L1 10, L2 90']],
    );
  });

  it('counts the lines of one material together', () => {
    const given = lotsOf({ L1: { onHand: '30' }, L2: { onHand: '90' } });
    const [fits] = decide(given, needing(1, { 10: '100', 20: '20' }));
    assert.deepEqual(taken(fits), ['10: L1 30, L2 70', '20: L2 20']);
    const [short] = decide(given, needing(1, { 10: '100', 20: '21' }));
    assert.deepEqual(
      short?.refusals.map(({ params }) => [params['need'], params['available'], params['short']]),
      [['121', '120', '1']],
    );
  });

  it('leaves alone what is reserved for others, and takes first what is reserved for the order itself', () => {
    const given = lotsOf({
      L1: { onHand: '30', reserved: '25' },
      L2: { onHand: '90', reserved: '40', reservedFor: { 1: '40' } },
    });
    assert.deepEqual(taken(decide(given, needing(1, { 10: '50' }))[0]), ['10: L2 45, L1 5']);
    assert.deepEqual(taken(decide(given, needing(2, { 10: '55' }))[0]), ['10: L1 5, L2 50']);
    const [short] = decide(given, needing(2, { 10: '56' }));
    const { available, reserved, context } = short?.refusals[0]?.params ?? {};
    assert.deepEqual([available, reserved, context], ['55', '65', 'reserved']);
  });

  it('uses up what is reserved for the order once, not once a line', () => {
    const given = lotsOf({
      L1: { onHand: '30' },
      L2: { onHand: '90', reserved: '5', reservedFor: { 1: '5' } },
    });
    assert.deepEqual(taken(decide(given, needing(1, { 10: '3', 20: '4' }))[0]), [
      '10: L2 3',
      '20: L2 2, L1 2',
    ]);
  });

  it('withdraws first from the lots that lines name themselves', () => {
    const given = lotsOf({ L1: { onHand: '30' }, L2: { onHand: '90' } });
    const named = {
      ...needing(1, { 10: '40' }),
      needs: [{ stock: stockOf('L1'), quantity: quantity('25') }],
    };
    assert.deepEqual(taken(decide(given, named)[0]), ['10: L1 5, L2 35']);
  });

  describe('with a choice of the planner', () => {
    const given = lotsOf({ L1: { onHand: '30' }, L2: { onHand: '90' } });

    it('takes the chosen lots, and lines without a choice what these leave', () => {
      const [decision] = decide(given, needing(1, { 10: '20', 20: '50' }, { 20: { L1: '20', L2: '30' } }));
      assert.deepEqual(taken(decision), ['10: L1 10, L2 10', '20: L1 20, L2 30']);
    });

    it('lets an order go whose lots are picked by hand', () => {
      const byHand = lotsOf({ L1: { onHand: '30' }, L2: { onHand: '90' } }, 'manual');
      const [decision] = decide(byHand, needing(1, { 10: '20' }, { 10: { L2: '20' } }));
      assert.deepEqual([decision?.refusals, taken(decision)], [[], ['10: L2 20']]);
    });

    it('REL-09 where it comes to more or less than the line needs', () => {
      for (const chosen of ['19', '21']) {
        const [decision] = decide(given, needing(1, { 10: '20' }, { 10: { L2: chosen } }));
        const { code, params } = decision?.refusals[0] ?? {};
        assert.deepEqual([code, params?.['context'], params?.['quantity']], ['REL-09', 'otherSum', chosen]);
      }
    });

    it('REL-09 where a lot is not there', () => {
      const [decision] = decide(given, needing(1, { 10: '20' }, { 10: { L2: '10', L9: '10' } }));
      const { code, params } = decision?.refusals[0] ?? {};
      assert.deepEqual([code, params?.['context'], params?.['lot']], ['REL-09', 'unknownLot', 'L9']);
    });

    it('REL-09 where the line takes no lots', () => {
      const [decision] = decide(given, needing(1, { 10: '20' }, { 30: { L2: '20' } }));
      const { code, params } = decision?.refusals[0] ?? {};
      assert.deepEqual([code, params], ['REL-09', { order: '2026/1/0', line: '30', context: 'otherLine' }]);
    });

    it('REL-10 where a chosen lot has not so much left, named with the lot', () => {
      const decisions = decide(
        given,
        needing(1, { 10: '20' }),
        needing(2, { 10: '20' }, { 10: { L1: '20' } }),
      );
      const { lot, available, short } = decisions[1]?.refusals[0]?.params ?? {};
      assert.deepEqual([lot, available, short], ['L1', '10', '10']);
    });
  });

  it('finds again in a lot what the restore right before gives back', () => {
    const given = lotsOf({ L1: { onHand: '0' }, L2: { onHand: '90' } });
    const anew = (number: number): ReleaseCandidate => ({
      ...needing(number, { 10: '50' }),
      returned: [{ stock: stockOf('L1'), quantity: quantity('30') }],
    });
    assert.deepEqual(decide(given, anew(1), anew(2)).map(taken), [
      ['10: L1 30, L2 20'],
      ['10: L1 30, L2 20'],
    ]);
  });

  it('says nothing of lots where no line needs any', () => {
    const [decision] = decideRelease([ready(candidate(1))], new Map());
    assert.deepEqual(decision, { key: keyOf(1), refusals: [], warnings: [] });
  });
});
