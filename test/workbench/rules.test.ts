import assert from 'node:assert/strict';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { writeOrders } from './orders-sheet';

describe('Validations, conditional formats, names and settings', () => {
  let excel: HeadlessExcel;

  beforeEach(async () => {
    excel = createHeadlessExcel();
    await writeOrders(excel);
  });

  afterEach(() => {
    excel.dispose();
  });

  it('keeps a dropdown with its alert and prompt, and finds the cells it refuses', async () => {
    await excel.Excel.run(async (context) => {
      const lists = context.workbook.worksheets.add('Lists');
      lists.getRange('A1:A2').values = [['REL'], ['RES']];
      const body = context.workbook.tables.getItem('Orders').columns.getItem('Action').getDataBodyRange();
      const validation = body.dataValidation;
      validation.rule = { list: { inCellDropDown: true, source: '=Lists!$A$1:$A$2' } };
      validation.errorAlert = { showAlert: true, style: 'Stop', title: 'Action', message: 'REL or RES' };
      validation.prompt = { showPrompt: true, title: 'Action', message: 'Choose' };
      validation.ignoreBlanks = true;
      validation.load('type, rule, errorAlert, prompt, valid');
      const none = validation.getInvalidCellsOrNullObject();
      await context.sync();
      assert.equal(none.isNullObject, true);
      assert.equal(validation.type, 'List');
      assert.deepEqual(validation.rule, { list: { inCellDropDown: true, source: '=Lists!$A$1:$A$2' } });
      assert.equal(validation.errorAlert.message, 'REL or RES');
      assert.equal(validation.prompt.message, 'Choose');
      assert.equal(validation.valid, true);

      body.getCell(2, 0).values = [['RELEASE']];
      const refused = validation.getInvalidCellsOrNullObject();
      refused.load('address, cellCount');
      await context.sync();
      assert.equal(refused.address, 'Orders!E4');
      assert.equal(refused.cellCount, 1);
    });
  });

  it('says Inconsistent where only a part of the cells has a rule', async () => {
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem('Orders');
      sheet.getRange('E2:E5').dataValidation.rule = { list: { inCellDropDown: true, source: 'REL' } };
      sheet.getRange('E3').dataValidation.clear();
      const [all, one, rest] = ['E2:E5', 'E3', 'E4:E5'].map(
        (address) => sheet.getRange(address).dataValidation,
      );
      for (const validation of [all, one, rest]) validation?.load('type');
      await context.sync();
      assert.deepEqual([all?.type, one?.type, rest?.type], ['Inconsistent', 'None', 'List']);
    });
  });

  it('keeps conditional formats of the three kinds, and clears them', async () => {
    await excel.Excel.run(async (context) => {
      const formats = context.workbook.worksheets.getItem('Orders').getRange('E2:E5').conditionalFormats;
      const value = formats.add('CellValue');
      value.cellValue.rule = { formula1: '="REL"', operator: 'EqualTo' };
      value.cellValue.format.fill.color = '#C6EFCE';
      value.cellValue.format.font.color = '#006100';
      const text = formats.add('ContainsText');
      text.textComparison.rule = { operator: 'Contains', text: 'RES' };
      text.textComparison.format.font.bold = true;
      const custom = formats.add('Custom');
      custom.custom.rule.formula = '=$C2>30';
      custom.custom.format.fill.color = '#FFEE00';
      formats.load('items/type, items/id');
      await context.sync();
      assert.deepEqual(formats.items.map((item) => item.type).sort(), [
        'CellValue',
        'ContainsText',
        'Custom',
      ]);

      custom.custom.load('rule/formula, format/fill/color');
      value.cellValue.load('rule, format/font/color');
      await context.sync();
      assert.equal(custom.custom.rule.formula, '=$C2>30');
      assert.equal(custom.custom.format.fill.color, '#FFEE00');
      assert.equal(value.cellValue.format.font.color, '#006100');

      formats.clearAll();
      formats.load('items');
      await context.sync();
      assert.equal(formats.items.length, 0);
    });
  });

  it('keeps names that stand for ranges', async () => {
    await excel.Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem('Orders');
      context.workbook.names.add('Actions', sheet.getRange('E2:E5'));
      const name = context.workbook.names.getItemOrNullObject('actions');
      name.load('name, formula, value');
      const range = name.getRangeOrNullObject();
      range.load('address');
      const nothing = context.workbook.names.getItemOrNullObject('Nothing');
      await context.sync();
      assert.equal(name.formula, '=Orders!$E$2:$E$5');
      assert.equal(range.address, 'Orders!E2:E5');
      assert.equal(nothing.isNullObject, true);
      name.delete();
      const gone = context.workbook.names.getItemOrNullObject('Actions');
      await context.sync();
      assert.equal(gone.isNullObject, true);
    });
  });

  it('keeps settings of any shape, shared with the document settings', async () => {
    await excel.Excel.run(async (context) => {
      context.workbook.settings.add('columns', { Order: 'key', list: [1, 2] });
      const setting = context.workbook.settings.getItemOrNullObject('columns');
      const missing = context.workbook.settings.getItemOrNullObject('missing');
      setting.load('value');
      await context.sync();
      assert.deepEqual(setting.value, { Order: 'key', list: [1, 2] });
      assert.equal(missing.isNullObject, true);
    });
    assert.equal(excel.host.settings.get('columns'), '{"Order":"key","list":[1,2]}');
  });

  it('keeps how a sheet is printed and knows the number conventions', async () => {
    const italian = createHeadlessExcel({ locale: 'it-IT' });
    await italian.Excel.run(async (context) => {
      const layout = context.workbook.worksheets.getActiveWorksheet().pageLayout;
      layout.orientation = 'Landscape';
      layout.setPrintMargins('Centimeters', { left: 1.27 });
      layout.setPrintTitleRows('$1:$2');
      layout.headersFooters.defaultForAllPages.centerFooter = '&P';
      layout.load('orientation, leftMargin');
      const rows = layout.getPrintTitleRowsOrNullObject();
      rows.load('address');
      const { cultureInfo } = context.workbook.application;
      cultureInfo.load('name, numberFormat/numberDecimalSeparator');
      await context.sync();
      assert.equal(layout.orientation, 'Landscape');
      assert.equal(Math.round(layout.leftMargin), 36);
      assert.equal(rows.address, 'Sheet1!1:2');
      assert.equal(cultureInfo.name, 'it-IT');
      assert.equal(cultureInfo.numberFormat.numberDecimalSeparator, ',');
    });
    italian.dispose();
  });
});
