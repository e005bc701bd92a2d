import { useEffect, useState } from 'react';
import type { Theme } from './preferences';

const DARK = '(prefers-color-scheme: dark)';

/** Whether to show dark colours: as chosen, else as Office is, else as the computer is. */
export function useDarkColours(theme: Theme): boolean {
  const [system, setSystem] = useState(systemIsDark);
  useEffect(() => {
    const query = globalThis.matchMedia(DARK);
    const follow = () => setSystem(systemIsDark());
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return theme === 'system' ? system : theme === 'dark';
}

function systemIsDark(): boolean {
  // Office on the web says nothing here; its desktop programs do.
  const office = globalThis.Office?.context?.officeTheme as Office.OfficeTheme | null | undefined;
  return office?.isDarkTheme ?? globalThis.matchMedia(DARK).matches;
}
