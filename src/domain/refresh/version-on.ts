import type { CalendarDate } from '../calendar';
import type { Validity, Version } from './master-data';

export function validOn({ validFrom, validTo }: Validity, day: CalendarDate): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}

/**
 * The certified version that is valid on a day: of several the one that began last; of equals a version comes before the original, and
 * the greatest code before the others. Undefined when none is. Source: Business Central, version management.
 */
export function versionOn<T extends Version>(versions: readonly T[], day: CalendarDate): T | undefined {
  return versions
    .filter((each) => each.status === 'certified' && validOn(each, day))
    .reduce<T | undefined>((best, each) => (best && !isNewer(each, best) ? best : each), undefined);
}

function isNewer(a: Version, b: Version): boolean {
  const [from, other] = [a.validFrom ?? '', b.validFrom ?? ''];
  return from === other ? a.version > b.version : from > other;
}
