import {
  BooleanNumber,
  HorizontalAlign,
  type IStyleData,
  type Nullable,
  VerticalAlign,
  WrapStrategy,
} from '@univerjs/core';
import type { CellStyle } from './workbook';

const HORIZONTAL = {
  General: HorizontalAlign.UNSPECIFIED,
  Left: HorizontalAlign.LEFT,
  Center: HorizontalAlign.CENTER,
  Right: HorizontalAlign.RIGHT,
  Justify: HorizontalAlign.JUSTIFIED,
} as const;
const VERTICAL = {
  Top: VerticalAlign.TOP,
  Center: VerticalAlign.MIDDLE,
  Bottom: VerticalAlign.BOTTOM,
} as const;

/** What Excel shows for a cell nobody formatted. */
export const PLAIN: CellStyle = {
  numberFormat: 'General',
  fill: '',
  fontColor: '#000000',
  fontName: 'Aptos Narrow',
  fontSize: 11,
  bold: false,
  italic: false,
  underline: false,
  strikethrough: false,
  horizontal: 'General',
  vertical: 'Bottom',
  wrap: false,
};

export function readStyle(style: Nullable<IStyleData>): CellStyle {
  if (!style) return PLAIN;
  return {
    numberFormat: style.n?.pattern ?? PLAIN.numberFormat,
    fill: hex(style.bg?.rgb) ?? PLAIN.fill,
    fontColor: hex(style.cl?.rgb) ?? PLAIN.fontColor,
    fontName: style.ff ?? PLAIN.fontName,
    fontSize: style.fs ?? PLAIN.fontSize,
    bold: style.bl === BooleanNumber.TRUE,
    italic: style.it === BooleanNumber.TRUE,
    underline: style.ul?.s === BooleanNumber.TRUE,
    strikethrough: style.st?.s === BooleanNumber.TRUE,
    horizontal: keyOf(HORIZONTAL, style.ht) ?? PLAIN.horizontal,
    vertical: keyOf(VERTICAL, style.vt) ?? PLAIN.vertical,
    wrap: style.tb === WrapStrategy.WRAP,
  };
}

/** The engine's style for the given properties only; `null` takes a property away. */
export function writeStyle(style: Partial<CellStyle>): IStyleData {
  const written: IStyleData = {};
  if (style.numberFormat !== undefined) {
    written.n = style.numberFormat === 'General' ? null : { pattern: style.numberFormat };
  }
  if (style.fill !== undefined) written.bg = style.fill === '' ? null : { rgb: style.fill };
  if (style.fontColor !== undefined) written.cl = { rgb: style.fontColor };
  if (style.fontName !== undefined) written.ff = style.fontName;
  if (style.fontSize !== undefined) written.fs = style.fontSize;
  if (style.bold !== undefined) written.bl = flag(style.bold);
  if (style.italic !== undefined) written.it = flag(style.italic);
  if (style.underline !== undefined) written.ul = { s: flag(style.underline) };
  if (style.strikethrough !== undefined) written.st = { s: flag(style.strikethrough) };
  if (style.horizontal !== undefined) written.ht = HORIZONTAL[style.horizontal];
  if (style.vertical !== undefined) written.vt = VERTICAL[style.vertical];
  if (style.wrap !== undefined) written.tb = style.wrap ? WrapStrategy.WRAP : WrapStrategy.OVERFLOW;
  return written;
}

function flag(on: boolean): BooleanNumber {
  return on ? BooleanNumber.TRUE : BooleanNumber.FALSE;
}

function keyOf<K extends string, V>(
  table: Readonly<Record<K, V>>,
  value: V | null | undefined,
): K | undefined {
  return (Object.keys(table) as K[]).find((key) => table[key] === value); // keys of a literal table
}

function hex(color: Nullable<string>): string | undefined {
  if (!color) return undefined;
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(color);
  if (!parts) return color.toUpperCase();
  return `#${parts
    .slice(1)
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')}`.toUpperCase();
}
