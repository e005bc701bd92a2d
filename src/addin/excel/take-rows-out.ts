import { blocksOf } from '../sync/blocks';
import { bodyCells, columnValues, isFormula, type OpenTable } from './open-table';
import { removeRows } from './remove-rows';
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
    top.load('formulas,values');
    await context.sync();
    const gone = columnValues(ids).flatMap((text, row) => (goes(String(text)) ? [row] : []));
    if (gone.length === 0) return;
    // Excel wants a table to have a row, and the planner's formulas live on in it.
    const allGo = gone.length === open.rows;
    if (allGo) top.values = [withoutText(top)];
    if (allGo) unpaint(open, [{ first: 0, count: 1 }]);
    await removeRows(context, open, blocksOf(allGo ? gone.slice(1) : gone).reverse());
    // Where the one row there is was emptied, nothing had to be deleted.
    await context.sync();
  });
}

/** Empties every cell but those with a formula, which null leaves alone. */
function withoutText({ formulas: [cells = []], values: [shown = []] }: Excel.Range): (string | null)[] {
  return cells.map((cell: unknown, at: number) => (isFormula(cell, shown[at]) ? null : ''));
}
