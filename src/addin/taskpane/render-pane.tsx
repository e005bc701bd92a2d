import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { loadTexts } from '../language-texts';
import { texts } from '../texts';
import { App } from './app';
import { PaneContext, PreferencesContext } from './pane-context';
import { type Preferences, readPreferences, shownLanguage, writePreferences } from './preferences';
import type { Pane } from './store/pane';

/** Shows the pane in `element`. */
export function renderPane(element: HTMLElement, pane: Pane, onMac: boolean): void {
  createRoot(element).render(
    <PaneContext.Provider value={pane}>
      <Preferring pane={pane} onMac={onMac} />
    </PaneContext.Provider>,
  );
}

function Preferring({ pane, onMac }: { pane: Pane; onMac: boolean }) {
  const [preferences, setPreferences] = useState<Preferences>(readPreferences);
  const change = async (changes: Partial<Preferences>) => {
    const next = { ...preferences, ...changes };
    await applyLanguage(next);
    writePreferences(next);
    setPreferences(next);
    if (next.includeHidden !== preferences.includeHidden) pane.actions.setIncludeHidden(next.includeHidden);
  };
  return (
    <PreferencesContext.Provider value={{ preferences, change }}>
      <App onMac={onMac} />
    </PreferencesContext.Provider>
  );
}

/** Speaks the language of these preferences from now on. Fails, and changes nothing, when its texts cannot be had. */
export async function applyLanguage(preferences: Preferences): Promise<void> {
  const language = shownLanguage(preferences);
  await loadTexts(language);
  globalThis.document.documentElement.lang = language;
  await texts.changeLanguage(language);
}
