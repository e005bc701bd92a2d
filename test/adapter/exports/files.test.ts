import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { csv, type CsvForm } from '../../../src/adapter/exports/csv';
import { column, day, decimal, text, time, whole, type Export } from '../../../src/adapter/exports/table';
import { xlsx } from '../../../src/adapter/exports/xlsx';
import { textsIn } from '../../../src/adapter/texts';
import { readXlsx, unzip } from './read-xlsx';

interface Row {
  readonly code: string;
  readonly quantity: string;
}
const english: CsvForm = { separator: ',', decimal: '.' };
const italian: CsvForm = { separator: ';', decimal: ',' };

function exported(batches: readonly (readonly Row[])[], language: 'en' | 'it' = 'en'): Export<Row> {
  return {
    table: {
      name: 'sheet.movements',
      columns: [
        column('column.item', 10, (row) => text(row.code)),
        column('column.quantity', 10, (row) => decimal(row.quantity)),
        column('column.date', 10, () => day('2026-11-20')),
        column('column.run', 10, () => whole(7)),
        time('column.postedAt', () => '2026-11-20T16:18:00.000Z'),
        time('column.restoredAt', () => null),
      ],
    },
    rows: (async function* () {
      yield* batches;
    })(),
    text: textsIn(language).text,
    localTime: () => '2026-11-20T17:18:00',
  };
}
const codes = (...all: string[]) => [all.map((code) => ({ code, quantity: '1' }))];

async function csvText(batches: readonly (readonly Row[])[], form = english, language: 'en' | 'it' = 'en') {
  let whole = '';
  for await (const piece of csv(exported(batches, language), form)) whole += piece;
  return whole;
}
async function strictly(...all: string[]): Promise<(string | undefined)[]> {
  const lines = parse(await csvText(codes(...all)), { bom: true, record_delimiter: '\r\n' });
  return lines.slice(1).map((line: string[]) => line[0]);
}
async function cells(...all: string[]): Promise<(string | undefined)[]> {
  const [sheet] = await readXlsx(await buffer(xlsx(exported(codes(...all)))));
  return (sheet?.rows ?? []).slice(1).map(([code]) => code);
}

/** Texts an ERP may send; those of the first list Excel would take for formulas. */
const formulas = [
  '=1+1',
  '+39 02',
  '-5',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =HYPERLINK("x")',
  '＝1',
  '＠A',
];
const harmless = [
  '00123',
  '2026/1/1',
  'a=b',
  "O'Ring",
  '"quoted"',
  'a;b,c',
  'two\nlines',
  'è più',
  '🚲',
  ' x ',
  'TRUE',
  '1e5',
];

describe('a table as CSV', () => {
  it('has a byte order mark, headers in the language, and lines as Windows ends them', async () => {
    const batches = [[{ code: 'A', quantity: '1.5' }], [{ code: 'B', quantity: '0.005' }]];
    assert.equal(
      await csvText(batches),
      '\uFEFFItem,Qty,Date,Run,Posted at,Restored at\r\n' +
        'A,1.5,2026-11-20,7,2026-11-20 17:18:00,\r\nB,0.005,2026-11-20,7,2026-11-20 17:18:00,\r\n',
    );
    assert.match(await csvText(batches, italian, 'it'), /^\uFEFFArticolo;Quantità;.*\r\nA;1,5;2026-11-20;/);
  });

  it('without rows is its header', async () => {
    assert.equal((await csvText([])).split('\r\n').length, 2);
  });

  for (const form of [english, italian]) {
    it(`gives every text back to who reads it (${form.separator})`, async () => {
      const read: string[][] = parse(await csvText(codes(...harmless), form), {
        bom: true,
        delimiter: form.separator,
        record_delimiter: '\r\n',
        from: 2,
      });
      assert.deepEqual(
        read.map(([code]) => code),
        harmless,
      );
    });
  }

  for (const formula of formulas) {
    it(`keeps ${JSON.stringify(formula)} from being a formula`, async () => {
      const [row]: string[][] = parse(await csvText(codes(formula)), {
        bom: true,
        from: 2,
        record_delimiter: '\r\n',
      });
      assert.equal(row?.[0], `'${formula}`);
    });
  }

  it('keeps a line break of any kind within its cell', async () => {
    const broken = ['a\n=1+1', 'a\r=1+1', 'a\r\n=1+1'];
    assert.deepEqual(await strictly(...broken), broken);
  });

  it('leaves negative quantities numbers', async () => {
    assert.match(await csvText([[{ code: 'A', quantity: '-5.25' }]], italian), /A;-5,25;/);
  });
});

