import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LotsOfLine, LotsOfStock } from '../../src/contract/lots';
import type { Outcome } from '../../src/contract/runs';
import { chosenIn } from '../../src/addin/sync/chosen-lots';
import { type LotCells, lotColumns, type LotRow } from '../../src/addin/sync/lot-columns';
import { lotRows, type ToldLots } from '../../src/addin/sync/lot-rows';
import { textsIn } from '../../src/addin/texts';
import { calendarDate } from '../../src/domain/calendar';
import { orderKey } from '../../src/domain/order';
import { quantity } from '../../src/domain/quantity';
import { refusal } from '../../src/domain/refusals';
import { formatsFor } from '../../src/language/formats';
import { anOutcome } from './excel/workbook';

const company = 'IT';
const words = { t: textsIn('en'), formats: formatsFor('en', 'en'), system: 1900 } as const;
const order = (number: number) => orderKey({ year: 2026, number, lot: 0 });

function lineOf(
  number: number,
  taken: Record<string, string>,
  changes: Partial<LotsOfLine> = {},
): LotsOfLine {
  const lots = Object.entries(taken).map(([lot, of]) => ({ lot, quantity: of }));
  return {
    ...{ order: order(number), line: 10, item: 'A', variant: '', warehouse: 'MAG1', need: '100', lots },
    ...changes,
  };
}

function stockOf(available: Record<string, string>, picking: LotsOfStock['picking'] = 'fifo'): LotsOfStock {
  const expiresOn = calendarDate('2026-12-31');
  const lots = Object.entries(available).map(([lot, there]) => {
    return { lot, receivedOn: null, expiresOn, expired: false, available: there };
  });
  return { item: 'A', variant: '', description: 'Tube', warehouse: 'MAG1', unit: 'PC', picking, lots };
}

const told = (
  lots: readonly LotsOfLine[],
  stock = stockOf({ L1: '30', L2: '90', L3: '5', L4: '0' }),
  outcomes: readonly Outcome[] = lots.map(({ order: key }) => ({ ...anOutcome(1), key })),
): ToldLots => ({ lots: [...lots], lotStocks: [stock], outcomes: [...outcomes] });

