import type { Instant } from '../../../domain/calendar';
import type { OrderDetail } from '../../../contract/orders';
import type { Reservation } from '../../../contract/reservations';
import { ApiError } from '../../api/errors';
import type { ReservationStep } from '../../api/order-book';
import type { RunDone } from '../../api/perform-run';
import type { PaneContext } from './context';
import type { SelectedOrders } from './selected-order';

/** Each answers with why not where the order book says no, for whoever asked to tell it where it was asked. */
export interface EditActions {
  /** Starts an operation of the order shown at another moment; those after it follow. */
  readonly moveOperation: (operation: OperationName, startsAt: Instant) => Promise<ApiError | null>;
  /** Cancels a reservation of the order shown, or reserves again what was cancelled of it. */
  readonly changeReservation: (step: ReservationStep, reservation: Reservation) => Promise<ApiError | null>;
}

export interface OperationName {
  readonly orderLine: number;
  readonly operation: number;
}

export function editActions(pane: PaneContext, { refresh }: Pick<SelectedOrders, 'refresh'>): EditActions {
  const { get, set, api, sheet, work, attempts } = pane;

  /** One key per change until a definite answer: pressing again after a lost answer changes once. */
  const edit = async (
    change: string,
    send: (order: OrderDetail, key: string) => Promise<RunDone>,
    followUp: (done: RunDone) => Promise<void> = async () => {},
  ): Promise<ApiError | null> => {
    const order = get().selected?.detail ?? null;
    if (order === null) return null;
    const said: { no: ApiError | null } = { no: null };
    await work('change', async () => {
      const attempt = `${order.key} ${order.version} ${change}`;
      try {
        const done = await send(order, attempts.keyFor(attempt));
        set({ result: null, preview: null, syncedAt: pane.now() });
        const follow = () => followUp(done);
        // Trying this again must not send the change again.
        await follow().catch((error: unknown) => pane.failed(error, () => work('sheet', follow)));
      } catch (error) {
        if (!(error instanceof ApiError) || error.undecided) throw error;
        said.no = error;
      }
      attempts.settled(attempt);
      // What is shown may be what was outdated about it.
      await refresh([order.key]);
    });
    return said.no;
  };

  const showInRow = async ({ outcomes }: RunDone) => {
    await sheet.writeResults(outcomes, await pane.company(), pane.language());
    await pane.readMarks();
  };

  return {
    moveOperation: (operation, startsAt) => {
      const move = { part: 'operation', ...operation, edit: { startsAt } } as const;
      return edit(
        JSON.stringify(move),
        (order, key) => api.changeContent(order.key, order.version, move, key),
        showInRow,
      );
    },
    // The order stays as it is, so its row says nothing of it.
    changeReservation: (step, { of, document, line, cancelledAt }) =>
      edit(JSON.stringify([step, of, document, line, cancelledAt]), (order, key) =>
        api.changeReservations(order.key, step, [{ of, document, line }], key),
      ),
  };
}
