/* global Excel, Office, module, console */
/**
 * Asks an Excel how it behaves, one question after the other. Runs as it stands in a real Excel (Script Lab: paste it whole into
 * the Script tab of a new snippet and run it) and in the workbench; `npm run capture:compare` compares the answers. Works on
 * sheets of its own, which it deletes again; nothing of the workbook is read.
 */
const probes = {
  async 'text that looks like a formula'(context, sheet) {
    const range = sheet.getRange('A1:A5');
    range.numberFormat = [['@'], ['@'], ['@'], ['General'], ['General']];
    range.values = [['=1+1'], ['+39'], ['000123'], ["'=1+1"], ["'-5"]];
    return read(context, range, 'values', 'formulas', 'text', 'valueTypes');
  },
  async 'numbers, dates, errors and truth'(context, sheet) {
    const range = sheet.getRange('A1:A6');
    range.numberFormat = [['General'], ['yyyy-mm-dd'], ['General'], ['General'], ['0.###'], ['General']];
    range.formulas = [[12.5], [46000], ['=1/0'], ['=1=1'], [0.125], ['=NA()']];
    return read(context, range, 'values', 'text', 'valueTypes', 'numberFormat');
  },
  async 'null leaves a cell, an empty text clears it'(context, sheet) {
    const range = sheet.getRange('A1:C1');
    range.values = [[1, 2, 3]];
    await context.sync();
    range.values = [[null, '', 9]];
    return read(context, range, 'values', 'valueTypes');
  },
  async 'names of a table and its columns'(context, sheet) {
    const table = await fruit(context, sheet, [['Fruit', '', 'fruit', 'Fruit']]);
    const header = await read(context, table.getHeaderRowRange(), 'values');
    table.columns.load('items/name,items/index');
    await context.sync();
    return { header, columns: table.columns.items.map(({ name, index }) => [index, name]) };
  },
  async 'rows written right below a table'(context, sheet) {
    const table = await fruit(context, sheet);
    sheet.getRange('A5:C6').values = [
      ['Plum', 4, 'A'],
      ['Fig', 9, ''],
    ];
    return read(context, table.getRange(), 'address', 'values');
  },
  async 'a column written right beside a table'(context, sheet) {
    const table = await fruit(context, sheet);
    sheet.getRange('D2').values = [['note']];
    return read(context, table.getRange(), 'address', 'values');
  },
  async 'a table that is resized'(context, sheet) {
    const table = await fruit(context, sheet);
    table.resize('A1:C3');
    const smaller = await read(context, table.getRange(), 'address');
    const left = await read(context, sheet.getRange('A4:C4'), 'values');
    return { smaller, left };
  },
  async 'what a values filter leaves'(context, sheet) {
    const table = await filtered(context, sheet);
    const view = table.getDataBodyRange().getVisibleView();
    const visible = await read(context, view, 'values', 'cellAddresses', 'rowCount');
    table.autoFilter.load('criteria,isDataFiltered');
    await context.sync();
    return { visible, criteria: table.autoFilter.criteria, filtered: table.autoFilter.isDataFiltered };
  },
  async 'a block written while rows are filtered out'(context, sheet) {
    const table = await filtered(context, sheet);
    sheet.getRange('B2:B4').values = [[101], [102], [103]];
    await context.sync();
    table.clearFilters();
    return read(context, sheet.getRange('A1:C6'), 'values');
  },
  async 'rows deleted while rows are filtered out'(context, sheet) {
    const table = await filtered(context, sheet);
    sheet.getRange('2:3').delete('Up');
    await context.sync();
    table.clearFilters();
    return read(context, table.getRange(), 'address', 'values');
  },
  async 'a filter that was saved and is put back'(context, sheet) {
    const table = await filtered(context, sheet);
    const { filter } = table.columns.getItem('Grade');
    filter.load('criteria');
    await context.sync();
    const { criteria } = filter;
    table.clearFilters();
    await context.sync();
    filter.apply(criteria);
    return read(context, table.getDataBodyRange().getVisibleView(), 'values');
  },
  async sorting(context, sheet) {
    const table = await fruit(context, sheet);
    sheet.getRange('D1:D4').formulas = [['Twice'], ['=B2*2'], ['=B3*2'], ['=B4*2']];
    table.sort.apply([{ key: 1, ascending: true }]);
    return read(context, sheet.getRange('A1:D4'), 'values', 'formulas');
  },
  async 'a dropdown'(context, sheet) {
    const cell = sheet.getRange('A1:A2');
    cell.dataValidation.rule = { list: { inCellDropDown: true, source: 'Release,Restore' } };
    cell.dataValidation.ignoreBlanks = true;
    cell.values = [['Release'], ['Nonsense']];
    const validation = await read(context, cell.dataValidation, 'rule', 'type', 'valid', 'ignoreBlanks');
    return { validation, values: await read(context, cell, 'values') };
  },
  async 'a whole column'(context, sheet) {
    sheet.getRange('A1:A3').values = [[1], [2], [3]];
    return read(context, sheet.getRange('A:A'), 'values', 'address', 'rowCount');
  },
  async 'print set-up'(context, sheet) {
    const layout = sheet.pageLayout;
    layout.orientation = 'Landscape';
    layout.zoom = { horizontalFitToPages: 1, verticalFitToPages: 0 };
    layout.setPrintTitleRows('$1:$1');
    return read(context, layout, 'orientation', 'zoom');
  },
  async 'settings of the workbook'(context) {
    const name = 'workbench.capture';
    context.workbook.settings.add(name, { list: [1, 'two', null], day: '2026-11-20' });
    const kept = await read(context, context.workbook.settings.getItem(name), 'value');
    context.workbook.settings.getItem(name).delete();
    await context.sync();
    return kept;
  },
  async 'what is not there'(context, sheet) {
    const nothing = context.workbook.tables.getItemOrNullObject('NoSuchTable');
    nothing.load('name');
    await context.sync();
    return {
      nullObject: nothing.isNullObject,
      item: await codeOf(context, () => context.workbook.tables.getItem('NoSuchTable').load('name')),
      shape: await codeOf(context, () => void (sheet.getRange('A1:B2').values = [[1]])),
      address: await codeOf(context, () => sheet.getRange('NoSuchName!').load('address')),
    };
  },
  async 'events of the own writes'(context, sheet) {
    const seen = [];
    const handler = sheet.onChanged.add(async ({ address, changeType, source, triggerSource }) => {
      seen.push({ address, changeType, source, triggerSource: triggerSource ?? null });
    });
    await context.sync();
    sheet.getRange('B2:B3').values = [[1], [2]];
    await context.sync();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    handler.remove();
    await context.sync();
    return seen;
  },
  async 'requirement sets'() {
    const sets = { ExcelApi: 30, RibbonApi: 3, SharedRuntime: 2, KeyboardShortcuts: 1, DialogApi: 2 };
    return Object.fromEntries(
      Object.entries(sets).map(([name, highest]) => {
        const minors = Array.from({ length: highest }, (_, index) => `1.${index + 1}`);
        return [
          name,
          minors.filter((each) => Office.context.requirements.isSetSupported(name, each)).pop() ?? null,
        ];
      }),
    );
  },
};

