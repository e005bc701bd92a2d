import type { Filter, Scalar } from './workbook';

/** Whether a cell passes a filter, given its value and the text it shows. Texts compare without regard to case, as in Excel. */
export function matcherOf(filter: Filter): (value: Scalar, text: string) => boolean {
  if (filter.kind === 'values') {
    const wanted = new Set(filter.values.map((value) => value.toLowerCase()));
    return (_value, text) => wanted.has(text.toLowerCase());
  }
  const first = criterion(filter.first);
  if (filter.second === undefined) return first;
  const second = criterion(filter.second);
  return filter.operator === 'And'
    ? (value, text) => first(value, text) && second(value, text)
    : (value, text) => first(value, text) || second(value, text);
}

/** `>=5`, `<>x`, `=ab*`: a comparison with a number, or with a text in which * and ? stand for anything. */
function criterion(text: string): (value: Scalar, text: string) => boolean {
  const [, sign = '=', operand = ''] = /^(<=|>=|<>|=|<|>)?(.*)$/s.exec(text) ?? [];
  const number = operand.trim() === '' ? NaN : Number(operand);
  if (sign === '=' || sign === '<>') {
    const equal = equality(operand, number);
    return sign === '=' ? equal : (value, shown) => !equal(value, shown);
  }
  return (value, shown) => {
    if (!Number.isNaN(number)) return typeof value === 'number' && ordered(sign, value - number);
    return typeof value === 'string' && value !== '' && ordered(sign, shown.localeCompare(operand));
  };
}

function equality(operand: string, number: number): (value: Scalar, text: string) => boolean {
  const escaped = operand
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${escaped}$`, 'is');
  return (value, text) => (typeof value === 'number' && value === number) || pattern.test(text);
}

function ordered(sign: string, difference: number): boolean {
  if (sign === '>') return difference > 0;
  if (sign === '>=') return difference >= 0;
  return sign === '<' ? difference < 0 : difference <= 0;
}