describe('a table as an Excel workbook', () => {
  it('has headers in the language, texts as texts, days and times as serial numbers, quantities as exact numbers', async () => {
    const file = await buffer(xlsx(exported([[{ code: '00123', quantity: '1234567890.12345' }]], 'it')));
    assert.deepEqual(await readXlsx(file), [
      {
        name: 'Movimenti',
        rows: [
          ['s:Articolo', 's:Quantità', 's:Data', 's:Elaborazione', 's:Registrato il', 's:Ripristinato il'],
          ['s:00123', '1234567890.12345', '46346', '7', '46346.720833', ''],
        ],
      },
    ]);
  });

  it('keeps a quantity of more digits than a number holds as text', async () => {
    const [sheet] = await readXlsx(
      await buffer(xlsx(exported([[{ code: 'A', quantity: '1234567890123456.5' }]]))),
    );
    assert.equal(sheet?.rows[1]?.[1], 's:1234567890123456.5');
  });

  it('gives every text back as it is, none of them a formula', async () => {
    const hard = [...formulas, ...harmless, '<b>&amp;</b>', '_x0041_', ']]>'];
    assert.deepEqual(
      await cells(...hard),
      hard.map((code) => `s:${code}`),
    );
  });

  it('leaves out what XML cannot hold, and what a cell cannot', async () => {
    assert.deepEqual(await cells('a\u0000b\u0001\uFFFE', '\uD800x', 'x'.repeat(40_000)), [
      's:a\uFFFDb\uFFFD\uFFFD',
      's:\uFFFDx',
      `s:${'x'.repeat(32_767)}`,
    ]);
  });

  it('goes on in another sheet where one is full', async () => {
    for (const [rows, sheets] of [
      [0, [0]],
      [3, [3]],
      [4, [3, 1]],
      [6, [3, 3]],
      [7, [3, 3, 1]],
    ] as const) {
      const all = Array.from({ length: rows }, (_, index) => ({ code: `C${index}`, quantity: '1' }));
      const read = await readXlsx(await buffer(xlsx(exported([all]), 3)));
      assert.deepEqual(
        read.map((sheet) => sheet.rows.length - 1),
        sheets,
      );
      assert.deepEqual(
        read.flatMap((sheet) => sheet.rows.slice(1).map(([code]) => code)),
        all.map(({ code }) => `s:${code}`),
      );
      assert.equal(read[1]?.name ?? 'Movements (2)', 'Movements (2)');
    }
  });

  it('names every part it holds', async () => {
    const parts = await unzip(await buffer(xlsx(exported(codes('A', 'B')), 1)));
    const named = [...(parts.get('[Content_Types].xml') ?? '').matchAll(/PartName="\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(named.sort(), [...parts.keys()].filter((name) => /^xl\/[^_]/.test(name)).sort());
  });

  it('breaks off when the rows do, and asks for no more', async () => {
    let closed = false;
    const rows = (async function* () {
      try {
        yield [{ code: 'A', quantity: '1' }];
        throw new Error('the book is gone');
      } finally {
        closed = true;
      }
    })();
    await assert.rejects(buffer(xlsx({ ...exported([]), rows })), /the book is gone/);
    assert.ok(closed);
  });

  it('ends the reading of the rows when nobody wants the file any more', async () => {
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const rows = (async function* () {
      try {
        for (;;)
          yield Array.from({ length: 1000 }, () => ({ code: Math.random().toString(36), quantity: '1' }));
      } finally {
        ended();
      }
    })();
    const file = xlsx({ ...exported([]), rows });
    file.once('data', () => file.destroy());
    await end;
  });

  it('ends the reading of the rows when nobody wants the file any more before the first of them are there', async () => {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    let ended: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    const rows = (async function* () {
      try {
        await arrived;
        for (;;) yield [{ code: 'A', quantity: '1' }];
      } finally {
        ended();
      }
    })();
    const file = xlsx({ ...exported([]), rows });
    const closed = new Promise((resolve) => file.once('close', resolve));
    file.destroy();
    await closed;
    arrive();
    await end;
  });
});
