import type { Univer } from '@univerjs/core';
import type { Workbook } from '../engine/workbook';
import { createWorkbookEngine } from '../engine/univer-workbook';
import { ExcelHost } from '../protocol/excel-host';
import type { Metadata } from '../protocol/metadata';
import { watchCellEdit } from './cell-edit';
import { setTableLook } from './table-look';

export interface WorkbookStart {
  readonly name: string;
  readonly sheet: string;
  /** Locale of number conventions, e.g. `it-IT`. */
  readonly locale: string;
  /** The add-in opens a file, as base64, as a new workbook; undefined for an empty one. */
  readonly onNewWorkbook: (file: string | undefined) => void;
}

/** Opens a new workbook in the spreadsheet, with the host that plays Excel on it. */
export function openWorkbook(
  univer: Univer,
  metadata: Metadata,
  start: WorkbookStart,
): { readonly workbook: Workbook; readonly host: ExcelHost } {
  const workbook = createWorkbookEngine(univer, { name: start.name, sheetName: start.sheet });
  setTableLook(univer);
  const host = new ExcelHost({
    metadata,
    workbook,
    locale: start.locale,
    openWorkbook: start.onNewWorkbook,
  });
  watchCellEdit(
    univer,
    () => host.faults.startCellEdit(),
    () => host.faults.endCellEdit(),
  );
  return { workbook, host };
}
