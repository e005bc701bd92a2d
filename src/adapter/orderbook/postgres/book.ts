import type { Pool } from 'pg';
import type { Command, OrderBook } from '../order-book';
import { countUndoable } from './count-undoable';
import { databaseOf } from './database';
import { newKeys } from './create';
import { explainOrder } from './explain';
import { orderStarts } from './lock-orders';
import { loosenSearch } from './loosen-search';
import { materialStatuses } from './material-status';
import { perform, type FailureLog, type PassingClaim } from './perform';
import { numberedPaper } from './papers/numbered';
import { readPapers } from './papers/read-papers';
import { companies, warehouses, workCentres } from './plant';
import { previewRun } from './preview';
import { readOrders } from './read-orders';
import { previewRefresh } from './refresh/preview-refresh';
import { reservationsOf } from './reservation/read-reservations';
import { restorabilities } from './restorability';
import { searchMovements, streamMovements } from './search-movements';
import { orderRows, searchOrders, streamOrders } from './search-orders';
import { subOrders } from './sub-orders';
import { searchRequests, streamRequests } from './warehouse-requests';
import { policyOf, setPolicy } from './policy';
import { preparingDatabase } from './prepared';
import { unwindOrder } from './unwind';
import { withdrawalList } from './withdrawal-list';
import { workInHand, workOfOrder } from './work/read-work';

export type BookOptions = Partial<Pick<PassingClaim, 'silence'>>;

/** Chunks of up to so many orders are performed by prepared statements. */
const FEW = 10;

/** As long as a lease: an adapter that was silent longer is not waited for. */
const SILENCE_MS = 60_000;

/** The order book in PostgreSQL. `log` hears of orders that could not be performed for a reason nobody foresaw. */
export function createPostgresOrderBook(
  pool: Pool,
  log: FailureLog,
  { silence = SILENCE_MS }: BookOptions = {},
): OrderBook {
  const db = databaseOf(pool);
  const prepared = preparingDatabase(pool);
  return {
    abilities: {
      preview: 'exact',
      atomic: 'chunk',
      commands: new Set([
        'release',
        'restore',
        'merge',
        'hold',
        'lift',
        'refresh',
        'create',
        'change',
        'reserve',
        'print',
        'work',
        'declare',
      ]),
    },
    companies: () => companies(db),
    workCentres: (company) => workCentres(db, company),
    warehouses: (company) => warehouses(db, company),
    search: (company, query, page) => searchOrders(db, company, query, page),
    loosen: (company, query) => loosenSearch(db, company, query),
    materialStatuses: (company, keys) => materialStatuses(db, company, keys),
    restorabilities: (company, keys) => restorabilities(db, company, keys),
    stream: (company, query) => streamOrders(db, company, query),
    read: (company, keys) => readOrders(db, company, keys),
    reservations: (company, key) => reservationsOf(db, company, key),
    explain: (company, key, postingDate) => explainOrder(db, company, key, postingDate),
    unwind: (company, key) => unwindOrder(db, company, key),
    work: (company, key) => workOfOrder(db, company, key),
    workInHand: (company, page) => workInHand(db, company, page),
    policy: (company) => policyOf(db, company),
    setPolicy: (moment, policy, readAt) => setPolicy(db, moment, policy, readAt),
    starts: (company, keys) => orderStarts(db, company, keys),
    subOrders: (company, keys) => subOrders(db, company, keys),
    newKeys: (company, year, count) => newKeys(db, company, year, count),
    rows: (company, keys) => orderRows(db, company, keys),
    undoable: (company, runs) => countUndoable(db, company, runs),
    movements: (company, query, page) => searchMovements(db, company, query, page),
    streamMovements: (company, query) => streamMovements(db, company, query),
    withdrawalList: (company, run) => withdrawalList(db, company, run),
    warehouseRequests: (company, query, page) => searchRequests(db, company, query, page),
    streamWarehouseRequests: (company, query) => streamRequests(db, company, query),
    papers: (company, keys, run) => readPapers(db, company, keys, run),
    numberedPaper: (company, number, operation) => numberedPaper(db, company, number, operation),
    preview: (command, orders, moment, chunkSize = Infinity) => {
      if (
        command.kind === 'declare' ||
        command.kind === 'create' ||
        command.kind === 'change' ||
        command.kind === 'print' ||
        command.kind === 'reserve' ||
        command.kind === 'work'
      )
        throw new RangeError(`There is no preview of ${command.kind}`);
      return command.kind === 'refresh'
        ? previewRefresh(db, command, orders, moment, chunkSize)
        : previewRun(db, command, orders, moment);
    },
    perform: (command, chunk, claim, moment) => {
      const through = isPlain(command) && chunk.length <= FEW ? prepared : db;
      return perform(through, command, chunk, { ...claim, silence }, moment, log);
    },
  };
}

/** The two commands that go on all day, mostly for an order or two. */
const isPlain = ({ kind }: Command) => kind === 'release' || kind === 'restore';
