import { useMemo } from 'react';
import { type Formats, formatsFor } from '../../../language/formats';
import { regionOf } from '../../region';
import { usePaneState, useWords } from '../pane-context';

/** Formats whose clock is the plant's: its plan is read by whoever works there. */
export function usePlantFormats(): Formats {
  const { language } = useWords();
  const zone = usePlantZone();
  return useMemo(() => formatsFor(language, regionOf(), zone), [language, zone]);
}

/** IANA name; nothing of a plan is shown before the company is known. */
export function usePlantZone(): string {
  return usePaneState((state) => state.session?.company.timeZone ?? 'UTC');
}
