import type { ICellData, IObjectMatrixPrimitiveType } from '@univerjs/core';
import { LexerTreeBuilder } from '@univerjs/engine-formula';
import type { Area } from './area';
import type { UniverSheet } from './univer-sheet';
import type { Scalar, SortKey } from './workbook';

/**
 * The cells of an area with their rows in order. Written as one block of our own because the engine's sort takes minutes
 * when the area has validations or conditional formats. Excel's order: numbers, text, truth values, empty cells last.
 */
export function sortRows(
  sheet: UniverSheet,
  area: Area,
  keys: readonly SortKey[],
  matchCase: boolean,
): IObjectMatrixPrimitiveType<ICellData> {
  const values = sheet.values(area);
  const order = values.map((_line, index) => index);
  order.sort((a, b) => compareRows(values[a] ?? [], values[b] ?? [], keys, matchCase) || a - b);
  const lexer = sheet.session.injector.get(LexerTreeBuilder);
  const block: IObjectMatrixPrimitiveType<ICellData> = {};
  for (const [target, source] of order.entries()) {
    const line: Record<number, ICellData> = {};
    for (let column = area.column; column < area.column + area.columns; column++) {
      const cell = sheet.cell(area.row + source, column);
      line[column] = moved(cell, (formula) => lexer.moveFormulaRefOffset(formula, 0, target - source));
    }
    block[area.row + target] = line;
  }
  return block;
}

function moved(cell: ICellData | undefined, shift: (formula: string) => string): ICellData {
  const empty: ICellData = { v: null, f: null, p: null, si: null, s: null };
  if (!cell) return empty;
  return { ...empty, ...cell, ...(cell.f ? { f: shift(cell.f) } : {}), v: cell.v ?? null };
}

function compareRows(
  a: readonly Scalar[],
  b: readonly Scalar[],
  keys: readonly SortKey[],
  matchCase: boolean,
): number {
  for (const key of keys) {
    const [left, right] = [a[key.column] ?? '', b[key.column] ?? ''];
    if (left === '' || right === '') {
      if (left !== right) return left === '' ? 1 : -1;
      continue;
    }
    const difference = compare(left, right, matchCase);
    if (difference !== 0) return key.ascending ? difference : -difference;
  }
  return 0;
}

function compare(left: Scalar, right: Scalar, matchCase: boolean): number {
  const ranks = { number: 0, string: 1, boolean: 2 };
  const kind = (value: Scalar): number => ranks[typeof value as 'number' | 'string' | 'boolean']; // a Scalar is one of these
  if (kind(left) !== kind(right)) return kind(left) - kind(right);
  if (typeof left === 'string' && typeof right === 'string') {
    return left.localeCompare(right, 'en', { sensitivity: matchCase ? 'case' : 'accent' });
  }
  return Number(left) - Number(right);
}
