import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calendarDate, instant } from '../../../src/domain/calendar';
import type { StockMove } from '../../../src/domain/declaration/posting';
import { quantity, quantityText } from '../../../src/domain/quantity';
import type { StockKey } from '../../../src/domain/release/stock';
import type { RestoreCandidate } from '../../../src/domain/restore/decide';
import { unwind, type Posted, type UnwindFacts, type UnwindStep } from '../../../src/domain/restore/unwind';
import type { Work, WorkLine, WorkState } from '../../../src/domain/work/work';
import { candidate, codes } from '../candidates';
import { declaration, declaredIn, type Situation } from '../declaration/declared';

const move = (
  direction: StockMove['direction'],
  item: string,
  amount: string,
  onHand: string,
): StockMove => ({
  ...{ line: 1, direction, item, variant: '', lot: '', lotManaged: false, unit: 'PC', warehouse: 'MAG1' },
  // A stock of a test is its item.
  ...{ quantity: quantity(amount), reason: 'X', stock: item as StockKey, onHand: quantity(onHand) },
  mayGoNegative: false,
});
const posted = (...moves: StockMove[]): Posted => ({ moves, closed: [] });

const line = (number: number, changes: Partial<WorkLine> = {}): WorkLine => ({
  ...{
    line: number,
    material: number,
    item: 'B',
    variant: '',
    lot: '',
    unit: 'PC',
    pickFrom: 'MAG1',
    putTo: 'LINE1',
  },
  ...{ quantity: quantity('10'), state: 'open', picked: null, cause: null },
  ...changes,
});
const confirmed = (number: number, cause: number) =>
  line(number, { state: 'confirmed', picked: quantity('10'), cause });
const work = (number: number, state: WorkState, ...lines: WorkLine[]): Work => ({
  ...{ number, state, lines, madeAt: instant(new Date('2026-11-20T09:30:00Z')), madeBy: 'anna' },
});

interface Given extends Partial<Omit<UnwindFacts, 'candidate' | 'declared' | 'posted'>> {
  readonly declared?: Situation;
  readonly posted?: Readonly<Record<number, Posted>>;
  readonly candidate?: Partial<RestoreCandidate>;
}

function stepsOf({
  declared = {},
  posted: moves = {},
  candidate: changes = {},
  ...facts
}: Given): UnwindStep[] {
  const { state = 'executive' } = declared;
  return unwind({
    candidate: {
      ...candidate(1, { state }),
      ...{ declarations: [], hasMovements: true, released: true, closedRecords: [] },
      ...changes,
    },
    declared: declaredIn(declared),
    works: [],
    posted: new Map(Object.entries(moves).map(([cause, each]) => [Number(cause), each])),
    closedRecords: [],
    ...facts,
  });
}
const said = (steps: readonly UnwindStep[]) =>
  steps.map(({ action }) => Object.values(action).map(String).join(' '));
const changesOf = ({ changes }: UnwindStep) =>
  changes.map(
    ({ of, change, before, after }) =>
      `${of.item} ${quantityText(change)}: ${quantityText(before)} > ${quantityText(after)}`,
  );

