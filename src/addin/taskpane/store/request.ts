import type { RunRequest } from '../../../contract/runs';
import type { OrderKey } from '../../../domain/order';
import type { RefreshOptions } from '../../../domain/refresh/options';
import type { MarkedRow, PendingRun } from '../../sync/sheet';

/** An order of a request, with what it is to be refreshed to: only forward scheduling goes from the start. */
export function orderOf(
  { key, version, wanted: { start, ...wanted } }: MarkedRow,
  direction: RefreshOptions['direction'] | undefined,
): RunRequest['orders'][number] {
  return { key, version, ...wanted, ...(direction === 'forward' && start !== undefined && { start }) };
}

/** What may be asked for again of what was sent: of an undo the restore that it is, of new orders nothing. */
export function askedIn(request: PendingRun['request']): RunRequest | null {
  if (request.command === 'create') return null;
  return 'undoes' in request ? { command: request.command, orders: [] } : request;
}

/**
 * The same request for these rows alone, in the same sequence, with what it said of each of their orders: what the planner has switched
 * since is for the next run. Versions, and what a refresh is to make of an order, are those of the rows. Without lots, which are chosen in
 * their sheet.
 */
export function askedAgain({ lots: _, ...asked }: RunRequest, rows: readonly MarkedRow[]): RunRequest {
  const places = new Map(asked.orders.map(({ key }, place) => [key, place]));
  // What went along with another order was not named.
  const placeOf = ({ key }: { readonly key: OrderKey }) => places.get(key) ?? places.size;
  const orders = [...rows]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((row) =>
      asked.command === 'refresh'
        ? orderOf(row, asked.direction)
        : { ...asked.orders[placeOf(row)], key: row.key, version: row.version },
    );
  return { ...asked, orders };
}
