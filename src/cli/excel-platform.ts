import { SetupError } from '../adapter/errors';

/**
 * @param name of the system, for people
 * @throws SetupError where there is no desktop Excel. Source: Microsoft 365 for desktop, Windows and macOS.
 */
export function assertExcelRunsOn(platform: NodeJS.Platform, name: string): void {
  if (platform !== 'win32' && platform !== 'darwin')
    throw SetupError.of('excel-not-on-platform', { platform: name });
}
