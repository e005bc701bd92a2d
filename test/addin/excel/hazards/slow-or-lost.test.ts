import assert from 'node:assert/strict';
import { writeOrders } from '../../../../src/addin/excel/write-orders';
import { aMovement, anOutcome, aSearch, company, rowsOf } from '../workbook';
import { useSheetOfOrders } from './sheet-of-orders';

describe('what is slow in Excel, clashes or cannot be undone', () => {
  const { workbook, orders, write } = useSheetOfOrders();

  /** What Excel was asked for, as office.js sends it. */
  async function askedFor(job: () => Promise<unknown>): Promise<string> {
    const { host } = workbook.excel;
    const execute = host.execute.bind(host);
    const bodies: string[] = [];
    host.execute = (body, flags) => {
      bodies.push(body);
      return execute(body, flags);
    };
    await job();
    host.execute = execute;
    return bodies.join('\n');
  }
  const many = (count: number) => Array.from({ length: count }, (_unused, at) => at + 1);

  it('slow adding of rows: many come in as blocks of values, never through the rows of the table', async () => {
    await write(1);
    const asked = await askedFor(() => write(...many(300)));
    assert.ok(!asked.includes('"Rows"'));
    assert.equal((await rowsOf()).length, 300);
  });

  it('slow deleting of rows: scattered ones go in few blocks', async () => {
    await write(...many(300));
    const asked = await askedFor(() => write(...many(300).filter((number) => number % 2 === 0)));
    assert.equal(asked.split('"Name":"Delete"').length - 1, 1);
    assert.equal((await rowsOf()).length, 150);
  });

  it('lost undo: with its sheets there, nothing is asked for that empties the list of what can be undone', async () => {
    const addsSheets = /"Name":"Worksheets"[^\n]*"Name":"Add"/;
    assert.match(await askedFor(() => write(1, 2)), addsSheets);
    await workbook.sheet.writeMovements([aMovement(1)], company, 'en');
    const asked = await askedFor(async () => {
      await write(2, 3);
      await workbook.sheet.mark('release', 'visible', 'en');
      await workbook.sheet.writeResults([anOutcome(2)], company, 'en');
      await workbook.sheet.writeMovements([aMovement(1), aMovement(2)], company, 'en');
    });
    assert.doesNotMatch(asked, /"Protection"|"Save"|"Copy"/);
    assert.doesNotMatch(asked, addsSheets);
  });

  it('frozen pane: timers of the pane run between two chunks', async () => {
    let turns = 0;
    let written = 0;
    const turn = () => {
      turns += 1;
      timer = setTimeout(turn, 0);
    };
    let timer = setTimeout(turn, 0);
    const atChunk: number[] = [];
    await Excel.run((context) =>
      writeOrders(context, orders(...many(6)), aSearch(6), 'en', {
        chunkBytes: 1,
        progress: (done) => {
          if (done > written) atChunk.push(turns);
          written = done;
        },
      }),
    );
    clearTimeout(timer);
    assert.equal(new Set(atChunk).size, atChunk.length);
    assert.ok(atChunk.length > 3);
  });
});
