import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import type { Importer, ImportRequest, Report } from '../../../../src/adapter/orderbook/importer';
import { createPool } from '../../../../src/adapter/orderbook/postgres/database';
import { migrate } from '../../../../src/adapter/orderbook/postgres/migrate';
import { instant } from '../../../../src/domain/calendar';
import { useDatabase } from '../../../postgres';
import { bookState, emptyBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { createPlanner } from '../planner';
import { description, folderOf, linesOf, plant, withLines, type Files } from './plant-folder';

const at = instant(new Date('2026-11-20T09:00:00Z'));
const silent = { error: () => undefined };

describe('an import', () => {
  const database = useDatabase(migrate);
  let pool: ReturnType<typeof createPool>;
  let importer: Importer;

  before(() => {
    pool = createPool(database.connectionString);
    importer = createImporter({ pool, holder: 'test', clock: () => at, hasEnded: () => false, log: silent });
  });
  beforeEach(() => emptyBook(pool));
  afterEach('the book is sound', () => assertInvariants(pool));
  after(() => pool.end());

  async function bring(
    files: Files,
    request: Partial<ImportRequest> = {},
    plantJson = description,
  ): Promise<Report> {
    const folder = await folderOf(files, plantJson);
    const begun = await importer.begin({ folder, actor: 'anna', ...request }, randomUUID(), 'hash');
    assert.equal(begun.kind, 'opened');
    const { report } = await (begun.kind === 'opened' ? begun.ended : Promise.reject(new Error()));
    assert.ok(report);
    return report;
  }
  const rows = async (query: string): Promise<string[]> => {
    const { rows: found } = await pool.query<{ row: string }>(
      `select t::text as row from (${query}) t order by 1`,
    );
    return found.map(({ row }) => row);
  };
  const whole = async () => ({
    ...(await bookState(pool)),
    items: await rows('select * from item'),
    companies: await rows('select company_id, name, time_zone, moved_days, ready from company'),
  });
  const errors = ({ errors: { items } }: Report) =>
    items.map(({ file, line, column, code }) => `${file} ${line ?? ''} ${column ?? ''} ${code}`);
  const ofFile = (report: Report, file: string) => report.files.find((one) => one.file === file);
  const stock = () =>
    rows(
      `select item, trim_scale(opening) as opening, trim_scale(on_hand) as on_hand from stock where company_id = 'IT'`,
    );

  it('brings a plant with its orders, movements and stock; the company is there when it is done', async () => {
    const report = await bring(plant);
    assert.deepEqual([report.result, report.errors.count], ['imported', 0]);
    const { book } = createPlanner(pool);
    assert.deepEqual(
      (await book.companies()).map(({ code }) => code),
      ['IT'],
    );
    assert.deepEqual(
      await rows(
        `select number, state, material_lines, operation_lines from production_order where company_id = 'IT'`,
      ),
      ['(1,launched,2,1)', '(2,executive,2,1)'],
    );
    assert.deepEqual(await stock(), ['(A,520,500)', '(D,20.04,20)']);
  });

  it('has ended when it was done, not when it was asked for', async () => {
    let minute = 0;
    const clock = () => instant(new Date(Date.UTC(2026, 10, 20, 9, minute++)));
    const slow = createImporter({ pool, holder: 'test', clock, hasEnded: () => false, log: silent });
    const begun = await slow.begin({ folder: await folderOf(plant), actor: 'anna' }, randomUUID(), 'hash');
    assert.equal(begun.kind, 'opened');
    const ended = await (begun.kind === 'opened' ? begun.ended : Promise.reject(new Error()));
    assert.ok(ended.closedAt !== null && ended.closedAt > ended.openedAt);
  });

  it('counts the need in the base unit, whatever unit the line is written in', async () => {
    await bring(plant);
    assert.deepEqual(
      await rows(`select m.item, m.unit, trim_scale(m.quantity) from order_material m join production_order o using (company_id, order_id)
                   where o.company_id = 'IT' and o.number = 1`),
      ['(A,PC,100)', '(D,G,0.2)'],
    );
  });

  it('rounds a converted need to the decimals a quantity may have, and the order can be released', async () => {
    await bring({
      ...plant,
      'item_units.csv': [...linesOf('item_units.csv'), 'A,LB,0.45359237'],
      'order_materials.csv': linesOf('order_materials.csv').map((line) =>
        line.replace('2026,1,10,A,PC,2,100', '2026,1,10,A,LB,2,0.25'),
      ),
    });
    const planner = createPlanner(pool, 'anna');
    assert.equal((await planner.release('2026/1/0'))[0]?.result, 'released');
    assert.deepEqual(await stock(), ['(A,520,499.886601907)', '(D,20.04,19.8)']);
  });

  it('leaves the lines of orders alone when their files are not in the folder', async () => {
    await bring(plant);
    const orders = linesOf('orders.csv').map((line) => line.replace('2026-11-27,S1', '2026-11-30,S1'));
    assert.equal((await bring({ 'orders.csv': orders })).result, 'imported');
    assert.deepEqual(
      await rows(
        `select number, due_on, material_lines, operation_lines,
                (select count(*) from order_material m where m.order_id = o.order_id) as materials
           from production_order o where company_id = 'IT' and number = 1`,
      ),
      ['(1,2026-11-30,2,1,2)'],
    );
    assert.equal((await bring({ 'orders.csv': orders })).result, 'unchanged');
  });

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

  it('takes the policies of the first folder that is imported, not of one that was refused', async () => {
    const wrong = withLines('sites.csv', 'S1,Twice');
    assert.equal((await bring(wrong)).result, 'refused');
    const policies = { shortage: 'negative', reservation: 'none' };
    assert.equal(
      (await bring(plant, {}, { ...description, policies } as typeof description)).result,
      'imported',
    );
    assert.deepEqual(await rows('select shortage_policy from company'), ['(negative)']);
  });

  it('takes the production input locations of sites and work centres, and how the company picks', async () => {
    const located = {
      ...plant,
      'sites.csv': ['site,name,input_warehouse', 'S1,Torino,MAG1'],
      'work_centres.csv': ['work_centre,name,site,input_warehouse', '100,Assembly,S1,'],
    };
    const policies = { shortage: 'refuse', reservation: 'partial', picking: 'work' };
    assert.equal(
      (await bring(located, {}, { ...description, policies } as typeof description)).result,
      'imported',
    );
    assert.deepEqual(await rows('select input_warehouse from site'), ['(MAG1)']);
    assert.deepEqual(await rows('select input_warehouse from work_centre'), ['()']);
    assert.deepEqual(await rows('select picking_policy from company'), ['(work)']);
    const wrong = { ...located, 'sites.csv': ['site,name,input_warehouse', 'S1,Torino,NONE'] };
    assert.equal((await bring(wrong)).result, 'refused');
  });

  it('releases what it brought', async () => {
    await bring(plant);
    const planner = createPlanner(pool, 'anna');
    const [outcome] = await planner.release('2026/1/0');
    assert.equal(outcome?.result, 'released', JSON.stringify(outcome?.refusals));
    assert.deepEqual(await stock(), ['(A,520,400)', '(D,20.04,19.8)']);
  });

  it('changes nothing when the same folder comes again', async () => {
    await bring(plant);
    const before = await whole();
    const report = await bring(plant);
    assert.equal(report.result, 'unchanged');
    assert.deepEqual(await whole(), before);
    assert.deepEqual(ofFile(report, 'stock'), {
      file: 'stock',
      rows: 2,
      added: 0,
      updated: 0,
      unchanged: 0,
      removed: 0,
      leftOut: [{ reason: 'opened', rows: 2 }],
    });
  });

  it('updates a launched order that its file says something else of, with a new version and an audit entry', async () => {
    await bring(plant);
    const report = await bring({
      ...plant,
      'order_materials.csv': linesOf('order_materials.csv').map((line) =>
        line.replace('10,A,PC,2,100', '10,A,PC,3,150'),
      ),
    });
    assert.deepEqual(ofFile(report, 'orders'), {
      ...{ file: 'orders', rows: 2, added: 0, updated: 1, unchanged: 0, removed: 0 },
      leftOut: [{ reason: 'begun', rows: 1 }],
    });
    // One line of it says something else; the rows of the order that has begun are not looked at.
    assert.deepEqual(ofFile(report, 'order_materials'), {
      ...{ file: 'order_materials', rows: 4, added: 0, updated: 1, unchanged: 1, removed: 0 },
      leftOut: [{ reason: 'begun', rows: 2 }],
    });
    assert.deepEqual(
      await rows(`select version, changed_by from production_order where company_id = 'IT' and number = 1`),
      ['(2,anna)'],
    );
    assert.deepEqual(await rows(`select event, version from audit_event where company_id = 'IT'`), [
      '(import,2)',
    ]);
    assert.deepEqual(
      await rows(
        `select trim_scale(m.quantity) from order_material m join production_order o using (company_id, order_id) where o.company_id = 'IT' and o.number = 1 and m.line = 10`,
      ),
      ['(150)'],
    );
  });

  it('leaves what a planner changed when the file says what it said before', async () => {
    await bring(plant);
    await pool.query(
      `update production_order set due_on = '2026-12-24' where company_id = 'IT' and number = 1`,
    );
    const report = await bring(plant);
    assert.equal(ofFile(report, 'orders')?.unchanged, 1);
    assert.deepEqual(
      await rows(`select due_on from production_order where company_id = 'IT' and number = 1`),
      ['(2026-12-24)'],
    );
  });

  it('leaves an order of whose row only the hold has changed: holds are the planners’', async () => {
    const held = (reason: string) => ({
      ...plant,
      'orders.csv': linesOf('orders.csv').map((line, n) => `${line},${['hold_reason', reason][n] ?? ''}`),
    });
    await bring(held('A drawing is missing'));
    const before = await whole();
    assert.equal((await bring(held('The customer waits'))).result, 'unchanged');
    assert.equal((await bring(held(''))).result, 'unchanged');
    assert.deepEqual(await whole(), before);
  });

  it('leaves an order that was released here, and one that was restored here', async () => {
    await bring(plant);
    const planner = createPlanner(pool, 'anna');
    await planner.release('2026/1/0');
    await pool.query(`delete from declaration where company_id = 'IT'`);
    await planner.restore('2026/2/0');
    const before = await whole();
    const report = await bring({
      ...plant,
      'orders.csv': linesOf('orders.csv').map((line) => line.replace('2026-11-27', '2026-12-27')),
    });
    assert.deepEqual(ofFile(report, 'orders')?.leftOut, [
      { reason: 'begun', rows: 1 },
      { reason: 'launched', rows: 1 },
    ]);
    assert.deepEqual(await whole(), before);
  });

  it('leaves an order that was released elsewhere: it was never restored here, and no reason says so', async () => {
    await bring(plant);
    const before = await whole();
    const report = await bring({
      ...plant,
      'orders.csv': linesOf('orders.csv').map((line) => line.replace('launched,,', 'executive,direct,')),
    });
    assert.deepEqual(ofFile(report, 'orders')?.leftOut, [
      { reason: 'begun', rows: 1 },
      { reason: 'launched', rows: 1 },
    ]);
    assert.deepEqual(await whole(), before);
  });

  it('leaves a launched order that its files no longer have', async () => {
    await bring(plant);
    const { result } = await bring({
      ...plant,
      'orders.csv': linesOf('orders.csv').slice(0, 1),
      'order_materials.csv': linesOf('order_materials.csv').slice(0, 1),
      'order_operations.csv': linesOf('order_operations.csv').slice(0, 1),
      'movements.csv': linesOf('movements.csv').slice(0, 1),
      'declarations.csv': linesOf('declarations.csv').slice(0, 1),
    });
    assert.equal(result, 'unchanged');
  });

  it('counts opening stock once: a later count changes no balance, later movements change none either', async () => {
    await bring(plant);
    const later = withLines(
      'orders.csv',
      '2026,3,P,5,PC,2026-11-17,2026-11-18,2026-11-20,S1,executive,release,2026-11-17',
    );
    await bring({
      ...later,
      'stock.csv': ['item,warehouse,quantity', 'A,MAG1,1', 'D,MAG1,1'],
      'order_materials.csv': [...linesOf('order_materials.csv'), '2026,3,10,A,PC,2,10'],
      'movements.csv': [...linesOf('movements.csv'), '2026,3,10,A,MAG1,SCP,10,PC,2026-11-17'],
    });
    assert.deepEqual(await stock(), ['(A,530,500)', '(D,20.04,20)']);
  });

  it('opens a stock that only a release has noted until then, with what was withdrawn since', async () => {
    await pool.query(`update warehouse set negative_stock = true`);
    const { ['stock.csv']: counted, ...uncounted } = plant;
    const negative = {
      ...uncounted,
      'warehouses.csv': linesOf('warehouses.csv').map((line) => line.replace('false', 'true')),
    };
    await bring(negative, {}, {
      ...description,
      policies: { shortage: 'negative', reservation: 'none' },
    } as never);
    const planner = createPlanner(pool, 'anna');
    assert.equal((await planner.release('2026/1/0'))[0]?.result, 'released');
    await bring({ ...negative, 'stock.csv': counted ?? [] }, {}, description);
    assert.deepEqual(await stock(), ['(A,520,400)', '(D,20.04,19.8)']);
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

  it('is a run with its report, and shows its orders in the list of runs', async () => {
    const folder = await folderOf(plant);
    const begun = await importer.begin({ folder, actor: 'anna' }, 'the key of it', 'hash');
    const ended = begun.kind === 'opened' ? await begun.ended : undefined;
    assert.deepEqual(
      [ended?.number, ended?.state, ended?.actor, ended?.report?.result],
      [1, 'done', 'anna', 'imported'],
    );
    const again = await importer.begin({ folder, actor: 'anna' }, 'the key of it', 'hash');
    assert.deepEqual(again.kind === 'before' && again.run, ended);
    assert.equal(
      (await importer.begin({ folder, actor: 'anna' }, 'the key of it', 'other')).kind,
      'otherBody',
    );
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
    const dead = createImporter({
      pool,
      holder: 'dead',
      clock: () => at,
      hasEnded: () => false,
      log: silent,
    });
    const stopped = new AbortController();
    const begun = await dead.begin({ folder, actor: 'anna' }, 'never done', 'hash', {
      signal: stopped.signal,
    });
    stopped.abort();
    assert.ok(begun.kind === 'opened');
    await begun.ended;
    await pool.query(`update run set state = 'open', closed_at = null, report = null`);
    const later = createImporter({
      ...{ pool, holder: 'test', clock: () => at, log: silent },
      hasEnded: (holder) => holder === 'dead',
    });
    const next = await later.begin({ folder, actor: 'anna' }, 'done now', 'hash');
    assert.ok(next.kind === 'opened');
    assert.equal((await next.ended).report?.result, 'imported');
    assert.equal((await later.read('IT', begun.run.id))?.state, 'cancelled');
  });

  it('counts lines that are gone, new, changed and left as they were', async () => {
    await bring(plant);
    const report = await bring({
      ...plant,
      'order_materials.csv': [
        ...linesOf('order_materials.csv').filter((line) => !line.startsWith('2026,1,20,')),
        ...['2026,1,30,D,KG,0.1,5', '2026,1,40,D,KG,0.1,5'],
      ],
      'order_operations.csv': linesOf('order_operations.csv').map((line) =>
        line.replace('2026-11-25', '2026-11-24'),
      ),
    });
    assert.deepEqual(ofFile(report, 'order_materials'), {
      ...{ file: 'order_materials', rows: 5, added: 2, updated: 0, unchanged: 1, removed: 1 },
      leftOut: [{ reason: 'begun', rows: 2 }],
    });
    assert.equal(ofFile(report, 'order_operations')?.updated, 1);
    assert.deepEqual(ofFile(report, 'movements')?.leftOut, [{ reason: 'begun', rows: 2 }]);
  });

  it('says when nothing but the name of the company has changed', async () => {
    await bring(plant);
    const report = await bring(plant, {}, { ...description, name: 'Torneria Verdi' });
    assert.deepEqual([report.result, ofFile(report, 'plant.json')?.updated], ['imported', 1]);
    assert.deepEqual(await rows('select name from company'), ['("Torneria Verdi")']);
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
      const losing = createImporter({
        ...{ pool: lossy, holder: 'test', clock: () => at, hasEnded: () => false, log: silent },
      });
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

  it('brings what is reserved for other documents with the first load, and of orders only the wanted ones', async () => {
    const sample = { ...description, cutOff: '2026-11-23', firstLoad: { daysBefore: 1, daysAfter: 5 } };
    const reservations = [
      'document,line,item,warehouse,quantity,year,number',
      ...['SALES,1,A,MAG1,3,,', 'LAUNCHED,1,A,MAG1,5,2026,1', 'OTHER,1,A,MAG1,7,2026,2'],
    ];
    await bring({ ...plant, 'reservations.csv': reservations }, { firstLoad: true }, sample);
    assert.deepEqual(await rows('select document, trim_scale(quantity) as quantity from reservation'), [
      '(LAUNCHED,5)',
      '(SALES,3)',
    ]);
  });

  it('brings header-only orders', async () => {
    const { ['order_materials.csv']: _, ['movements.csv']: __, ...headers } = plant;
    const report = await bring({
      ...headers,
      'orders.csv': linesOf('orders.csv').slice(0, 2),
      'order_operations.csv': linesOf('order_operations.csv').slice(0, 2),
      'declarations.csv': linesOf('declarations.csv').slice(0, 1),
    });
    assert.equal(report.result, 'imported');
    const planner = createPlanner(pool, 'anna');
    const [outcome] = await planner.release('2026/1/0');
    assert.deepEqual(
      outcome?.refusals.map(({ code }) => code),
      ['REL-07'],
    );
  });

  it('leaves no staged rows behind', async () => {
    await bring(plant);
    await bring(withLines('items.csv', 'A,twice,PC,purchase,automatic,3'));
    assert.deepEqual(await rows(`select relname from pg_class where relname like 'import%'`), []);
  });
});
