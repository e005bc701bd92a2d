import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Importer, ImportRequest, Report } from '../../../../src/adapter/orderbook/importer';
import { createPool } from '../../../../src/adapter/orderbook/postgres/database';
import { createImporter } from '../../../../src/adapter/orderbook/postgres/import/importer';
import { migrate } from '../../../../src/adapter/orderbook/postgres/migrate';
import { instant } from '../../../../src/domain/calendar';
import { late } from '../../../late';
import { type TestDatabase, useDatabase } from '../../../postgres';
import { bookState, emptyBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { description, folderOf, type Files } from './plant-folder';

const at = instant(new Date('2026-11-20T09:00:00Z'));

/** What an importer is made of in these tests, but for its pool. */
export const importing = {
  ...{ holder: 'test', clock: () => at, hasEnded: () => false, log: { error: () => undefined } },
};

export interface ImporterAtWork {
  readonly database: TestDatabase;
  readonly pool: Pool;
  readonly importer: Importer;
  /** Imports a folder of these files to its end. */
  bring(this: void, files: Files, request?: Partial<ImportRequest>, plant?: object): Promise<Report>;
  /** The rows of a query as text, sorted. */
  rows(this: void, query: string): Promise<string[]>;
  /** All that an import could change. */
  whole(this: void): Promise<Record<string, string[]>>;
  /** What is on hand of each item, after what it was opened with. */
  stock(this: void): Promise<string[]>;
}

/** Gives the surrounding `describe` an importer at a book that is empty before each test and sound after it. */
export function useImporter(): ImporterAtWork {
  const database = useDatabase(migrate);
  let pool: Pool;
  let importer: Importer;
  before('an importer', () => {
    pool = createPool(database.connectionString);
    importer = createImporter({ ...importing, pool });
  });
  after(() => pool.end());
  beforeEach('an empty book', () => emptyBook(pool));
  afterEach('the book is sound', () => assertInvariants(pool));

  async function rows(query: string): Promise<string[]> {
    const { rows: found } = await pool.query<{ row: string }>(
      `select t::text as row from (${query}) t order by 1`,
    );
    return found.map(({ row }) => row);
  }
  return {
    database,
    pool: late(() => pool),
    importer: late(() => importer),
    async bring(files, request = {}, plant = description) {
      const folder = await folderOf(files, plant);
      const begun = await importer.begin({ folder, actor: 'anna', ...request }, randomUUID(), 'hash');
      assert.equal(begun.kind, 'opened');
      const { report } = await (begun.kind === 'opened' ? begun.ended : Promise.reject(new Error()));
      assert.ok(report);
      return report;
    },
    rows,
    whole: async () => ({
      ...(await bookState(pool)),
      items: await rows('select * from item'),
      companies: await rows('select company_id, name, time_zone, moved_days, ready from company'),
    }),
    stock: () =>
      rows(
        `select item, trim_scale(opening) as opening, trim_scale(on_hand) as on_hand from stock where company_id = 'IT'`,
      ),
  };
}

/** `file line column code` of every mistake. */
export const errors = ({ errors: { items } }: Report) =>
  items.map(({ file, line, column, code }) => `${file} ${line ?? ''} ${column ?? ''} ${code}`);

/** The counts of one file. */
export const ofFile = (report: Report, file: string) => report.files.find((one) => one.file === file);
