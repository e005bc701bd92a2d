import type { Block } from '../sync/blocks';
import { bodyCells, type OpenTable } from './open-table';

/**
 * Takes off what the planner painted these rows with by hand: it was meant for orders that are leaving them, and others are coming in.
 * The colour of letters stays, since Excel's API has none that means "as the table's style has it". Queued; written with the next sync.
 */
export function unpaint(open: OpenTable<string>, rows: readonly Block[]): void {
  for (const { first, count } of rows) {
    const { fill, font } = bodyCells(open, first, count, 0, open.headers.length).format;
    fill.clear();
    font.bold = false;
    font.italic = false;
    font.strikethrough = false;
    font.underline = Excel.RangeUnderlineStyle.none;
  }
}
