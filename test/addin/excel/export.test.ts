import assert from 'node:assert/strict';
import { SheetError } from '../../../src/addin/sync/sheet';
import { excelSheet } from '../../../src/addin/excel/excel-sheet';
import { excelRunner } from '../../../src/addin/excel/run-excel';
import { formatsFor } from '../../../src/language/formats';
import { createHeadlessExcel, type HeadlessExcel } from '../../../src/workbench/transport/headless';

describe('a file that is opened as a new workbook', () => {
  const FILE = 'UEsDBA==';
  let excel: HeadlessExcel;
  let removeGlobals: () => void;
  let opened: (string | undefined)[];
  let waits: boolean[];

  beforeEach(() => {
    [opened, waits] = [[], []];
    excel = createHeadlessExcel({ openWorkbook: (base64) => opened.push(base64) });
    removeGlobals = excel.installGlobals();
  });
  afterEach(() => {
    removeGlobals();
    excel.dispose();
  });
  const open = () => {
    const onWaiting = (waiting: boolean) => void waits.push(waiting);
    const formats = (language: 'en' | 'it') => formatsFor(language, language);
    return excelSheet(formats, onWaiting, excelRunner(onWaiting, 1)).openWorkbook(FILE);
  };

  it('arrives in Excel as it is', async () => {
    await open();
    assert.deepEqual(opened, [FILE]);
  });

  it('waits for the planner to finish the cell being edited', async () => {
    excel.faults.startCellEdit();
    const opening = open();
    while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(opened, []);
    excel.faults.endCellEdit();
    await opening;
    assert.deepEqual([opened, waits], [[FILE], [true, false]]);
  });

  it('5 MB: says when it is too large for Excel on the web', async () => {
    excel.faults.sizeLimits = { request: 200, response: 1_000_000 };
    await assert.rejects(open(), (error) => error instanceof SheetError && error.code === 'tooLarge');
  });
});
