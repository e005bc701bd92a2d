import type { DateSystem } from '../sync/cells';

/** Whether the Excel of this session computes a day when asked; not in there before it was asked. */
const computes = new WeakMap<typeof Excel, boolean>();

/**
 * Asks with the sync of `read` how the workbook counts its days. Excel's API has no property for it, but computes with it. An Excel
 * that refuses to fails the whole batch: it is asked once a session, and its workbooks are taken to count from 1900, as nearly all do.
 */
export async function withDateSystem<T>(
  context: Excel.RequestContext,
  read: () => Promise<T>,
): Promise<readonly [T, DateSystem]> {
  if (computes.get(Excel) === false) return [await read(), 1900];
  const day = context.workbook.functions.date(1904, 1, 1);
  day.load('value');
  try {
    const answer = await read();
    computes.set(Excel, true);
    return [answer, day.value === 0 ? 1904 : 1900];
  } catch (error) {
    // An Excel that has answered before failed for another reason: days must not move because of it.
    if (computes.has(Excel)) throw error;
  }
  const answer = await read();
  computes.set(Excel, false);
  return [answer, 1900];
}
