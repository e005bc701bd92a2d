import type { OrderDetail } from '../../contract/orders';
import type { OrderKey } from '../../domain/order';
import { textCell } from './cells';
import { contentKeyOf } from './content-edits';
import { type ContentCells, contentRows, type ContentWords } from './content-rows';
import type { ContentSheet } from './sheet';
import { textOf } from './words';

/** What became of a planner's changes of materials and operations. */
export interface AppliedContent {
  /** The orders that were read, as they are now. */
  readonly orders: readonly OrderDetail[];
  /** By the key of a row: what is to be said there, and cells of the planner's that stay. */
  readonly rows: ReadonlyMap<string, { readonly result: string; readonly typed: Partial<ContentCells> }>;
  /** By order, where the row itself has nothing to say: of orders that could not be changed. */
  readonly absent: ReadonlyMap<OrderKey, string>;
}

/**
 * What applied changes write into each row of the sheet, top to bottom; null leaves a row as it is. No row moves, comes or goes: the planner
 * may have sorted them, and has notes beside them. What an earlier time said of a row goes.
 */
export function planContent(
  { rows }: Pick<ContentSheet, 'rows'>,
  { orders, rows: said, absent }: AppliedContent,
  company: string,
  words: ContentWords,
): (Partial<ContentCells> | null)[] {
  const read = new Set(orders.map(({ key }) => key));
  const now = new Map(
    orders.flatMap((order) => contentRows(order, company, words)).map((row) => [String(row.key), row]),
  );
  return rows.map((row) => {
    const of = contentKeyOf(row)?.of;
    if (of?.company !== company) return null;
    const key = textOf(row.key);
    const [shown, told] = [now.get(key), said.get(key)];
    const result = told?.result ?? absent.get(of.order);
    if (shown !== undefined) return { ...shown, ...told?.typed, result: textCell(result ?? '') };
    if (result !== undefined) return { result: textCell(result) };
    if (read.has(of.order)) return { result: textCell(words.t('sheet.content.gone')) };
    return textOf(row.result) === '' ? null : { result: '' };
  });
}
