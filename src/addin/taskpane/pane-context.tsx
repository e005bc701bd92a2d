import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { type Language, languageOf } from '../../language/text';
import { type Formats, formatsFor } from '../../language/formats';
import { regionOf } from '../region';
import { texts, textsIn, type Translate } from '../texts';
import type { Preferences } from './preferences';
import type { Pane, PaneActions } from './store/pane';
import type { PaneState } from './store/state';

export const PaneContext = createContext<Pane | null>(null);

export function usePane(): Pane {
  const pane = useContext(PaneContext);
  if (pane === null) throw new Error('A block of the pane stands outside of it.');
  return pane;
}

export function usePaneState<T>(select: (state: PaneState) => T): T {
  return useStore(usePane().store, select);
}

export function useActions(): PaneActions {
  return usePane().actions;
}

/**
 * What this person chose, and how to choose otherwise: it holds also for the requests sent from then on. Fails, and nothing is chosen, when
 * the texts of another language cannot be had.
 */
export interface Preferring {
  readonly preferences: Preferences;
  readonly change: (changes: Partial<Preferences>) => Promise<void>;
}

export const PreferencesContext = createContext<Preferring | null>(null);

export function usePreferences(): Preferring {
  const preferring = useContext(PreferencesContext);
  if (preferring === null) throw new Error('A block of the pane stands outside of it.');
  return preferring;
}

export interface Words {
  readonly t: Translate;
  readonly language: Language;
  readonly formats: Formats;
}

/** Texts and formats in the language the pane shows. */
export function useWords(): Words {
  const language = useSyncExternalStore(onLanguage, () => languageOf([texts.language]));
  const formats = useMemo(() => formatsFor(language, regionOf()), [language]);
  return { t: textsIn(language), language, formats };
}

function onLanguage(changed: () => void): () => void {
  texts.on('languageChanged', changed);
  return () => texts.off('languageChanged', changed);
}
