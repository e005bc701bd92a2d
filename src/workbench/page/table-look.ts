import type { Univer } from '@univerjs/core';
import { RangeThemeStyle, SheetRangeThemeModel } from '@univerjs/preset-sheets-core';

/** The style every table has unless a person chooses another. */
const USUAL_STYLE = 'table-default-0';

/**
 * A calm look for tables: dark words on a light header, every second row tinted. Univer draws dark mode by turning lightness over,
 * which would make words on a strong colour, as in its own style, unreadable.
 */
export function setTableLook(univer: Univer): void {
  const line = { s: 1, cl: { rgb: '#A9CDBD' } };
  const look = new RangeThemeStyle(USUAL_STYLE, {
    headerRowStyle: { bg: { rgb: '#CFE7DC' }, cl: { rgb: '#0B3B2D' }, bd: { t: line, b: line } },
    headerColumnStyle: { bd: { l: line } },
    secondRowStyle: { bg: { rgb: '#F2F8F5' } },
    lastRowStyle: { bd: { b: line } },
    lastColumnStyle: { bd: { r: line } },
  });
  univer.__getInjector().get(SheetRangeThemeModel).registerDefaultRangeTheme(look);
}
