import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { Preview } from '../../src/contract/runs';
import { freshBook } from '../adapter/orderbook/fresh-book';
import { assertInvariants } from '../adapter/orderbook/invariants';
import { addOrder, company, countLines, preparePlant, setStock } from '../adapter/orderbook/small-plant';
import { useDatabase } from '../postgres';
import { listeningApp, type ListeningApp } from './app';
import { sendOnce, type Answer, type Attempt } from './attempts';
import { Paper, producedOf, type Marked, type PaperOrder, type Verdict } from './model';
import { roundsOr, seed } from '../seed';

/** The book under test, and the request it was sent last. */
interface Real {
  readonly pool: Pool;
  readonly url: string;
  lastRelease: string | null;
  last: { readonly attempt: Attempt; readonly answer: Answer } | null;
}
type Command = fc.AsyncCommand<Paper, Real, false>;

const rounds = roundsOr(8);

const lines = (needs: Readonly<Record<string, number>>) => new Map(Object.entries(needs));
const launched = (number: number, needs: PaperOrder['lines'], ...operations: number[]): PaperOrder => ({
  ...{ number, lines: needs, operations, state: 'launched', version: 1, held: false, released: null },
  ...{ withdrawn: new Map<string, number>(), declarations: [], lastDeclaration: 0 },
});
/** Scarce A, E that may go below zero, C taken by hand, P that one order makes and another needs, one order without materials. */
const paperOrders = () => [
  launched(1, lines({ A: 4000, E: 1500, C: 500 })),
  launched(2, lines({ A: 3000, D: 1, C: 2250 }), 10, 20),
  launched(3, lines({ A: 5500, E: 7000, P: 1000 }), 10, 20, 30),
  launched(4, lines({ P: 2000, D: 333 })),
  launched(5, lines({})),
];
const numbers = [1, 2, 3, 4, 5];
const firstStock = { A: 12_000, D: 1000, E: 3000, C: 4000, P: 0 };

const text = (thousandths: number): string => (thousandths / 1000).toFixed(3);

/** One mark in six is of an older version than the book has; order 9 does not exist. */
const marks = fc.uniqueArray(
  fc.record({
    order: fc.constantFrom(...numbers, 9),
    stale: fc.integer({ max: 5, min: 0 }).map((n) => n === 5),
  }),
  { selector: ({ order }) => order, minLength: 1 },
);
const order = fc.constantFrom(...numbers);
/** The first, second or third of an order's declarations; where it has fewer, the number of one that may have been deleted. */
const declaration = fc.integer({ min: 1, max: 3 });
/** Most steps with declarations are left out where there is nothing for them to do: random ones would nearly all be refused. */
const apt = fc.integer({ min: 0, max: 7 }).map((n) => n < 7);
const pieces = fc.constantFrom(0, 500, 1000, 2500);

const anyDeed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ deed: fc.constant('release' as const), marks, forced: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('restore' as const), marks }) },
  { weight: 1, arbitrary: fc.record({ deed: fc.constantFrom('hold' as const, 'lift' as const), marks }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constantFrom('undo' as const, 'again' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ deed: fc.constant('preview' as const), marks, restore: fc.boolean() }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      deed: fc.constant('open' as const),
      apt,
      order,
      operation: fc.option(fc.constantFrom(10, 20, 30, 40), { freq: 2 }),
      good: pieces,
      scrap: fc.constantFrom(0, 0, 0, 250),
      closing: fc.boolean(),
    }),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      deed: fc.constantFrom('register' as const, 'register' as const, 'rollBack' as const, 'delete' as const),
      apt,
      order,
      declaration,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      deed: fc.constant('receive' as const),
      item: fc.constantFrom('A', 'C', 'E'),
      quantity: fc.constantFrom(1, 1500, 4000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ deed: fc.constant('allow negative stock' as const), allowed: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      deed: fc.constant('pick up' as const),
      item: fc.constantFrom('A', 'C', 'P'),
      pickup: fc.constantFrom('automatic' as const, 'manual' as const),
    }),
  },
);
type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never;
type WithDeclaration = Extract<Deed, { deed: 'register' | 'rollBack' | 'delete' }>;

