import { useSyncExternalStore } from 'react';
import type { Theme } from './preferences';

const DARK = '(prefers-color-scheme: dark)';

/** Whether to show dark colours: as chosen, else as Office is, else as the computer is. */
export function useDarkColours(theme: Theme): boolean {
  const system = useSyncExternalStore(onSystem, systemIsDark);
  return theme === 'system' ? system : theme === 'dark';
}

function onSystem(changed: () => void): () => void {
  const query = globalThis.matchMedia(DARK);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

function systemIsDark(): boolean {
  // Office on the web says nothing here; its desktop programs do.
  const office = globalThis.Office?.context?.officeTheme as Office.OfficeTheme | null | undefined;
  return office?.isDarkTheme ?? globalThis.matchMedia(DARK).matches;
}
