import type { Action } from '../../domain/transitions';
import { markedFor } from '../taskpane/store/marked';
import type { Pane } from '../taskpane/store/pane';
import type { PaneState } from '../taskpane/store/state';

/** The manifest's ids of the controls that are not always of use. Menus have no state of their own, only their items. */
export const ribbonTab = {
  id: 'Launchbook.Tab',
  groups: {
    'Launchbook.Orders': ['Launchbook.Find'],
    'Launchbook.Mark': [
      'Launchbook.ReleaseSelected',
      'Launchbook.ReleaseVisible',
      'Launchbook.RestoreSelected',
      'Launchbook.RestoreVisible',
      'Launchbook.RefreshSelected',
      'Launchbook.RefreshVisible',
      'Launchbook.ClearSelected',
      'Launchbook.ClearVisible',
    ],
    'Launchbook.Run': [
      'Launchbook.Preview',
      'Launchbook.Release',
      'Launchbook.Restore',
      'Launchbook.Refresh',
      'Launchbook.Movements',
    ],
  },
} as const;

type Groups = (typeof ribbonTab)['groups'];
export type ControlId = Groups[keyof Groups][number];

/** A burst of changes is one update: Office repaints the whole ribbon for each. */
const SETTLE_MS = 150;

/** Which controls would do something now. Marks that a filter hides count: their preview asks about them. */
export function enabledControls(state: PaneState): Readonly<Record<ControlId, boolean>> {
  const idle = state.work === null;
  const marking = idle && state.loaded !== null;
  const marked = (action: Action) => markedFor(action, state.marks, true).going.length > 0;
  const may = (action: Action) => state.session?.rights.includes(action) ?? true;
  return {
    'Launchbook.Find': idle,
    'Launchbook.ReleaseSelected': marking,
    'Launchbook.ReleaseVisible': marking,
    'Launchbook.RestoreSelected': marking,
    'Launchbook.RestoreVisible': marking,
    'Launchbook.RefreshSelected': marking,
    'Launchbook.RefreshVisible': marking,
    'Launchbook.ClearSelected': marking,
    'Launchbook.ClearVisible': marking,
    'Launchbook.Preview': idle && marked(state.view),
    'Launchbook.Release': idle && marked('release') && may('release'),
    'Launchbook.Restore': idle && marked('restore') && may('restore'),
    'Launchbook.Refresh': idle && marked('refresh') && may('refresh'),
    'Launchbook.Movements': idle,
  };
}

export type UpdateRibbon = (changes: Office.RibbonUpdaterData) => Promise<void>;

/**
 * Greys the ribbon's controls out while they would do nothing. An Excel that cannot do that leaves all of them enabled, and so does
 * one that waits to be restarted after an update of the add-in: nothing is lost, since commands look at the state themselves.
 */
export function followPane({ store }: Pick<Pane, 'store'>, update: UpdateRibbon): () => void {
  let shown: Readonly<Partial<Record<ControlId, boolean>>> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    const wanted = enabledControls(store.getState());
    const changes = changedControls(shown, wanted);
    if (changes === null) return;
    shown = wanted;
    update(changes).catch(() => {
      // Everything is said again at the next change.
      shown = {};
    });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(show, SETTLE_MS);
  };
  show();
  const leave = store.subscribe(soon);
  return () => {
    clearTimeout(timer);
    leave();
  };
}

export function canChangeRibbon(): boolean {
  return Office.context.requirements.isSetSupported('RibbonApi', '1.1');
}

function changedControls(
  shown: Readonly<Partial<Record<ControlId, boolean>>>,
  wanted: Readonly<Record<ControlId, boolean>>,
): Office.RibbonUpdaterData | null {
  const groups = Object.entries(ribbonTab.groups).flatMap(([id, ids]: [string, readonly ControlId[]]) => {
    const controls = ids
      .filter((control) => shown[control] !== wanted[control])
      .map((control) => ({ id: control, enabled: wanted[control] }));
    return controls.length === 0 ? [] : [{ id, controls }];
  });
  return groups.length === 0 ? null : { tabs: [{ id: ribbonTab.id, groups }] };
}
