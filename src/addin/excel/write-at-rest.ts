import { SheetError } from '../sync/sheet';
import type { OpenTable } from './open-table';
import { withoutFilters } from './without-filters';

/** How often rows may move under the writing before it gives up. */
const REPLANS = 5;

/**
 * Writes into a table while the planner may sort, filter or delete in it: `write` stops where rows are no longer what it read,
 * answers whether all is written, and is then asked again with the table as it is by then, unfiltered. Answers with the headers
 * of columns whose filter Excel would not take back; fails with `rowsMoved` when the rows never come to rest.
 */
export async function writeAtRest<Field extends string>(
  context: Excel.RequestContext,
  open: OpenTable<Field>,
  reopen: () => Promise<OpenTable<Field>>,
  write: (open: OpenTable<Field>) => Promise<boolean>,
): Promise<string[]> {
  return withoutFilters(context, open, async (takeOff) => {
    let written = await write(open);
    for (let replan = 0; !written && replan < REPLANS; replan++) {
      const again = await reopen();
      await takeOff();
      written = await write(again);
    }
    if (!written) throw new SheetError('rowsMoved');
  });
}
