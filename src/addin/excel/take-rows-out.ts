import { blocksOf } from '../sync/blocks';
import { bodyCells, columnValues, type OpenTable } from './open-table';
import { unpaint } from './unpaint';
import { withoutFilters } from './without-filters';

/**
 * Deletes the rows that `goes` says so of, by their text in the column of `id`. Rows are deleted by number, with the sync right after
 * the one that read them. Answers with the headers of columns whose filter could not be put back.
 */
export async function takeRowsOut<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  id: Field,
  goes: (text: string) => boolean,
): Promise<string[]> {
  const columns = open.headers.length;
  return withoutFilters(context, open, async () => {
    const ids = open.table.columns.getItemAt(open.columns.get(id) ?? 0).getDataBodyRange();
    const top = bodyCells(open, 0, 1, 0, columns);
    ids.load('values');
    top.load('formulas');
    await context.sync();
    const gone = columnValues(ids).flatMap((text, row) => (goes(String(text)) ? [row] : []));
    if (gone.length === 0) return;
    // Excel wants a table to have a row, and the planner's formulas live on in it.
    const allGo = gone.length === open.rows;
    if (allGo) top.values = top.formulas.map(withoutText);
    if (allGo) unpaint(open, [{ first: 0, count: 1 }]);
    for (const { first, count } of blocksOf(allGo ? gone.slice(1) : gone).reverse()) {
      bodyCells(open, first, count, 0, columns).delete(Excel.DeleteShiftDirection.up);
    }
    context.application.suspendScreenUpdatingUntilNextSync();
    await context.sync();
  });
}

/** Empties every cell but those with a formula, which null leaves alone. */
function withoutText(cells: unknown[]): (string | null)[] {
  return cells.map((cell) => (String(cell).startsWith('=') ? null : ''));
}