/** As Excel gives back what was written. */
const read = (rows: readonly LotCells[]): LotRow[] =>
  rows.map((row) => {
    const cells = Object.entries(row).map(([field, cell]) => [
      field,
      typeof cell === 'string' ? cell.replace(/^'/, '') : cell,
    ]);
    return Object.fromEntries(cells) as LotRow;
  });
const write = (of: ToldLots, standing: readonly LotRow[] = []) => read(lotRows(of, standing, company, words));
const chosen = (rows: readonly LotRow[]) => chosenIn({ rows, firstRow: 2 }, company);
const taking = (rows: readonly LotRow[], ...quantities: unknown[]) =>
  rows.map((row, at) => ({ ...row, quantity: quantities[at] ?? '' }));

describe('the columns of the sheet of lots', () => {
  it('show what became of a choice beside the pane on a screen 1366 pixels wide', () => {
    const inView = lotColumns.slice(0, lotColumns.findIndex(({ field }) => field === 'result') + 1);
    const points = inView.reduce((sum, { width }) => sum + width, 0);
    const [pixelsPerPoint, pane, rowNumbers] = [4 / 3, 350, 40];
    assert.ok(points * pixelsPerPoint <= 1366 - pane - rowNumbers, `${points} points`);
  });
});

describe('lots chosen in the sheet', () => {
  const proposed = write(told([lineOf(1, { L1: '30', L2: '70' })]));

  it('offers the lots proposed, then others there are, and takes a proposal for no choice', () => {
    assert.deepEqual(
      proposed.map(({ lot, available, quantity: of }) => [lot, available, of]),
      [
        ['L1', 30, 30],
        ['L2', 90, 70],
        ['L3', 5, ''],
      ],
    );
    assert.deepEqual(chosen(proposed), { chosen: [], unreadable: [] });
  });

  it('offers expired lots by name to a line that lacks its lots, however many lines there are', () => {
    const stock = stockOf({ OLD: '80', L1: '30' }, 'expiry');
    const lots = stock.lots.map((lot) => ({ ...lot, expired: lot.lot === 'OLD' }));
    const many = Array.from({ length: 1001 }, (_, at) => lineOf(at + 1, { L1: '30' }));
    const why = refusal('REL-10', {
      ...{ item: 'A', variant: '', warehouse: 'MAG1', unit: 'PC', lot: '', need: '100', available: '30' },
      ...{ short: '70', expired: '80', context: 'expired' },
    });
    const refused = { ...anOutcome(1), key: order(1), refusals: [why] };
    const [good, old] = write(told(many, { ...stock, lots }, [refused]));
    assert.deepEqual([good?.lot, good?.quantity, old?.lot, old?.quantity], ['L1', 30, 'OLD', '']);
    assert.match(String(good?.result), /80 lie in lots that have expired/);
    assert.equal(old?.result, 'Expired');
    const typed = taking([good, old] as LotRow[], 30, 70);
    assert.deepEqual(
      write(told([lineOf(1, { L1: '30', OLD: '70' })], { ...stock, lots }), typed).map(
        ({ result }) => result,
      ),
      ['Chosen', 'Chosen'],
    );
  });

  it('reads typed quantities, other lots, rows that were added or copied, and misses rows that were deleted', () => {
    const parts = (rows: readonly LotRow[]) =>
      chosen(rows).chosen.flatMap(({ lots }) => lots.map(({ lot, quantity: of }) => `${lot} ${of}`));
    const [first, second, third] = proposed as [LotRow, LotRow, LotRow];
    assert.deepEqual(parts(taking(proposed, 25, '70', 5)), ['L1 25', 'L2 70', 'L3 5']);
    assert.deepEqual(parts([{ ...first, lot: 'L9' }, second, third]), ['L9 30', 'L2 70']);
    assert.deepEqual(parts([first, second, { ...third, lot: 'L9', quantity: 1 }]), [
      'L1 30',
      'L2 70',
      'L9 1',
    ]);
    assert.deepEqual(parts([second, third]), ['L2 70']);
    assert.deepEqual(parts([first, second, second]), ['L1 30', 'L2 70', 'L2 70']);
    const added = { ...first, key: '', loaded: '', lot: 'L3', quantity: 5 };
    assert.deepEqual(parts([first, second, added]), ['L1 30', 'L2 70', 'L3 5']);
    assert.deepEqual(parts(taking(proposed)), []);
  });

  it('goes by the order and line a row shows, and leaves rows of other companies alone', () => {
    const [first] = proposed as [LotRow];
    const copied = { ...first, order: '2026/2/0', line: 20, quantity: 1 };
    assert.deepEqual(
      chosen([copied]).chosen.map((line) => [line.order, line.line]),
      [['2026/2/0', 20]],
    );
    assert.deepEqual(chosen([{ ...first, quantity: 1, key: '10 2026/1/0 DE' }]).chosen, []);
  });

  it('names rows without a lot or with what is no quantity above zero', () => {
    for (const wrong of [
      { quantity: 'abc' },
      { quantity: -1 },
      { quantity: '1,5' },
      { lot: '', quantity: 1 },
    ]) {
      const [first, second, third] = proposed as [LotRow, LotRow, LotRow];
      const { chosen: none, unreadable } = chosen([first, { ...second, ...wrong }, third]);
      assert.deepEqual([none, unreadable], [[], [{ order: order(1), row: 3 }]], JSON.stringify(wrong));
    }
  });

  it('keeps a choice as it was typed until its order goes, with what is said of it', () => {
    const line = lineOf(1, { L1: '30', L2: '70' });
    const typed = taking(proposed, 20, 80);
    const again = write(told([lineOf(1, { L1: '20', L2: '80' })]), typed);
    assert.deepEqual(
      again.map(({ lot, quantity: of, result }) => [lot, of, result]),
      [
        ['L1', 20, 'Chosen'],
        ['L2', 80, 'Chosen'],
        ['L3', '', ''],
      ],
    );
    assert.deepEqual(chosen(again), chosen(typed));
    // By then the rule may propose others.
    assert.equal(chosen(taking(again, 30, 70)).chosen.length, 1);
    const others = write(told([]), typed);
    assert.deepEqual(chosen(others), chosen(typed));
    assert.match(String(others[0]?.result), /not in the last preview/);
    assert.deepEqual(write({ ...told([line]), lots: [] }, typed), []);
  });

  it('names what is wrong at its row: of a lot there, of the line at its first', () => {
    const typed = taking(proposed, 40, 60);
    const params = {
      item: 'A',
      variant: '',
      warehouse: 'MAG1',
      unit: 'PC',
      need: '40',
      available: '30',
      short: '10',
    };
    const refused = anOutcome(1, {
      result: 'refused',
      refusals: [
        { code: 'REL-10', params: { ...params, lot: 'L1' } },
        {
          code: 'REL-09',
          params: { ...params, order: order(1), line: '10', quantity: '99', context: 'otherSum' },
        },
      ],
    });
    const [first, second] = write(told([], undefined, [refused]), typed);
    assert.match(String(first?.result), /need 40 PC, available 30, short 10.*\n.*come to 99 PC/s);
    assert.equal(second?.result, 'Chosen');
  });

  it('leaves lines where they stand, and adds new ones below', () => {
    const [one, two, three] = [1, 2, 3].map((number) => lineOf(number, { L1: '1' })) as [
      LotsOfLine,
      LotsOfLine,
      LotsOfLine,
    ];
    const none = stockOf({});
    const standing = write(told([two, one], none)).map((row, at) =>
      at === 1 ? { ...row, quantity: 5 } : row,
    );
    const again = write(told([one, three, two], none), standing);
    assert.deepEqual(
      again.map((row) => [row.order, row.quantity]),
      [
        ['2026/2/0', 1],
        ['2026/1/0', 5],
        ['2026/3/0', 1],
      ],
    );
  });

  it('keeps rows that say something to take and no line', () => {
    const [first] = proposed as [LotRow];
    const own = { ...first, key: '', order: '', line: '', loaded: '', quantity: 7 };
    const [, , , kept] = write(told([lineOf(1, { L1: '30', L2: '70' })]), [...proposed, own]);
    assert.deepEqual([kept?.quantity, kept?.result], [7, 'Enter the order and the line.']);
  });

  it('writes text as text', () => {
    const [row] = lotRows(told([lineOf(1, { '=1+1': '1' })]), [], company, words);
    assert.equal(row?.lot, "'=1+1");
  });

  const lotName = fc.stringMatching(/^[A-Z0-9=+.'/-]{1,6}( [0-9])?$/);
  const amount = fc.integer({ min: 1, max: 999_999 }).map((n) => quantity(String(n)).div(1000).toFixed());
  const taken = fc.dictionary(lotName, amount, { maxKeys: 5, noNullPrototype: true });

  it('never takes what it wrote itself for a choice, and never loses one', () =>
    fc.assert(
      fc.property(taken, taken, amount, (first, second, typed) => {
        const standing = write(told([lineOf(1, first), lineOf(2, second)], stockOf({ ...first, ...second })));
        assert.deepEqual(chosen(standing), { chosen: [], unreadable: [] });
        const at = standing.findIndex(({ lot, quantity: of }) => lot !== '' && String(of) !== typed);
        if (at < 0) return;
        const changed = standing.map((row, index) =>
          index === at ? { ...row, quantity: Number(typed) } : row,
        );
        const choice = chosen(changed);
        assert.equal(choice.chosen.length, 1);
        const anew = write(told([lineOf(2, second), lineOf(1, first)]), changed);
        assert.deepEqual(chosen(anew), choice);
        assert.deepEqual(chosen(write(told([]), anew)), choice);
      }),
    ));
});
