import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from 'kysely';
import { Pool, types, type CustomTypesConfig } from 'pg';
import { BookUnreachable } from '../unreachable';

/** A connection pool of the order book. Statements are written out as SQL, so the tables need no second description here. */
export type Database = Kysely<unknown>;
export type Tx = Transaction<unknown>;
/** Either: for statements that only read. */
export type Queries = Database | Tx;

const DATE = 1082;
const TIMESTAMPTZ = 1184;
const INT8 = 20;

/** Days stay text, instants become ISO text in UTC, counts become numbers; numeric is text already. */
const wireTypes: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) => {
    if (oid === DATE) return (text: string) => text;
    if (oid === TIMESTAMPTZ) return (text: string) => new Date(text).toISOString();
    if (oid === INT8) return Number;
    // pg declares the two formats as overloads; the text format is the only one this pool uses.
    return types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
};

/** A server that can be reached answers long before; a request that finds none is told so rather than kept waiting. */
const MOST_MS_TO_CONNECT = 15_000;

export function createPool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    max: 10,
    types: wireTypes,
    application_name: 'launchbook',
    connectionTimeoutMillis: MOST_MS_TO_CONNECT,
    keepAlive: true,
    // The system's own two hours are too long for a statement whose answer a network has swallowed.
    keepAliveInitialDelayMillis: 10_000,
  });
  // A connection that breaks is replaced at the next query, and a statement under way fails with what is wrong. Both the pool and
  // its connections tell of it as well, and an error nobody listens to would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export function databaseOf(pool: Pool): Database {
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

export function createDatabase(connectionString: string): Database {
  return databaseOf(createPool(connectionString));
}

/**
 * Runs a statement and gives its rows. The row type is what the statement selects; nothing checks it again. Throws
 * {@link BookUnreachable}, like everything here, when the server is gone or going.
 */
export async function rows<T>(db: Queries, statement: RawBuilder<T>): Promise<T[]> {
  return (await answered(() => statement.execute(db))).rows;
}

/** Runs a writing statement and gives how many rows it touched. */
export async function execute(db: Queries, statement: RawBuilder<unknown>): Promise<number> {
  return Number((await answered(() => statement.execute(db))).numAffectedRows ?? 0n);
}

/**
 * What a transaction went by has changed while it waited for its locks. Thrown before it writes anything that could be kept: it is
 * tried again, and goes by what is there now.
 */
export class BookChanged extends Error {
  override readonly name = 'BookChanged';
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const MOST_TRIES = 5;

/** One transaction, READ COMMITTED, tried again when PostgreSQL asks for it and when {@link BookChanged} is thrown. */
export async function transaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await answered(() => db.transaction().setIsolationLevel('read committed').execute(work));
    } catch (error) {
      if (attempt === MOST_TRIES || !mayGoNextTime(error)) throw error;
    }
  }
}

function mayGoNextTime(error: unknown): boolean {
  const code = sqlState(error);
  return (
    error instanceof BookChanged ||
    code === SERIALIZATION_FAILURE ||
    code === DEADLOCK ||
    preparedIsLost(error)
  );
}

/** There is no such prepared statement, there is one already, or what it selects is of other types than when it was prepared. */
const PREPARED_LOST = new Set(['26000', '42P05', '0A000']);

/** Whether a prepared statement is not what it was on its connection. Unprepared, it would run. */
export const preparedIsLost = (error: unknown): boolean => PREPARED_LOST.has(sqlState(error) ?? '');

/** One consistent view of the book for several reading statements. */
export async function snapshot<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return answered(() =>
    db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
  );
}

/** The same with room for tables of its own, which go with it when `work` throws. */
export async function snapshotWithTables<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return answered(() => db.transaction().setIsolationLevel('repeatable read').execute(work));
}

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isOutage(error) ? new BookUnreachable(error) : error;
  }
}

/**
 * SQLSTATE classes of a server that is gone, going, or out of resources, or that ended a transaction because nothing was heard of
 * it (25P03); no SQLSTATE at all means the connection is.
 */
const OUTAGE = /^(08|25P03|53|57P|58)/;
/** The system's own: ECONNREFUSED, EPIPE, EAI_AGAIN … Node's are called ERR_. */
const SYSTEM_ERROR = /^E(?!RR_)[A-Z_]+$/;
/** What pg says itself: `Connection terminated`, `timeout exceeded when trying to connect`. */
const LOST = /connection|trying to connect/i;

function isOutage(error: unknown): boolean {
  if (error instanceof BookUnreachable) return false;
  const state = sqlState(error);
  if (state !== undefined) return OUTAGE.test(state);
  const system = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return SYSTEM_ERROR.test(system) || (error instanceof Error && LOST.test(error.message));
}

/** Every SQLSTATE has a digit; the system's own codes, such as EPIPE, have none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

/** The SQLSTATE of an error of PostgreSQL; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && SQLSTATE.test(error.code) ? error.code : undefined;
}

/**
 * Array parameters, typed: `order_id = any(${uuids(ids)})`. Values that cannot hold a comma, quote, brace or backslash are joined
 * here; pg would escape every element by itself, which is what long lists spend their time on.
 */
const joined = (values: readonly (string | number | null)[]) =>
  `{${values.map((value) => value ?? 'null').join(',')}}`;
export const uuids = (ids: readonly string[]) => sql<string[]>`${joined(ids)}::uuid[]`;
/** The same, made when the statement runs: a list that the planner sees it looks up in the statistics, value by value. */
export const unseenUuids = (ids: readonly string[]) => sql<string[]>`array(select unnest(${uuids(ids)}))`;
export const integers = (values: readonly (number | null)[]) => sql<number[]>`${joined(values)}::integer[]`;
/** Decimals as plain text. */
export const numerics = (values: readonly string[]) => sql<string[]>`${joined(values)}::numeric[]`;
/** Words of our own: order keys, states, results. Never anybody's text. */
export const words = (values: readonly (string | null)[]) => sql<string[]>`${joined(values)}::text[]`;
/** Anybody's text. */
export const texts = (values: readonly (string | null)[]) => sql<string[]>`${values}::text[]`;