/** Asks all questions; answers by question, an error as its code. */
async function capture() {
  const answers = {};
  for (const [question, ask] of Object.entries(probes)) {
    answers[question] = await Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.add();
      await context.sync();
      try {
        return await ask(context, sheet);
      } finally {
        sheet.delete();
        await context.sync();
      }
    }).catch((error) => ({ failed: error.code ?? String(error) }));
  }
  return answers;
}

async function fruit(context, sheet, header = [['Fruit', 'Crates', 'Grade']]) {
  const rows = [...header, ['Apple', 12, 'A'], ['Pear', 7, 'B'], ['Quince', 3, 'A']];
  const width = header[0].length;
  const range = sheet.getRange('A1').getResizedRange(rows.length - 1, width - 1);
  range.values = rows.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? ''));
  const table = sheet.tables.add(range, true);
  await context.sync();
  return table;
}

/** Leaves Apple and Quince in view, of five rows. */
async function filtered(context, sheet) {
  const table = await fruit(context, sheet);
  sheet.getRange('A5:C6').values = [
    ['Plum', 4, 'B'],
    ['Fig', 9, 'A'],
  ];
  table.resize('A1:C6');
  table.columns.getItem('Grade').filter.applyValuesFilter(['A']);
  await context.sync();
  return table;
}

async function read(context, object, ...names) {
  object.load(names.join());
  await context.sync();
  return Object.fromEntries(
    names.map((name) => [name, /address/i.test(name) ? withoutSheet(object[name]) : object[name]]),
  );
}

/** Sheets are called what they are called; only the cells are compared. */
function withoutSheet(addresses) {
  return Array.isArray(addresses) ? addresses.map(withoutSheet) : addresses.replace(/^.*!/, '');
}

async function codeOf(context, use) {
  try {
    use();
    await context.sync();
    return null;
  } catch (error) {
    return error.code ?? String(error);
  }
}

if (typeof module === 'object') module.exports = { capture };
else
  Office.onReady()
    .then(capture)
    .then((answers) => console.log(JSON.stringify(answers, null, 2)));
