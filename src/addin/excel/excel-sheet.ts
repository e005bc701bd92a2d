import type { Language } from '../../language/text';
import type { Formats } from '../../language/formats';
import type { Sheet } from '../sync/sheet';
import { makeRoomForNewerColumns } from './add-columns';
import { textsIn } from '../texts';
import { changeCompany } from './change-company';
import { markOrders, unmarkOrders } from './mark-orders';
import { markRows } from './mark-rows';
import { claimNewOrders, writeCreated } from './new-orders';
import { openOrders, ordersTable } from './orders-table';
import { readContent, writeApplied, writeContent } from './order-content';
import { openWorkbook } from './open-workbook';
import { readMarks } from './read-marks';
import { readSelected } from './read-selected';
import { rebuildTable } from './rebuild-table';
import { restoreFilters } from './restore-filters';
import { excelRunner, type RunExcel } from './run-excel';
import { selectRow, selectRows } from './select-rows';
import { watchSheet } from './watch-sheet';
import {
  clearSetting,
  loadedSearch,
  pendingRun,
  queueSetting,
  readSetting,
  workbookCompany,
} from './workbook-setting';
import {
  filterMovements,
  movementsTable,
  showMovements,
  writeFoundMovements,
  writeMovements,
} from './write-movements';
import { hasChanges, showChanges, writeChanges } from './write-changes';
import { readLots, updateLots, writeLots } from './write-lots';
import { writeOrders } from './write-orders';
import { settleChanged, writePreview, writeResults } from './write-results';
import { writeRequests } from './write-requests';
import { writeShortages } from './write-shortages';
import { writeWithdrawals } from './write-withdrawals';

/** The workbook in Excel. `formats` writes values in sentences, moments by the clock of a zone where one is named. */
export function excelSheet(
  formats: (language: Language, timeZone?: string) => Formats,
  onWaiting: (waiting: boolean) => void,
  run: RunExcel = excelRunner(onWaiting),
): Sheet {
  return {
    readCompany: () => run((context) => readSetting(context, workbookCompany)),
    changeCompany: (company) => run((context) => changeCompany(context, company)),
    readLoaded: () =>
      run(async (context) => {
        const open = await openOrders(context);
        return open === null ? null : readSetting(context, loadedSearch);
      }),
    restoreFilters: () => run(restoreFilters),
    showsMaterials: () =>
      run(async (context) => {
        const open = await openOrders(context);
        return open === null || open.columns.has('materials');
      }),
    writeOrders: (orders, search, language, writing) =>
      run(
        (context) =>
          writeOrders(context, orders, search, language, { ...writing, formats: formats(language) }),
        'oneUndo',
      ),
    rebuild: (language) => run((context) => rebuildTable(context, language)),
    addColumns: (language) =>
      run(async (context) => {
        await makeRoomForNewerColumns(context, ordersTable, language);
        await makeRoomForNewerColumns(context, movementsTable, language);
      }),
    readMarks: () => run(readMarks),
    mark: (action, rows, language) => run((context) => markRows(context, action, rows, language), 'oneUndo'),
    markOrders: (orders, action, company, language) =>
      run((context) => markOrders(context, orders, action, company, language), 'oneUndo'),
    unmarkOrders: (orders, company) => run((context) => unmarkOrders(context, orders, company), 'oneUndo'),
    readSelected: () => run(readSelected),
    selectRows: (orders, company) => run((context) => selectRows(context, orders, company)),
    selectRow: (row) => run((context) => selectRow(context, row)),
    writeResults: (outcomes, company, language, writing) =>
      run(
        (context) => writeResults(context, outcomes, company, language, formats(language), writing),
        'oneUndo',
      ),
    claimNewOrders: (key, hidden, most) =>
      run((context) => claimNewOrders(context, key, hidden, most), 'oneUndo'),
    writeCreated: (key, outcomes, company, language, writing) =>
      run(
        (context) => writeCreated(context, key, outcomes, company, language, formats(language), writing),
        'oneUndo',
      ),
    writePreview: (outcomes, company, language, writing) =>
      run(
        (context) => writePreview(context, outcomes, company, language, formats(language), writing),
        'oneUndo',
      ),
    settleChanged: (outcomes, choice, company, language) =>
      run((context) => settleChanged(context, outcomes, choice, company, language), 'oneUndo'),
    writeMovements: (movements, company, language, writing) =>
      run((context) => writeMovements(context, movements, company, language, writing), 'oneUndo'),
    showMovements: () => run(showMovements),
    writeFoundMovements: (found, company, language) =>
      run((context) => writeFoundMovements(context, found, company, language)),
    hasChanges: () => run(hasChanges),
    writeChanges: (preview, zone, language, writing) =>
      run((context) => {
        const words = { t: textsIn(language), formats: formats(language, zone), zone };
        return writeChanges(context, preview, language, words, writing);
      }, 'oneUndo'),
    showChanges: () => run(showChanges),
    writeContent: (orders, absent, company, zone, language, writing) =>
      run((context) => writeContent(context, orders, absent, company, zone, language, writing), 'oneUndo'),
    writeApplied: (applied, company, zone, language, writing) =>
      run((context) => writeApplied(context, applied, company, zone, language, writing), 'oneUndo'),
    readContent: () => run(readContent),
    writeRequests: (requests, company, language, writing) =>
      run((context) => writeRequests(context, requests, company, language, writing), 'oneUndo'),
    writeShortages: (preview, company, language, writing) =>
      run((context) => writeShortages(context, preview, company, language, writing)),
    readLots: () => run(readLots),
    writeLots: (told, company, language, writing) =>
      run(
        (context) => writeLots(context, told, company, { language, formats: formats(language) }, writing),
        'oneUndo',
      ),
    updateLots: (told, company, language, writing) =>
      run(
        (context) => updateLots(context, told, company, { language, formats: formats(language) }, writing),
        'oneUndo',
      ),
    writeWithdrawals: (paper, language) =>
      run((context) => writeWithdrawals(context, paper, language, formats(language))),
    openWorkbook: (file) => run((context) => openWorkbook(context, file)),
    filterMovements: (item) => run((context) => filterMovements(context, item)),
    readPendingRun: () => run((context) => readSetting(context, pendingRun)),
    savePendingRun: (pending) =>
      run(async (context) => {
        if (pending === null) return clearSetting(context, pendingRun);
        queueSetting(context, pendingRun, pending);
        await context.sync();
      }),
    watch: (changes) => watchSheet(run, changes),
  };
}
