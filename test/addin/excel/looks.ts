import assert from 'node:assert/strict';
import { type Area, intersect } from '../../../src/workbench/engine/area';
import type { CellStyle, Table } from '../../../src/workbench/engine/workbook';

/** The colour by which a planner's own rule is known. */
export const RULE_FILL = '#112233';

/** What a planner may make a sheet look like. */
export interface Looks {
  /** By header. */
  readonly columns: ReadonlyMap<string, { readonly width: number; readonly hidden: boolean }>;
  /** By order; null for one that stands in several rows, of which any may stay. */
  readonly rows: ReadonlyMap<string, RowLooks | null>;
  readonly frozen: { readonly rows: number; readonly columns: number };
  readonly tableStyle: string;
}

interface RowLooks {
  readonly height: number;
  readonly cells: ReadonlyMap<string, CellStyle & { readonly rules: number }>;
}

export function looksOf(table: Table, orderColumn: number): Looks {
  const { sheet, body, columns } = table;
  const styles = sheet.styles(body);
  const orders = sheet.values({ ...body, column: body.column + orderColumn, columns: 1 });
  const rules = sheet.conditionalFormats
    .touching(body)
    .filter(({ style }) => style.fill === RULE_FILL)
    .flatMap(({ areas }) => areas);
  const rows = new Map<string, RowLooks | null>();
  orders.forEach(([order], at) => {
    const row = body.row + at;
    if (order === '') return;
    if (rows.has(String(order))) return rows.set(String(order), null);
    const cells = columns.map(({ name, index }) => {
      const cell: Area = { row, column: body.column + index, rows: 1, columns: 1 };
      const style = styles[at]?.[index] ?? assert.fail('A cell has no style.');
      return [
        name,
        { ...style, rules: rules.filter((area) => intersect(area, cell) !== null).length },
      ] as const;
    });
    return rows.set(String(order), { height: sheet.rowHeight(row), cells: new Map(cells) });
  });
  return {
    columns: new Map(
      columns.map(({ name, index }) => [
        name,
        {
          width: sheet.columnWidth(body.column + index),
          hidden: sheet.isColumnHidden(body.column + index),
        },
      ]),
    ),
    rows,
    frozen: sheet.frozen,
    tableStyle: table.style,
  };
}

/** Nothing the planner made the sheet look like is another now, and no order got what was made for another one. */
export function assertLooksKept(before: Looks, after: Looks): void {
  assert.deepEqual(after.columns, before.columns);
  assert.deepEqual(after.frozen, before.frozen);
  assert.equal(after.tableStyle, before.tableStyle);
  const anyRow = [...before.rows.values()].find((row) => row !== null);
  for (const [order, looks] of after.rows) {
    const former = before.rows.get(order);
    if (looks === null || former === null) continue;
    if (former !== undefined) {
      assertRowKept(former, looks, order);
      continue;
    }
    for (const [header, { fill, bold, numberFormat }] of looks.cells) {
      assert.deepEqual([fill, bold], ['', false], `${order}, new, ${header}`);
      const format = anyRow?.cells.get(header)?.numberFormat;
      // Text stays text; what the planner chose for numbers and days holds for new rows as well, unless it says nothing.
      const kept = [undefined, 'General', '@', numberFormat].includes(format) || numberFormat === '@';
      assert.ok(kept, `${order}, new, ${header}: ${numberFormat} instead of ${format}`);
    }
  }
}

function assertRowKept(before: RowLooks, after: RowLooks, order: string): void {
  assert.equal(after.height, before.height, `${order}: height`);
  assert.deepEqual(withoutRules(after), withoutRules(before), order);
  // A table that grows takes the rules of its columns along; none may be lost.
  for (const [header, { rules }] of before.cells)
    assert.ok((after.cells.get(header)?.rules ?? 0) >= rules, `${order}, ${header}: a rule is lost`);
}

const withoutRules = ({ cells }: RowLooks) =>
  [...cells].map(([header, cell]) => [header, { ...cell, rules: 0 }]);
