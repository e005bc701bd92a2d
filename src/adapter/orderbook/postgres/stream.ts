import { sql, type RawBuilder } from 'kysely';
import { BookBusy } from '../order-book';
import { rows, type Database } from './database';

const BATCH = 1000;
/** Each keeps a connection as long as its reader takes: most connections stay for everybody else. */
const MOST_AT_ONCE = 4;

const underWay = new WeakMap<Database, number>();

/**
 * Everything a statement selects, batch by batch, through a cursor of the server: neither side ever holds more than a batch, the next
 * one is fetched when it is asked for, and all of them show the book as it was at one moment. Whoever stops reading early gives the
 * connection back (`return()` of the iterator, as `for await` calls it). Throws {@link BookBusy}.
 */
export async function* stream<T>(db: Database, statement: RawBuilder<T>): AsyncGenerator<readonly T[]> {
  const others = underWay.get(db) ?? 0;
  if (others >= MOST_AT_ONCE) throw new BookBusy();
  underWay.set(db, others + 1);
  try {
    yield* batches(db, statement);
  } finally {
    underWay.set(db, (underWay.get(db) ?? 1) - 1);
  }
}

async function* batches<T>(db: Database, statement: RawBuilder<T>): AsyncGenerator<readonly T[]> {
  const tx = await db.startTransaction().setAccessMode('read only').execute();
  try {
    await rows(tx, sql`declare found no scroll cursor for ${statement}`);
    for (;;) {
      const batch = await rows(tx, sql<T>`fetch ${sql.lit(BATCH)} from found`);
      if (batch.length > 0) yield batch;
      if (batch.length < BATCH) return;
    }
  } finally {
    // Nothing was written; a connection that is broken already has nothing to roll back.
    await tx
      .rollback()
      .execute()
      .catch(() => undefined);
  }
}
