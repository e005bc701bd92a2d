import { Migrator } from 'kysely';
import { createDatabase } from './database';
import * as orderBook from './migrations/0001-order-book';
import * as rules from './migrations/0002-rules-of-the-book';
import * as masterData from './migrations/0003-master-data';
import * as search from './migrations/0004-search-indexes';
import * as runs from './migrations/0005-runs';
import * as declarationNumbers from './migrations/0006-declaration-numbers';
import * as importTables from './migrations/0007-import-tables';
import * as refresh from './migrations/0008-refresh';
import * as downloads from './migrations/0009-downloads';
import * as changesByHand from './migrations/0010-changes-by-hand';
import * as cancelledReservations from './migrations/0011-cancelled-reservations';
import * as split from './migrations/0013-split';
import * as pickingWork from './migrations/0014-picking-work';
import * as papers from './migrations/0015-papers';
import * as releaseDefaults from './migrations/0017-release-defaults';
import * as auditOfARun from './migrations/0018-audit-of-a-run';
import * as passedOver from './migrations/0019-passed-over';

const migrations = {
  '0001-order-book': orderBook,
  '0002-rules-of-the-book': rules,
  '0003-master-data': masterData,
  '0004-search-indexes': search,
  '0005-runs': runs,
  '0006-declaration-numbers': declarationNumbers,
  '0007-import-tables': importTables,
  '0008-refresh': refresh,
  '0009-downloads': downloads,
  '0010-changes-by-hand': changesByHand,
  '0011-cancelled-reservations': cancelledReservations,
  '0013-split': split,
  '0014-picking-work': pickingWork,
  '0015-papers': papers,
  '0017-release-defaults': releaseDefaults,
  '0018-audit-of-a-run': auditOfARun,
  '0019-passed-over': passedOver,
};

/** Brings the schema of a PostgreSQL database to this version. Safe to call at every start, by several starters at once. */
export async function migrate(connectionString: string): Promise<void> {
  const db = createDatabase(connectionString);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error) throw error instanceof Error ? error : new Error('Migration failed', { cause: error });
  } finally {
    await db.destroy();
  }
}
