import assert from 'node:assert/strict';
import { readInstalledMetadata } from '../../src/workbench/protocol/read-metadata';
import { type HeadlessExcel, createHeadlessExcel } from '../../src/workbench/transport/headless';
import { failure } from './failure';

describe('What the headless workbook offers', () => {
  let excel: HeadlessExcel | undefined;

  afterEach(() => {
    excel?.dispose();
    excel = undefined;
  });

  function offering(version: string): HeadlessExcel {
    excel = createHeadlessExcel({ requirements: { ExcelApi: version } });
    return excel;
  }

  it('knows the members of office.js and the requirement set of each', () => {
    const { classes } = readInstalledMetadata();
    assert.deepEqual(classes['Table']?.methods['Resize'], {
      name: 'resize',
      since: { set: 'ExcelApi', version: '1.13' },
    });
    assert.equal(classes['Range']?.scalars['Values']?.writable, true);
    assert.equal(classes['Worksheet']?.navigations['Tables']?.type, 'TableCollection');
    assert.equal(classes['Worksheet']?.events['_RegisterDataChangedEvent'], 10);
  });

  it('refuses methods, properties and events above the offered requirement set', async () => {
    const { Excel } = offering('1.6');
    const uses: ((context: Excel.RequestContext) => void)[] = [
      (context) => {
        context.workbook.worksheets.getActiveWorksheet().freezePanes.freezeRows(1);
      },
      (context) => {
        context.workbook.load('name');
      },
      (context) => {
        context.workbook.worksheets.getActiveWorksheet().onChanged.add(() => Promise.resolve());
      },
      (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').dataValidation.clear();
      },
    ];
    for (const use of uses) {
      const error = await failure(() =>
        Excel.run(async (context) => {
          use(context);
          await context.sync();
        }),
      );
      assert.equal(error.code, 'ApiNotFound', use.toString());
    }
  });

  it('compares versions part by part: 1.9 is older than 1.13', async () => {
    const { Excel } = offering('1.9');
    const error = await failure(() =>
      Excel.run(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().tables.add('A1:B2', true).resize('A1:B3');
        await context.sync();
      }),
    );
    assert.equal(error.code, 'ApiNotFound');
  });

  it('fails by name for what it does not model, and leaves it out of a load of everything', async () => {
    const { Excel } = offering('1.14');
    const error = await failure(() =>
      Excel.run(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1:B2').merge();
        await context.sync();
      }),
    );
    assert.equal(error.code, 'NotImplemented');
    assert.match(error.message, /Range\.merge/);
    const property = await failure(() =>
      Excel.run(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').load('hyperlink');
        await context.sync();
      }),
    );
    assert.match(property.message, /Range\.hyperlink/);
    await Excel.run(async (context) => {
      const range = context.workbook.worksheets.getActiveWorksheet().getRange('A1');
      range.load();
      await context.sync();
      assert.equal(range.address, 'Sheet1!A1');
    });
  });

  it('puts office.js on the global object and takes it away again', async () => {
    const remove = offering('1.14').installGlobals();
    try {
      await Excel.run(async (context) => {
        context.workbook.worksheets.getActiveWorksheet().getRange('A1').values = [['x']];
        await context.sync();
      });
      assert.equal(Office.context.requirements.isSetSupported('ExcelApi', '1.13'), true);
      assert.equal(Office.context.requirements.isSetSupported('ExcelApi', '1.15'), false);
    } finally {
      remove();
    }
    assert.equal('Excel' in globalThis, false);
  });

  it('opens the workbook the add-in creates', async () => {
    const opened: (string | undefined)[] = [];
    excel = createHeadlessExcel({ openWorkbook: (base64) => opened.push(base64) });
    await excel.Excel.createWorkbook('UEsDBA==');
    assert.deepEqual(opened, ['UEsDBA==']);
  });

  it('opens it as Excel on the web does, by a call of its own', async () => {
    const opened: (string | undefined)[] = [];
    excel = createHeadlessExcel({ openWorkbook: (base64) => opened.push(base64) });
    const call = { Arguments: ['UEsDBA=='] };
    const action = { Id: 1, ActionType: 3, Name: 'CreateAndOpenWorkbook', ObjectPathId: 1 };
    const actions = [{ ...action, ArgumentInfo: call }];
    const batch = { Actions: actions, ObjectPaths: { 1: { Id: 1, ObjectPathType: 1, Name: '' } } };
    const reply = await excel.host.execute(JSON.stringify(batch), 0);
    assert.deepEqual([opened, reply.includes('"Error"')], [['UEsDBA=='], false]);
  });
});
