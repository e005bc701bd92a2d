import {
  generateRandomId,
  getEmptyCell,
  handleStyleToString,
  type ICellData,
  type IRange,
  IUniverInstanceService,
  type Injector,
  type Nullable,
  ObjectMatrix,
  type Univer,
  UniverInstanceType,
  type Workbook,
  type Worksheet,
} from '@univerjs/core';
import { FormulaDataModel } from '@univerjs/engine-formula';
import { type ISheetClipboardHook, ISheetClipboardService } from '@univerjs/preset-sheets-core';
import { textOf } from '../engine/cell-entry';
import { areMany } from './replacing';

type CopyContent = Exclude<
  ReturnType<ISheetClipboardService['generateCopyContent']>,
  null | undefined | void
>;

/**
 * Keeps copying thousands of cells usable. Univer asks every part of itself about each cell, three times; here the cells are read
 * as they are stored, with the texts and looks other programs want. The workbook has to be there.
 */
export function keepCopyingFast(univer: Univer): void {
  const injector = univer.__getInjector();
  const clipboard = injector.get(ISheetClipboardService);
  const copyEach = clipboard.generateCopyContent.bind(clipboard);
  clipboard.generateCopyContent = (unitId, sheetId, range, options) => {
    const sheet = injector
      .get(IUniverInstanceService)
      .getUnit<Workbook>(unitId, UniverInstanceType.UNIVER_SHEET)
      ?.getSheetBySheetId(sheetId);
    const many = areMany(range.endRow - range.startRow + 1, range.endColumn - range.startColumn + 1);
    const isSpecial = options?.copyHookType !== undefined && options.copyHookType !== 'default-copy';
    if (!sheet || !many || isSpecial || sheet.getMergeData().length > 0) {
      return copyEach(unitId, sheetId, range, options);
    }
    // What the parts of Univer remember of a copy is asked for when a part of it is pasted in Univer's way.
    const tell = (hook: ISheetClipboardHook) =>
      hook.onBeforeCopy?.(unitId, sheetId, range, (options?.copyType ?? 'COPY') as never); // an enum that is not exported
    clipboard.getClipboardHooks().forEach(tell);
    const content = copyOf(injector, sheet, range);
    for (const hook of clipboard.getClipboardHooks()) hook.onAfterCopy?.();
    return content;
  };
}

/** The rows of a range that no filter hides: for Univer, and as text and HTML for other programs. */
function copyOf(injector: Injector, sheet: Worksheet, range: IRange): CopyContent {
  const rows = numbers(range.startRow, range.endRow).filter((row) => !sheet.getRowFiltered(row));
  const cols = numbers(range.startColumn, range.endColumn);
  const looks = looksOf(sheet);
  const formulas = injector.get(FormulaDataModel);
  const matrixFragment: CopyContent['matrixFragment'] = new ObjectMatrix();
  const plain: string[] = [];
  const html: string[] = [];
  for (const [index, row] of rows.entries()) {
    const texts: string[] = [];
    let line = '';
    for (const [offset, column] of cols.entries()) {
      const cell = sheet.getCellRaw(row, column) ?? undefined;
      const look = looks(cell);
      const text = textOf(cell, look.numberFormat);
      const f = cell?.si
        ? formulas.getFormulaStringByCell(row, column, sheet.getSheetId(), sheet.getUnitId())
        : cell?.f;
      matrixFragment.setValue(index, offset, { ...getEmptyCell(), ...cell, f: f ?? null, si: null });
      texts.push(text);
      line += `<td${look.html}>${escaped(text)}</td>`;
    }
    plain.push(texts.join('\t'));
    html.push(`<tr>${line}</tr>`);
  }
  const copyId = generateRandomId(6);
  return {
    copyId,
    plain: plain.join('\n'),
    html: `<google-sheets-html-origin><table data-copy-id="${copyId}"><tbody>${html.join('')}</tbody></table>`,
    matrixFragment,
    discreteRange: { rows, cols },
  };
}

interface Look {
  readonly numberFormat: string;
  /** The attribute of an HTML cell, with a space before it; empty when it looks like any other. */
  readonly html: string;
}

const PLAIN: Look = { numberFormat: 'General', html: '' };

/** How cells look; thousands of them share a few styles. */
function looksOf(sheet: Worksheet): (cell: Nullable<ICellData>) => Look {
  const known = new Map<unknown, Look>();
  return (cell) => {
    if (!cell?.s) return PLAIN;
    const former = known.get(cell.s);
    if (former) return former;
    const style = (typeof cell.s === 'string' ? sheet.getStyleDataByHash(cell.s) : cell.s) ?? {};
    const css = escaped(handleStyleToString(style));
    const look = {
      numberFormat: style.n?.pattern ?? PLAIN.numberFormat,
      html: css === '' ? '' : ` style="${css}"`,
    };
    known.set(cell.s, look);
    return look;
  };
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}
