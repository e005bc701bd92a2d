/** The planner's own region: Excel says it in Office, the browser elsewhere. */
export function regionOf(): string {
  return globalThis.Office?.context?.contentLanguage ?? globalThis.navigator?.language ?? 'en';
}
