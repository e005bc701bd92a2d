import type { Requirement } from './metadata';

/** Whether the offered sets (`{ ExcelApi: '1.13' }`) contain the one a member belongs to. Versions compare part by part. */
export function isOffered(
  offered: Readonly<Record<string, string>>,
  since: Requirement | undefined,
): boolean {
  if (!since) return true;
  const version = offered[since.set];
  return version !== undefined && compareVersions(version, since.version) >= 0;
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (let part = 0; part < 2; part++) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
