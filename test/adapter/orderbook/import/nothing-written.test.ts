import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { folderOf, linesOf, plant, withLines } from './plant-folder';
import { errors, useImporter } from './use-importer';

describe('an import that is refused, tried or stopped', () => {
  const { importer, bring, rows, whole } = useImporter();

  it('writes nothing and leaves the program alive when it is stopped in the middle of a large file', async () => {
    const line = (n: number) => `X${n},Item ${n},PC,purchase,manual,0`;
    const many = [...linesOf('items.csv'), ...Array.from({ length: 12_000 }, (_, n) => line(n))];
    const before = await whole();
    const stop = new AbortController();
    const folder = await folderOf({ ...plant, 'items.csv': many });
    const watch = { signal: stop.signal, onProgress: () => stop.abort() };
    await assert.rejects(importer.dryRun({ folder, actor: 'anna' }, watch));
    assert.deepEqual(await whole(), before);
  });

  it('reports a file in another encoding, whatever its characters', async () => {
    const utf16 = Buffer.from(`${linesOf('sites.csv').join('\n')}\n`, 'utf16le');
    const report = await bring({ ...plant, 'sites.csv': utf16 });
    assert.equal(report.result, 'refused');
    assert.ok(errors(report).length > 0);
  });

  it('writes nothing at all when one row is wrong', async () => {
    const before = await whole();
    const report = await bring(withLines('order_materials.csv', '2026,1,30,NONE,PC,1,1'));
    assert.deepEqual(
      [report.result, ...errors(report)],
      ['refused', 'order_materials 6 item unknownReference'],
    );
    const { companies: _, ...left } = await whole();
    const { companies: __, ...untouched } = before;
    assert.deepEqual(left, untouched);
  });

  it('keeps nothing of a dry run and reports the same', async () => {
    const before = await whole();
    const dry = await importer.dryRun({ folder: await folderOf(plant), actor: 'anna' });
    assert.deepEqual(await whole(), before);
    assert.deepEqual(await rows('select number from run'), []);
    const real = await bring(plant);
    assert.deepEqual({ ...dry, dryRun: false }, real);
  });

  it('writes nothing when it is cancelled', async () => {
    const stop = new AbortController();
    const folder = await folderOf(plant);
    const begun = await importer.begin({ folder, actor: 'anna' }, randomUUID(), 'hash', {
      signal: stop.signal,
      onProgress: ({ file }) => file === 'orders' && stop.abort(),
    });
    const ended = begun.kind === 'opened' ? await begun.ended : undefined;
    assert.deepEqual([ended?.state, ended?.report?.result], ['cancelled', 'cancelled']);
    assert.deepEqual(await rows(`select item from item where company_id = 'IT'`), []);
  });

  it('can be stopped while it writes', async () => {
    const before = await whole();
    const begun = await importer.begin(
      { folder: await folderOf(plant), actor: 'anna' },
      randomUUID(),
      'hash',
      {
        onProgress: ({ step, file }) => {
          if (step === 'writing' && file === 'stock') void importer.cancel('IT', id);
        },
      },
    );
    assert.ok(begun.kind === 'opened');
    const { id } = begun.run;
    const ended = await begun.ended;
    assert.deepEqual([ended.state, ended.report?.result], ['cancelled', 'cancelled']);
    const { companies: _, ...left } = await whole();
    const { companies: __, ...untouched } = before;
    assert.deepEqual(left, untouched);
  });
});
