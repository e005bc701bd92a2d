import type { ChosenLots } from '../../../contract/lots';
import type { RunRequest } from '../../../contract/runs';
import { type ChosenInSheet, chosenIn } from '../../sync/chosen-lots';
import { SheetError } from '../../sync/sheet';
import type { PaneContext } from './context';

export interface LotActions {
  /** Puts the lots of the preview into their sheet, where others can be chosen. */
  readonly writeLots: () => Promise<void>;
}

export function lotActions({ get, sheet, work, company, language }: PaneContext): LotActions {
  return {
    writeLots: () =>
      work(
        'lots',
        async ({ writing }) => {
          const { preview } = get();
          if (preview !== null) await sheet.writeLots(preview, await company(), language(), writing);
        },
        true,
      ),
  };
}

/**
 * The lots that are chosen in their sheet for these orders. Fails with `lotsUnreadable` where a row says none: the order would go with other
 * lots than its planner wants.
 */
export async function chosenLots(
  { sheet, company }: PaneContext,
  orders: RunRequest['orders'],
): Promise<ChosenLots[]> {
  const { chosen, unreadable } = chosenIn(await sheet.readLots(), await company());
  const asked = new Set<string>(orders.map(({ key }) => key));
  const rows = unreadable.flatMap(({ order, row }) => (asked.has(order) ? [row] : []));
  if (rows.length > 0) throw new SheetError('lotsUnreadable', rows.slice(0, MOST_NAMED).join(', '));
  return chosen.filter(({ order }) => asked.has(order));
}

/** What the sheet of lots chooses by now, under the preview of a release; null under any other. */
export async function lotsByNow({ get, sheet }: PaneContext): Promise<ChosenInSheet | null> {
  const { preview, company } = get();
  if (preview?.command !== 'release' || company === null) return null;
  return chosenIn(await sheet.readLots(), company);
}

const MOST_NAMED = 10;