/** One deed, done on paper and in the book: both must come to the same. */
class Step implements Command {
  constructor(private readonly deed: Deed) {}

  toString = (): string => JSON.stringify(this.deed);

  check = (paper: Readonly<Paper>): boolean => {
    if (!('apt' in this.deed) || !this.deed.apt) return true;
    const { state, operations, declarations } = paper.known(this.deed.order);
    if (this.deed.deed === 'open') {
      const { operation } = this.deed;
      return state === 'executive' && (operation === null || operations.includes(operation));
    }
    const { deed, declaration: place } = this.deed;
    return declarations[place - 1]?.registered === (deed === 'rollBack');
  };

  async run(paper: Paper, real: Real): Promise<void> {
    await this.perform(paper, real, this.deed);
    await assertInvariants(real.pool);
    assert.deepEqual(await bookOf(real.pool), paperOf(paper));
  }

  private async perform(paper: Paper, real: Real, deed: Deed): Promise<void> {
    switch (deed.deed) {
      case 'release':
      case 'restore':
      case 'hold':
      case 'lift': {
        const marked = markedOn(paper, deed.marks);
        const extra = {
          ...(deed.deed === 'release' && deed.forced && { force: { reason: 'The customer waits' } }),
          ...(deed.deed === 'hold' && { reason: 'A drawing is missing' }),
        };
        const answer = await send(real, 'POST', '/api/runs', commandOver(deed.deed, marked, extra));
        assert.ok('run' in answer);
        if (deed.deed === 'release') real.lastRelease = answer.run.id;
        assert.deepEqual(verdictsOf(answer), expected(paper, deed, marked));
        return;
      }
      case 'preview': {
        const marked = markedOn(paper, deed.marks);
        const trial = Object.assign(new Paper(), structuredClone({ ...paper }));
        const command = deed.restore ? 'restore' : 'release';
        const body = commandOver(command, marked, { dryRun: true });
        const reply = await fetch(`${real.url}/api/runs`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        const { outcomes } = Preview.parse(await reply.json());
        const verdicts = deed.restore ? trial.restore(marked) : trial.release(marked, false);
        assert.deepEqual(outcomes.map(verdictOf), verdicts);
        return;
      }
      case 'undo': {
        if (real.lastRelease === null) return;
        const answer = await send(real, 'POST', `/api/runs/${real.lastRelease}/undo`);
        assert.deepEqual('run' in answer ? verdictsOf(answer) : null, paper.undo());
        return;
      }
      case 'again':
        if (real.last) assert.deepEqual(await sendOnce(real.url, real.last.attempt), real.last.answer);
        return;
      case 'open': {
        const { operation, good, scrap, closing } = deed;
        const body = {
          ...{ quantity: text(good), scrap: text(scrap), closing },
          ...(operation !== null && { operation }),
        };
        const answer = await send(real, 'POST', declarationsOf(deed.order), body);
        return assertDeclared(answer, paper.open(deed.order, { operation, good, scrap, closing }));
      }
      case 'register':
      case 'rollBack':
      case 'delete':
        return this.declare(paper, real, deed);
      case 'receive':
        await setStock(real.pool, { [deed.item]: text(paper.onHand(deed.item) + deed.quantity) });
        paper.stock.set(deed.item, paper.onHand(deed.item) + deed.quantity);
        return;
      case 'allow negative stock': {
        paper.policy = deed.allowed ? 'negative' : 'refuse';
        await real.pool.query('update company set shortage_policy = $2 where company_id = $1', [
          company,
          paper.policy,
        ]);
        return;
      }
      case 'pick up':
        paper.pickup.set(deed.item, deed.pickup);
        await real.pool.query('update item set pickup_type = $3 where company_id = $1 and item = $2', [
          ...[company, deed.item, deed.pickup],
        ]);
        return;
    }
  }

  private async declare(
    paper: Paper,
    real: Real,
    { deed, order: number, declaration: place }: WithDeclaration,
  ) {
    const declared = paper.known(number).declarations[place - 1]?.number ?? place;
    const path = `${declarationsOf(number)}/${declared}`;
    switch (deed) {
      case 'register':
        return assertDeclared(await send(real, 'POST', `${path}/register`), paper.register(number, declared));
      case 'rollBack':
        return assertDeclared(
          await send(real, 'POST', `${path}/roll-back`),
          paper.rollBack(number, declared),
        );
      case 'delete':
        return assertDeclared(await send(real, 'DELETE', path), paper.remove(number, declared));
    }
  }
}

function expected(
  paper: Paper,
  deed: Extract<Deed, { deed: 'release' | 'restore' | 'hold' | 'lift' }>,
  marked: readonly Marked[],
): Verdict[] {
  switch (deed.deed) {
    case 'release':
      return paper.release(marked, deed.forced);
    case 'restore':
      return paper.restore(marked);
    case 'hold':
    case 'lift':
      return paper.hold(marked, deed.deed === 'hold');
  }
}

const markedOn = (
  paper: Paper,
  given: readonly { readonly order: number; readonly stale: boolean }[],
): Marked[] =>
  given.map(({ order: number, stale }) => {
    const version = paper.orders.get(number)?.version ?? 1;
    return { order: number, version: stale ? version - 1 : version };
  });

const commandOver = (command: string, marked: readonly Marked[], extra: object) => ({
  ...{ command, sequence: 'asGiven', ...extra },
  orders: marked.map(({ order: number, version }) => ({ key: `2026/${number}/0`, version })),
});

const declarationsOf = (number: number) => `/api/orders/2026/${number}/0/declarations`;

async function send(real: Real, method: Attempt['method'], path: string, body?: object): Promise<Answer> {
  const attempt = { key: uuidv7(), method, path, ...(body && { body }) };
  const answer = await sendOnce(real.url, attempt);
  assert.ok(answer, 'an adapter that nothing disturbs answers at once');
  real.last = { attempt, answer };
  return answer;
}

type Outcome = Extract<Answer, { run: unknown }>['outcomes'][number];
const codesOf = (refusals: readonly { readonly code: string }[] = []) =>
  refusals.map(({ code }) => code).sort();
const verdictOf = ({ key, result, refusals, warnings, movements }: Outcome): Verdict => ({
  ...{
    order: Number(key.split('/')[1]),
    result,
    codes: codesOf(refusals),
    warnings: codesOf(warnings),
    movements,
  },
});
const verdictsOf = ({ outcomes }: Extract<Answer, { run: unknown }>) => outcomes.map(verdictOf);

function assertDeclared(answer: Answer, verdict: Verdict): void {
  if ('run' in answer) assert.deepEqual(verdictsOf(answer), [verdict]);
  else assert.deepEqual('refusals' in answer ? codesOf(answer.refusals) : answer, verdict.codes);
}

/** What paper and book are compared in. */
interface Account {
  readonly orders: unknown;
  readonly stock: unknown;
}

function paperOf(paper: Paper): Account {
  const orders = [...paper.orders.values()].map((each) => ({
    ...{ number: each.number, state: each.state, version: each.version, held: each.held },
    produced: text(producedOf(each)),
    declarations: each.declarations.map(
      (d) =>
        `${d.number} at ${d.operation ?? 'order'}: ${text(d.good)} and ${text(d.scrap)}${d.closing ? ' closing' : ''}${d.registered ? ' registered' : ''}`,
    ),
    movements: [each.withdrawn, ...each.declarations.map(({ moves }) => moves)]
      .flatMap((moves) => [...moves].map(([item, change]) => `${item} ${text(change)}`))
      .sort(),
  }));
  const stock = [...paper.stock]
    .filter(([, quantity]) => quantity !== 0)
    .map(([item, quantity]) => `${item} ${text(quantity)}`);
  return { orders, stock: stock.sort() };
}

async function bookOf(pool: Pool): Promise<Account> {
  const { rows: orders } = await pool.query(
    `select o.number, o.state, o.version, o.hold_reason is not null as held, o.quantity_produced::numeric(20, 3)::text as produced,
            array(select d.number || ' at ' || coalesce(d.operation::text, 'order') || ': ' || d.quantity::numeric(20, 3) || ' and '
                         || d.scrap::numeric(20, 3) || case when d.closing then ' closing' else '' end
                         || case when d.registered_at is not null then ' registered' else '' end
                    from declaration d where d.company_id = o.company_id and d.order_id = o.order_id
                   order by d.number) as declarations,
            array(select case m.line when 0 then 'output' else m.item end || ' '
                         || (case m.direction when 'load' then m.quantity else -m.quantity end)::numeric(20, 3)
                    from movement m where m.company_id = o.company_id and m.order_id = o.order_id) as movements
       from production_order o where o.company_id = $1 order by o.number`,
    [company],
  );
  const { rows: stock } = await pool.query<{ stock: string }>(
    `select item || ' ' || on_hand::numeric(20, 3) as stock from stock where company_id = $1 and on_hand <> 0`,
    [company],
  );
  return {
    orders: orders.map((row: { movements: string[] }) => ({ ...row, movements: row.movements.sort() })),
    stock: stock.map((row) => row.stock).sort(),
  };
}

describe('the order book beside a planner with pencil and paper', function () {
  this.timeout(30_000 + rounds * 15_000);
  const database = useDatabase(preparePlant);
  let app: ListeningApp;

  before(async () => {
    // Runs of more than two orders take several chunks.
    app = await listeningApp(database.connectionString, { chunkSize: 2 });
  });
  after(() => app?.close());

  async function setUp(): Promise<{ model: Paper; real: Real }> {
    const { pool, connectionString } = database;
    await freshBook(pool, connectionString);
    await pool.query(`
      update warehouse set negative_stock = true where warehouse = 'MAG2';
      update item set warehouse = 'MAG1', reason = 'SCP', pickup_type = 'automatic' where item = 'P'`);
    const model = new Paper();
    for (const each of paperOrders()) {
      model.orders.set(each.number, each);
      const needs = Object.fromEntries([...each.lines].map(([item, need]) => [item, text(need)]));
      await addOrder(pool, { number: each.number, lines: needs });
      await pool.query(
        `insert into order_operation (company_id, order_id, operation, work_centre, description, start_on, end_on, productive, movable)
         select company_id, order_id, operation, '100', '', start_on, end_on, true, operation = $3
           from production_order, unnest($2::int[]) operation where number = $1`,
        [each.number, each.operations, each.operations.at(-1) ?? null],
      );
    }
    await countLines(pool);
    for (const [item, quantity] of Object.entries(firstStock)) {
      model.stock.set(item, quantity);
      model.pickup.set(item, item === 'C' ? 'manual' : 'automatic');
    }
    await setStock(
      pool,
      Object.fromEntries(
        Object.entries(firstStock)
          .filter(([item]) => item !== 'P')
          .map(([item, quantity]) => [item, text(quantity)]),
      ),
    );
    model.negative.add('E');
    return { model, real: { pool, url: app.url, lastRelease: null, last: null } };
  }

  it(`comes to the same after every step of ${rounds} stories (seed ${seed})`, async () => {
    const stories = fc.commands<Paper, Real, false>([anyDeed.map((deed) => new Step(deed))], {
      size: 'large',
      maxCommands: 200,
    });
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const { model, real } = await setUp();
        await fc.asyncModelRun(() => ({ model, real }), story);
      }),
      { seed, numRuns: rounds, endOnFailure: false },
    );
  });
});
