import { createAttempts } from '../api/attempts';
import { connect } from '../api/connection';
import { orderBookApi } from '../api/order-book';
import { associateCommands } from '../commands/commands';
import { canChangeRibbon, followPane } from '../commands/ribbon';
import { excelSheet } from '../excel/excel-sheet';
import { formatsFor } from '../../language/formats';
import { regionOf } from '../region';
import { copyText } from './copy-text';
import { keepKeysFromOffice } from './keep-keys';
import { openWindow } from './open-window';
import { readPreferences, shownLanguage } from './preferences';
import { applyLanguage, renderPane } from './render-pane';
import { createPane, type Pane } from './store/pane';

/** The shared runtime starts here: one pane state for what is shown and for the ribbon's commands. */
async function start(): Promise<void> {
  const { platform } = await Office.onReady();
  keepKeysFromOffice(document);
  await applyLanguage(readPreferences());
  const send = connect(() => {
    const preferences = readPreferences();
    const { company } = pane.store.getState();
    return { baseUrl: '', language: shownLanguage(preferences), company };
  });
  const pane: Pane = createPane({
    api: orderBookApi(send),
    sheet: excelSheet(
      (language, timeZone) => formatsFor(language, regionOf(), timeZone),
      (waitingForCell) => pane.store.setState({ waitingForCell }),
    ),
    attempts: createAttempts(),
    language: () => shownLanguage(readPreferences()),
    defaults: readPreferences,
    address: () => globalThis.location.origin,
    now: () => Date.now(),
    copy: (text) => copyText(text, null),
    openWindow,
  });
  associateCommands(pane);
  if (canChangeRibbon()) followPane(pane, (changes) => Office.ribbon.requestUpdate(changes));
  const element = document.getElementById('pane');
  if (element !== null) renderPane(element, pane, platform === Office.PlatformType.Mac);
  globalThis.addEventListener('online', () => void pane.actions.reconnect());
  await pane.actions.start();
}

void start();
