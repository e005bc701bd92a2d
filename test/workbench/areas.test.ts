import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Area,
  SHEET_COLUMNS,
  SHEET_ROWS,
  contains,
  formatArea,
  parseArea,
  quoteSheetName,
  splitSheet,
} from '../../src/workbench/engine/area';
import { subtract } from '../../src/workbench/engine/area-difference';
import { matcherOf } from '../../src/workbench/engine/filter-criteria';
import { uniqueHeaders } from '../../src/workbench/engine/table-headers';

const small = fc.record({
  row: fc.nat(8),
  column: fc.nat(8),
  rows: fc.integer({ min: 1, max: 6 }),
  columns: fc.integer({ min: 1, max: 6 }),
});

describe('Addresses and areas', () => {
  it('are read as they are written', () => {
    const anywhere = fc.record({
      row: fc.nat(SHEET_ROWS / 2),
      column: fc.nat(SHEET_COLUMNS / 2),
      rows: fc.integer({ min: 1, max: SHEET_ROWS / 2 - 1 }),
      columns: fc.integer({ min: 1, max: SHEET_COLUMNS / 2 - 1 }),
    });
    fc.assert(
      fc.property(anywhere, (area: Area) => {
        assert.deepEqual(parseArea(formatArea(area)), { ...area });
      }),
    );
  });

  it('name whole rows and columns without the other edge', () => {
    assert.equal(formatArea({ row: 0, column: 1, rows: SHEET_ROWS, columns: 2 }), 'B:C');
    assert.equal(formatArea({ row: 2, column: 0, rows: 3, columns: SHEET_COLUMNS }), '3:5');
    assert.deepEqual(parseArea('$B:C'), { row: 0, column: 1, rows: SHEET_ROWS, columns: 2 });
    for (const text of ['', 'A', '1', 'A0', 'A1:2', 'Orders', 'XFE1', 'A1048577']) {
      assert.equal(parseArea(text), undefined, text);
    }
  });

  it('carry the sheet name, quoted where it needs that', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 31 }), (name) => {
        const sheet = name.replace(/[:\\/?*[\]!]/g, '_').replace(/^'|'$/g, '_');
        assert.deepEqual(splitSheet(`${quoteSheetName(sheet)}!A1`), { sheet, rest: 'A1' });
      }),
    );
  });

  it('leave exactly the cells outside when a part is cut out', () => {
    fc.assert(
      fc.property(small, small, (area, cut) => {
        const rest = subtract(area, cut);
        for (let row = 0; row < 16; row++) {
          for (let column = 0; column < 16; column++) {
            const expected = contains(area, row, column) && !contains(cut, row, column) ? 1 : 0;
            assert.equal(rest.filter((part) => contains(part, row, column)).length, expected);
          }
        }
      }),
    );
  });
});

describe('Table headers', () => {
  it('are completed and told apart as Excel does', () => {
    assert.deepEqual(uniqueHeaders(['Qty', '', 'qty', 'Qty']), ['Qty', 'Column1', 'qty2', 'Qty3']);
  });

  it('are all different, whatever was there, and kept where they were', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('', 'a', 'A', 'a2', 'Column1', 'b')), (headers) => {
        const names = uniqueHeaders(headers);
        assert.equal(new Set(names.map((name) => name.toLowerCase())).size, headers.length);
        assert.ok(names.every((name) => name !== ''));
      }),
    );
  });
});

describe('Filter criteria', () => {
  it('compare numbers as numbers and texts with wildcards, without regard to case', () => {
    const passing = (first: string, values: (string | number)[]): (string | number)[] => {
      const matches = matcherOf({ kind: 'criteria', first, operator: 'And' });
      return values.filter((value) => matches(value, String(value)));
    };
    assert.deepEqual(passing('>=10', [9, 10, 11, '12', 'text']), [10, 11]);
    assert.deepEqual(passing('<>10', [10, 11, 'text']), [11, 'text']);
    assert.deepEqual(passing('=fr?m*', ['Frame', 'frames', 'Form', 'A frame']), ['Frame', 'frames']);
    assert.deepEqual(passing('=a.b', ['a.b', 'axb']), ['a.b']);
  });
});