describe('the steps back to a launched order', () => {
  it('are the restore alone where nothing was done since the release', () => {
    const steps = stepsOf({ posted: { 1: posted(move('unload', 'A', '100', '40')) } });
    assert.deepEqual(said(steps), ['restore']);
    assert.deepEqual(steps.map(changesOf), [['A 100: 40 > 140']]);
    assert.deepEqual(steps[0]?.refusals, []);
  });

  it('roll back and delete the newest declaration first, then take the work back, then restore', () => {
    const steps = stepsOf({
      declared: {
        state: 'fulfilled',
        declarations: [
          declaration(1, { registered: true }),
          declaration(2, { registered: true, closing: true, cause: 4 }),
        ],
      },
      works: [work(7, 'closed', confirmed(1, 2), confirmed(2, 3))],
      posted: {
        1: posted(move('unload', 'A', '100', '40')),
        2: posted(move('unload', 'B', '10', '0'), { ...move('load', 'B here', '10', '0') }),
        3: posted(move('unload', 'B', '10', '0'), { ...move('load', 'B here', '10', '0') }),
        4: posted(move('load', 'P', '20', '20'), move('unload', 'B here', '20', '0')),
      },
      candidate: {
        declarations: [1, 2],
        work: [{ number: 7, state: 'closed' }],
        picked: [
          { line: 1, item: 'B', unit: 'PC', quantity: quantity('10'), work: 7 },
          { line: 2, item: 'B', unit: 'PC', quantity: quantity('10'), work: 7 },
        ],
      },
    });
    assert.deepEqual(said(steps), [
      ...['rollBack 2', 'delete 2', 'rollBack 1', 'delete 1'],
      ...['reverse 7 2', 'reverse 7 1', 'cancel 7', 'restore'],
    ]);
    assert.deepEqual(steps.map(changesOf), [
      ['P -20: 20 > 0', 'B here 20: 0 > 20'],
      ...[[], [], []],
      ['B 10: 0 > 10', 'B here -10: 20 > 10'],
      ['B 10: 10 > 20', 'B here -10: 10 > 0'],
      [],
      ['A 100: 40 > 140'],
    ]);
    assert.deepEqual(
      steps.flatMap(({ refusals }) => refusals),
      [],
      'each is let go once those before it are taken',
    );
  });

  it('leave open work to the restore, which says so, and take nothing back of cancelled work', () => {
    const steps = stepsOf({ works: [work(6, 'cancelled', line(1)), work(7, 'open', line(1))] });
    assert.deepEqual(said(steps), ['restore']);
    assert.deepEqual(
      steps[0]?.warnings.map(({ params }) => params['work']),
      ['7'],
    );
  });

  it('cancel work that was started only', () => {
    assert.deepEqual(said(stepsOf({ works: [work(7, 'in_process', line(1))] })), ['cancel 7', 'restore']);
  });

  it('say at a step what keeps it, and go on: DEC-09 where the output is gone', () => {
    const steps = stepsOf({
      declared: {
        state: 'fulfilled',
        declarations: [declaration(1, { registered: true, closing: true, cause: 2 })],
      },
      posted: { 2: posted(move('load', 'P', '20', '5')) },
    });
    assert.deepEqual(said(steps), ['rollBack 1', 'delete 1', 'restore']);
    assert.deepEqual(
      steps.map(({ refusals }) => codes(refusals)),
      [['DEC-09'], [], []],
    );
  });

  it('say at the restore what no step takes back: RES-04 another system, RES-05 a closed period', () => {
    const closed = {
      ...{ warehouse: 'MAG1', day: calendarDate('2026-10-30') },
      ...{ from: calendarDate('2026-10-01'), to: calendarDate('2026-10-31') },
    };
    const steps = stepsOf({
      works: [work(7, 'in_process', confirmed(1, 2))],
      posted: {
        1: posted(move('unload', 'A', '100', '40')),
        2: posted(move('unload', 'B', '10', '0')),
      },
      candidate: { picked: [{ line: 1, item: 'B', unit: 'PC', quantity: quantity('15'), work: 7 }] },
      closedRecords: [
        { ...closed, record: 12, cause: 1 },
        { ...closed, record: 13, cause: 2 },
      ],
    });
    assert.deepEqual(
      steps.at(-1)?.refusals.map(({ code, params }) => [code, params['record'] ?? params['quantity']]),
      [
        ['RES-05', '12'],
        ['RES-04', '5'],
      ],
    );
  });

  it('end with the refusal where no road leads back: a historical order keeps its declarations', () => {
    const steps = stepsOf({ declared: { state: 'historical', declarations: [declaration(1)] } });
    assert.deepEqual(said(steps), ['restore']);
    assert.deepEqual(codes(steps[0]?.refusals), ['RES-01', 'RES-02']);
  });

  it('take back exactly what is posted, whatever was done', () => {
    const amount = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        fc.array(amount, { maxLength: 4 }),
        fc.array(amount, { maxLength: 4 }),
        (picks, outputs) => {
          const causes = [...picks, ...outputs].map((each, index) => ({ cause: index + 2, each }));
          const direction = (index: number) => (index < picks.length ? 'unload' : 'load');
          const total = causes.reduce(
            (sum, { each }, index) => sum + (index < picks.length ? -each : each),
            0,
          );
          const moves = causes.map(({ cause, each }, index) => [
            cause,
            posted(move(direction(index), 'A', String(each), '1000')),
          ]);
          const steps = stepsOf({
            declared: {
              declarations: outputs.map((_, index) =>
                declaration(index + 1, { registered: true, cause: index + 2 + picks.length }),
              ),
            },
            works: picks.map((each, index) =>
              work(index + 1, 'in_process', {
                ...confirmed(1, index + 2),
                picked: quantity(String(each)),
              }),
            ),
            posted: Object.fromEntries(moves) as Record<number, Posted>,
          });
          const changed = steps.flatMap(({ changes }) => changes.map(({ change }) => change.toNumber()));
          assert.equal(
            changed.reduce((sum, each) => sum + each, 0),
            0 - total,
          );
          assert.deepEqual(steps.at(-1)?.refusals, []);
        },
      ),
    );
  });
});
