import { isQuantityText, quantity, quantityText } from '../domain/quantity';

/**
 * Reads a quantity as a planner of this region types it, e.g. `1.234,5` in Italian; plain decimal text for the wire, or
 * null when it is none. A separator that could mean either is read as the region writes it.
 */
export function readQuantity(typed: string, locale: string): string | null {
  const parts = new Intl.NumberFormat(locale).formatToParts(12345.6);
  const group = parts.find(({ type }) => type === 'group')?.value ?? '';
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const bare = typed.trim().replace(/\s/g, '');
  const plain = (/^\s$/.test(group) ? bare : bare.split(group === '' ? ' ' : group).join('')).replace(
    decimal,
    '.',
  );
  return isQuantityText(plain) ? quantityText(quantity(plain)) : null;
}
