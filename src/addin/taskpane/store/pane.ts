import { createStore, type StoreApi } from 'zustand/vanilla';
import { paneContext, type Ports } from './context';
import { type ConfirmActions, confirmActions } from './confirm-actions';
import { type ContentActions, contentActions } from './content-actions';
import { type DeclarationActions, declarationActions } from './declaration-actions';
import { type EditActions, editActions } from './edit-actions';
import { type EmptySearchActions, emptySearchActions } from './empty-search';
import { type ExportActions, exportActions } from './export-actions';
import { type LotActions, lotActions } from './lot-actions';
import { type MovementActions, movementActions } from './movement-actions';
import { type OrdersActions, ordersActions } from './orders-actions';
import { type PaperActions, paperActions } from './paper-actions';
import { stepping } from './order-step';
import { performing } from './perform';
import { type PolicyActions, policyActions } from './policy-actions';
import { type RefreshActions, refreshActions } from './refresh-actions';
import { type RequestActions, requestActions } from './request-actions';
import { type RunActions, runActions } from './run-actions';
import { type SavedActions, savedActions } from './saved-actions';
import { type ScanActions, scanActions } from './scan-actions';
import { type ShortageActions, shortageActions } from './shortage-actions';
import { type SelectedOrders, selectedOrders } from './selected-order';
import { initialState, type PaneState } from './state';
import { type TodaysRunsActions, todaysRunsActions } from './todays-runs';
import { type WorkActions, workActions } from './work-actions';

export type PaneActions = OrdersActions &
  RunActions &
  ConfirmActions &
  RefreshActions &
  ContentActions &
  EditActions &
  DeclarationActions &
  WorkActions &
  ScanActions &
  SelectedOrders &
  SavedActions &
  TodaysRunsActions &
  MovementActions &
  RequestActions &
  ShortageActions &
  LotActions &
  ExportActions &
  PaperActions &
  PolicyActions &
  EmptySearchActions & {
    /** Tells the planner what failed outside of any work, and the way to try again. */
    readonly report: (error: unknown, retry: (() => Promise<void>) | null) => void;
  };

/** One state and one set of actions: the pane shows and calls them, the ribbon calls the very same. */
export interface Pane {
  readonly store: StoreApi<PaneState>;
  readonly actions: PaneActions;
}

export function createPane(ports: Ports): Pane {
  const store = createStore<PaneState>(() => ({
    ...initialState,
    address: ports.address(),
    includeHidden: ports.defaults().includeHidden,
  }));
  const context = paneContext(ports, store);
  const selected = selectedOrders(context);
  const todaysRuns = todaysRunsActions(context);
  const orders = ordersActions(context, selected.select, todaysRuns.loadRun);
  const runs = performing(context, selected);
  const take = stepping(context, selected);
  return {
    store,
    actions: {
      ...orders,
      ...selected,
      ...runActions(context, runs),
      ...confirmActions(context),
      ...refreshActions(context, runs),
      ...contentActions(context, selected),
      ...editActions(context, selected),
      ...declarationActions(context, take),
      ...workActions(context, take),
      ...scanActions(context, selected),
      ...savedActions(context, orders),
      ...todaysRuns,
      ...movementActions(context),
      ...requestActions(context),
      ...shortageActions(context),
      ...lotActions(context),
      ...exportActions(context),
      ...paperActions(context),
      ...policyActions(context),
      ...emptySearchActions(context, orders),
      report: context.failed,
    },
  };
}
