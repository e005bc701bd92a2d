/** The number conventions Excel works with, e.g. `{ name: 'it-IT', decimal: ',', group: '.' }`. */
export interface CultureInfo {
  readonly name: string;
  readonly decimal: string;
  readonly group: string;
}

/** The conventions of a locale, as the platform knows them. */
export function cultureOf(locale: string): CultureInfo {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.8);
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { name: locale, decimal: find('decimal'), group: find('group') };
}
