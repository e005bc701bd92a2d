import type { Action } from '../../domain/transitions';
import type { Pane, PaneActions } from '../taskpane/store/pane';

type Command = (actions: PaneActions) => Promise<void>;

/** The ribbon's functions by the names the manifest uses. They press the pane's own buttons. */
export const commands: Readonly<Record<string, Command>> = {
  findOrders: (actions) => shown(() => actions.searchAgain()),
  markReleaseSelected: (actions) => actions.mark('release', 'selected'),
  markReleaseVisible: (actions) => actions.mark('release', 'visible'),
  markRestoreSelected: (actions) => actions.mark('restore', 'selected'),
  markRestoreVisible: (actions) => actions.mark('restore', 'visible'),
  markRefreshSelected: (actions) => actions.mark('refresh', 'selected'),
  markRefreshVisible: (actions) => actions.mark('refresh', 'visible'),
  clearSelected: (actions) => actions.mark(null, 'selected'),
  clearVisible: (actions) => actions.mark(null, 'visible'),
  preview: (actions) => shown(() => actions.preview()),
  release: (actions) => previewOf('release', actions),
  restore: (actions) => previewOf('restore', actions),
  refresh: (actions) => previewOf('refresh', actions),
  movements: (actions) => actions.showMovements(),
};

/** The planner decides in the pane: these only bring the preview up, with the button that acts below it. */
function previewOf(view: Action, actions: PaneActions): Promise<void> {
  return shown(() => {
    actions.show(view);
    return actions.preview();
  });
}

async function shown(act: () => Promise<void>): Promise<void> {
  await Office.addin.showAsTaskpane();
  await act();
}

export function associateCommands({ actions }: Pane): void {
  for (const [name, command] of Object.entries(commands)) {
    Office.actions.associate(name, (event: Office.AddinCommands.Event) => {
      // Office greys the button out until it hears that the command is over, however it ended.
      void command(actions).finally(() => event.completed());
    });
  }
}
