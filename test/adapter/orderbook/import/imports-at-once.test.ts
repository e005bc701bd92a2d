import assert from 'node:assert/strict';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import { createPool } from '../../../../src/adapter/orderbook/postgres/database';
import { createPlanner } from '../planner';
import { description, folderOf, linesOf, plant, withLines } from './plant-folder';
import { importing, ofFile, useImporter } from './use-importer';

describe('an import beside other work', () => {
  const { database, pool, importer, bring, rows } = useImporter();

  it('is refused while another one of the company is at work, with whose it is; not afterwards', async () => {
    const folder = await folderOf(plant);
    const both = await Promise.all(
      ['anna', 'bruno'].map((actor) => importer.begin({ folder, actor }, 'the same key', 'hash')),
    );
    const opened = both.find(({ kind }) => kind === 'opened');
    const refused = both.find(({ kind }) => kind === 'running');
    assert.ok(opened?.kind === 'opened' && refused?.kind === 'running');
    assert.deepEqual(refused.run, opened.run);
    assert.equal((await opened.ended).report?.result, 'imported');
    assert.equal((await bring(plant)).result, 'unchanged');
  });

  it('does not wait for an import that nobody works on any more', async () => {
    const folder = await folderOf(plant);
    const dead = createImporter({ ...importing, pool, holder: 'dead' });
    const stopped = new AbortController();
    const begun = await dead.begin({ folder, actor: 'anna' }, 'never done', 'hash', {
      signal: stopped.signal,
    });
    stopped.abort();
    assert.ok(begun.kind === 'opened');
    await begun.ended;
    await pool.query(`update run set state = 'open', closed_at = null, report = null`);
    const later = createImporter({ ...importing, pool, hasEnded: (holder) => holder === 'dead' });
    const next = await later.begin({ folder, actor: 'anna' }, 'done now', 'hash');
    assert.ok(next.kind === 'opened');
    assert.equal((await next.ended).report?.result, 'imported');
    assert.equal((await later.read('IT', begun.run.id))?.state, 'cancelled');
  });

  it('judges in a dry run while planners hold every lock, and keeps none itself', async () => {
    await bring(plant);
    const planner = await pool.connect();
    try {
      await planner.query('begin');
      await planner.query('select from company for update');
      await planner.query('select from production_order for update');
      await planner.query('select from stock for update');
      const materials = linesOf('order_materials.csv').map((line) => line.replace('PC,2,100', 'PC,3,150'));
      const folder = await folderOf({ ...plant, 'order_materials.csv': materials });
      const report = await importer.dryRun({ folder, actor: 'anna' });
      assert.equal(ofFile(report, 'orders')?.updated, 1);
    } finally {
      await planner.query('rollback');
      planner.release();
    }
  });

  it('waits for no import of another company, nor another for it', async () => {
    const other = { ...description, company: 'FR' };
    // Stands still in the middle, with whatever it has locked.
    let reached: () => void = () => undefined;
    const inTheMiddle = new Promise<void>((resolve) => (reached = resolve));
    const blocker = await pool.connect();
    await bring(plant);
    await blocker.query('begin');
    await blocker.query(`select from stock where company_id = 'IT' for update`);
    const later = withLines(
      'orders.csv',
      '2026,3,P,5,PC,2026-11-17,2026-11-18,2026-11-20,S1,executive,release,2026-11-17',
    );
    const folder = await folderOf({
      ...later,
      'order_materials.csv': [...linesOf('order_materials.csv'), '2026,3,10,A,PC,2,10'],
      'movements.csv': [...linesOf('movements.csv'), '2026,3,10,A,MAG1,SCP,10,PC,2026-11-17'],
    });
    const slow = await importer.begin({ folder, actor: 'anna' }, 'stands still', 'hash', {
      onProgress: ({ step, file }) => step === 'writing' && file === 'stock' && reached(),
    });
    assert.ok(slow.kind === 'opened');
    try {
      await inTheMiddle;
      assert.equal((await bring(plant, {}, other)).result, 'imported');
      const dry = await importer.dryRun({ folder, actor: 'bruno' });
      assert.equal(ofFile(dry, 'orders')?.added, 1);
    } finally {
      await blocker.query('rollback');
      blocker.release();
    }
    assert.equal((await slow.ended).report?.result, 'imported');
  });

  it('lets runs of its company be opened while it writes, also when it renames the company', async () => {
    await bring(plant);
    const blocker = await pool.connect();
    await blocker.query('begin');
    await blocker.query('select from stock for update');
    let reached: () => void = () => undefined;
    const inTheMiddle = new Promise<void>((resolve) => (reached = resolve));
    const later = withLines(
      'orders.csv',
      '2026,3,P,5,PC,2026-11-17,2026-11-18,2026-11-20,S1,executive,release,2026-11-17',
    );
    const files = {
      ...later,
      'order_materials.csv': [...linesOf('order_materials.csv'), '2026,3,10,A,PC,2,10'],
      'movements.csv': [...linesOf('movements.csv'), '2026,3,10,A,MAG1,SCP,10,PC,2026-11-17'],
    };
    const folder = await folderOf(files, { ...description, name: 'Torneria Verdi' });
    const begun = await importer.begin({ folder, actor: 'anna' }, 'renames it', 'hash', {
      onProgress: ({ step, file }) => step === 'writing' && file === 'stock' && reached(),
    });
    assert.ok(begun.kind === 'opened');
    try {
      await inTheMiddle;
      const [held] = await createPlanner(pool, 'bruno').hold('A drawing is missing', '2026/1/0');
      assert.equal(held?.result, 'held');
    } finally {
      await blocker.query('rollback');
      blocker.release();
    }
    assert.equal((await begun.ended).report?.result, 'imported');
    assert.deepEqual(await rows('select name from company'), ['("Torneria Verdi")']);
  });

  it('is done when its connection is lost once all of it is committed', async () => {
    const lossy = createPool(database.connectionString);
    let lost = 0;
    lossy.on('connect', (client) => {
      const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
      let imports = false;
      const lose = (...given: unknown[]) => {
        imports ||= typeof given[0] === 'string' && given[0].includes('create unlogged table');
        const answer = query(...given);
        if (given[0] !== 'commit' || !imports) return answer;
        return answer.then(() => {
          lost += 1;
          throw new Error('Connection terminated unexpectedly');
        });
      };
      Object.assign(client, { query: lose });
    });
    try {
      const losing = createImporter({ ...importing, pool: lossy });
      const begun = await losing.begin(
        { folder: await folderOf(plant), actor: 'anna' },
        'lost reply',
        'hash',
      );
      assert.ok(begun.kind === 'opened');
      const ended = await begun.ended;
      assert.deepEqual([lost, ended.state, ended.report?.result], [1, 'done', 'imported']);
    } finally {
      await lossy.end();
    }
  });
});
