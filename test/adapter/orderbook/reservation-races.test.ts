import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OrderKey } from '../../../src/domain/order';
import type { StoredOutcome } from '../../../src/adapter/orderbook/order-book';
import { useDatabase } from '../../postgres';
import { seed } from '../../seed';
import { assertInvariants } from './invariants';
import { codesOf, key, postingDate } from './planner';
import { addMethods, createRefresher, type Refresher } from './refresh/methods';
import { addOrder, company, preparePlant, setStock, stockOf } from './small-plant';
import { useTwoAdapters } from './two-adapters';

const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
const keyOf = (number: number) => `2026/${number}/0`;
const component = (number: number, line = 1) => ({ of: 'component', document: `R-${number}`, line }) as const;
const output = (number: number, line = 1) => ({ of: 'output', document: `SO-${number}`, line }) as const;

/**
 * Orders of 20 pieces that take 40 A each. To each belong two reservations of A and two of its output, all cancelled; together they are
 * more than it takes and makes. 30 A are reserved for a document of another system.
 */
describe('two who reserve, refresh and release at the same time', () => {
  const database = useDatabase(preparePlant);
  const pools = useTwoAdapters(database);
  let clients: Refresher[];

  beforeEach(async () => {
    const { pool } = database;
    await addMethods(pool);
    for (const number of numbers) await addOrder(pool, { number, quantity: '20', lines: {} });
    await pool.query(`
      insert into reservation values ('${company}', 'X', 1, 'A', '', 'MAG1', '', 30, null);
      insert into cancelled_reservation
      select company_id, r.kind, r.prefix || number, r.line, order_id, r.item, '', r.warehouse, '', r.quantity, gen_random_uuid(), now(), 'setup'
        from production_order,
             (values ('component', 'R-', 1, 'A', 'MAG1', 40), ('component', 'R-', 2, 'A', 'MAG1', 25),
                     ('output', 'SO-', 1, 'P', '', 15), ('output', 'SO-', 2, 'P', '', 10))
             as r(kind, prefix, line, item, warehouse, quantity)`);
    await createRefresher(pools()[0]).refresh({}, ...numbers.map(keyOf));
    clients = pools().flatMap((each, adapter) =>
      ['anna', 'bruno', 'carla'].map((name) => createRefresher(each, `${name}${adapter}`, 3)),
    );
  });
  afterEach('the book is sound', async () => {
    await assertInvariants(database.pool);
    await assertPromisesKept();
  });

  /** Each query finds what was promised beyond what there is. */
  const broken: Record<string, string> = {
    'no stock is promised twice': `
      select s.item, s.on_hand, sum(r.quantity) as reserved
        from stock s join reservation r using (company_id, item, variant, warehouse, lot)
        left join production_order o on o.company_id = r.company_id and o.order_id = r.order_id
       where r.order_id is null or o.state = 'launched'
       group by s.item, s.on_hand having sum(r.quantity) > s.on_hand`,
    'no output is promised twice': `
      select o.number, o.quantity, sum(r.quantity) as reserved
        from production_order o join output_reservation r using (company_id, order_id)
       group by o.number, o.quantity, o.quantity_produced having sum(r.quantity) > o.quantity - o.quantity_produced`,
    'nothing is reserved that its order does not take': `
      select r.order_id, r.item, r.quantity, m.quantity as needed
        from (select order_id, item, sum(quantity) as quantity from reservation where order_id is not null group by 1, 2) r
        left join (select order_id, item, sum(quantity) as quantity from order_material group by 1, 2) m using (order_id, item)
       where m.quantity is null or r.quantity > m.quantity`,
    'no reservation is lost': `
      select count(*) from (select document, line from reservation union all select document, line from output_reservation
                            union all select document, line from cancelled_reservation) r
      having count(*) <> ${4 * numbers.length + 1}`,
  };
  async function assertPromisesKept(): Promise<void> {
    for (const [promise, query] of Object.entries(broken)) {
      const { rows } = await database.pool.query(`${query} limit 5`);
      assert.deepEqual(rows, [], `broken: ${promise}`);
    }
  }

  const client = (place: number): Refresher => {
    const found = clients[place];
    assert.ok(found);
    return found;
  };
  const adapters = (): [Refresher, Refresher] => [client(0), client(3)];
  const resultsOf = (outcomes: readonly StoredOutcome[]) => outcomes.map(({ result }) => result).sort();

  it(`nothing is promised twice, nothing beyond what there is, and nothing fails (seed ${seed})`, async () => {
    await setStock(database.pool, { A: '160' });
    const reserved = new Map<string, number>();
    for (let wave = 1; wave <= 6; wave++) {
      const deeds = fc.sample(fc.array(anyDeed, { minLength: 3, maxLength: 4 }), {
        seed: seed + wave,
        numRuns: clients.length,
      });
      const waves = clients.map(async (each, place) => {
        const done: StoredOutcome[] = [];
        for (const deed of deeds[place] ?? []) {
          const outcomes = await perform(each, deed);
          done.push(...outcomes);
          if (deed.deed !== 'reserve' && deed.deed !== 'cancel') continue;
          const step = { reserved: 1, unreserved: -1 }[String(outcomes[0]?.result)] ?? 0;
          for (const { document, line } of deed.names.map((name) => name(deed.order)))
            reserved.set(`${document}/${line}`, (reserved.get(`${document}/${line}`) ?? 0) + step);
        }
        return done;
      });
      const outcomes = (await Promise.all(waves)).flat();
      assert.ok(!resultsOf(outcomes).includes('failed'));
      await assertInvariants(database.pool);
      await assertPromisesKept();
      // Whoever was told that it is reserved, or cancelled, was told so once: the book agrees with what all of them heard.
      assert.deepEqual(
        [...reserved].filter(([, times]) => times !== 0).toSorted(),
        (await standing()).map((each) => [each, 1]),
      );
    }
  });

  const names = fc.shuffledSubarray(
    [
      (of: number) => component(of),
      (of: number) => component(of, 2),
      (of: number) => output(of),
      (of: number) => output(of, 2),
    ],
    { minLength: 1, maxLength: 2 },
  );
  const order = fc.constantFrom(...numbers);
  const some = fc.shuffledSubarray(numbers, { minLength: 1 });
  const anyDeed = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        deed: fc.constant('reserve' as const),
        ...{ order, names },
        quantity: fc.option(fc.integer({ min: 1, max: 45 }), { nil: undefined }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ deed: fc.constant('cancel' as const), order, names }) },
    {
      weight: 2,
      arbitrary: fc.record({ deed: fc.constantFrom('release' as const, 'restore' as const), orders: some }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        deed: fc.constant('refresh' as const),
        orders: some,
        quantity: fc.integer({ min: 10, max: 30 }),
        executive: fc.constantFrom('refuse' as const, 'restoreAndRelease' as const),
      }),
    },
  );
  type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never;

  async function perform(by: Refresher, deed: Deed): Promise<readonly StoredOutcome[]> {
    switch (deed.deed) {
      case 'reserve': {
        const quantity = deed.quantity === undefined ? undefined : String(deed.quantity);
        const reservations = deed.names.map((name) => ({ ...name(deed.order), quantity }));
        return [await by.reserve(keyOf(deed.order), { step: 'reserve', reservations })];
      }
      case 'cancel': {
        const reservations = deed.names.map((name) => name(deed.order));
        return [await by.reserve(keyOf(deed.order), { step: 'cancel', reservations })];
      }
      case 'refresh': {
        const orders = deed.orders.map(keyOf);
        const changes = Object.fromEntries(
          orders.map((each): [OrderKey, { quantity: string }] => [
            key(each),
            { quantity: String(deed.quantity) },
          ]),
        );
        const way = deed.executive === 'refuse' ? {} : { executive: deed.executive, postingDate };
        return by.refresh({ ...way, changes }, ...orders);
      }
      default:
        return by[deed.deed](...deed.orders.map(keyOf));
    }
  }

  /** What stands reserved for orders, as `document/line`. */
  async function standing(): Promise<string[]> {
    const { rows } = await database.pool.query<{ name: string }>(
      `select document || '/' || line as name from reservation where order_id is not null
        union all select document || '/' || line from output_reservation order by 1`,
    );
    return rows.map(({ name }) => name).sort();
  }

  const reserve = (by: Refresher, number: number, quantity?: string) =>
    by.reserve(keyOf(number), { step: 'reserve', reservations: [{ ...component(number), quantity }] });

  it('RSV-03 the last pieces are promised to one, the others are told what is left', async () => {
    await setStock(database.pool, { A: '100' });
    const outcomes = await Promise.all(clients.map(async (each, place) => reserve(each, place + 1)));
    assert.deepEqual(resultsOf(outcomes), [...Array<string>(5).fill('refused'), 'reserved']);
    const refusals = outcomes.flatMap((each) => each.refusals);
    assert.deepEqual(
      [...new Set(refusals.map(({ code, params }) => `${code} ${params['available']} ${params['short']}`))],
      ['RSV-03 30 10'],
    );
  });

  it('RSV-01 a reservation that two cancel, or make again, is cancelled or made once', async () => {
    await setStock(database.pool, { A: '100' });
    const [anna, bruno] = adapters();
    const made = await Promise.all([reserve(anna, 1), reserve(bruno, 1)]);
    assert.deepEqual([resultsOf(made), made.flatMap(codesOf)], [['refused', 'reserved'], ['RSV-01']]);
    const step = { step: 'cancel', reservations: [component(1)] } as const;
    const gone = await Promise.all([anna, bruno].map((each) => each.reserve(keyOf(1), step)));
    assert.deepEqual([resultsOf(gone), gone.flatMap(codesOf)], [['refused', 'unreserved'], ['RSV-01']]);
  });

  it('a release takes what is free, or what is reserved stays: never both', async () => {
    for (const number of numbers.slice(0, 4)) {
      await setStock(database.pool, { A: '100' });
      const [anna, bruno] = adapters();
      const [reservation, [released]] = await Promise.all([
        reserve(anna, number),
        bruno.release(keyOf(number + 4)),
      ]);
      const went = [reservation.result === 'reserved', released?.result === 'released'];
      assert.deepEqual(went.toSorted(), [false, true], went.join());
      assert.deepEqual(codesOf(went[0] ? released : reservation), [went[0] ? 'REL-10' : 'RSV-03']);
      assert.equal((await stockOf(database.pool))['A'], went[0] ? '100' : '60');
      if (went[0]) await anna.reserve(keyOf(number), { step: 'cancel', reservations: [component(number)] });
    }
  });

  it('REF-06 an order is refreshed before it is reserved for, or not at all', async () => {
    await setStock(database.pool, { A: '1000' });
    const [anna, bruno] = adapters();
    // Half the pieces take half the material: what was asked for is then more than the order needs.
    const changes = Object.fromEntries(numbers.map((number) => [key(keyOf(number)), { quantity: '10' }]));
    for (const number of numbers) {
      const [reservation, [refreshed]] = await Promise.all([
        reserve(anna, number),
        bruno.refresh({ changes }, keyOf(number)),
      ]);
      const went = [reservation.result === 'reserved', refreshed?.result === 'refreshed'];
      assert.deepEqual(went.toSorted(), [false, true], went.join());
      assert.deepEqual(codesOf(went[0] ? refreshed : reservation), [went[0] ? 'REF-06' : 'RSV-04']);
    }
  });
});
