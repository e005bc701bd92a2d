import assert from 'node:assert/strict';
import type { RefreshCommand } from '../../../../src/adapter/orderbook/postgres/refresh/judge-refresh';
import { useDatabase } from '../../../postgres';
import { bookState, freshBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { codesOf, key, postingDate } from '../planner';
import { addOrder, company, preparePlant, setStock } from '../small-plant';
import { addMethods, createRefresher, useAdapterPool } from './methods';

const order = '2026/1/0';
const inOne = { executive: 'restoreAndRelease', postingDate } as const;
const more = (quantity: string, of = order): Partial<Omit<RefreshCommand, 'kind'>> => ({
  ...inOne,
  changes: { [key(of)]: { quantity } },
});

describe('an executive order that is restored, refreshed and released in one', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);
  const run = (statement: string) => pool().query(statement);
  const onHand = async (item: string) => {
    const { rows } = await pool().query<{ on_hand: string }>(
      `select trim_scale(on_hand)::text as on_hand from stock where company_id = $1 and item = $2`,
      [company, item],
    );
    return rows[0]?.on_hand;
  };

  /** Orders of 60 pieces that take 120 A each, refreshed and released. */
  async function released(...numbers: number[]) {
    const planner = createRefresher(pool());
    const keys = numbers.map((number) => `2026/${number}/0`);
    for (const number of numbers)
      await addOrder(database.pool, { number, quantity: '60', lines: { A: '5' } });
    await planner.refresh({}, ...keys);
    for (const { result } of await planner.release(...keys)) assert.equal(result, 'released');
    return planner;
  }

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
  });
  afterEach(() => assertInvariants(database.pool));

  it('is offered where a refresh is refused for its entries (REF-08)', async () => {
    await setStock(database.pool, { A: '120' });
    const planner = await released(1);
    const [outcome] = await planner.refresh({}, order);
    assert.deepEqual(
      outcome?.refusals.map(({ code, next }) => [code, next]),
      [['REF-08', 'restoreAndRelease']],
    );
  });

  it('takes the old movements back and posts the new ones', async () => {
    await setStock(database.pool, { A: '200' });
    const planner = await released(1);
    assert.equal(await onHand('A'), '80');
    const [before] = await planner.book.rows(company, [key(order)]);
    const preview = await planner.preview(more('80'), order);
    const [previewed] = preview.refresh?.orders ?? [];
    assert.deepEqual(previewed?.released, { takenBack: 1, posted: 1 });
    assert.deepEqual(
      preview.warehouses.map(({ warehouse, movements }) => [warehouse, movements]),
      [['MAG1', 2]],
    );

    const [outcome] = await planner.refresh(more('80'), order);
    assert.deepEqual([outcome?.result, codesOf(outcome), outcome?.movements], ['refreshed', [], 1]);
    assert.deepEqual(await planner.movementsOf(order), ['MAG1/SCP A 160']);
    assert.equal(await onHand('A'), '40');
    const [after] = await planner.book.rows(company, [key(order)]);
    assert.deepEqual(
      [after?.state, after?.quantity, after?.version],
      ['executive', '80', (before?.version ?? 0) + 3],
    );
    const { rows } = await run('select trim_scale(quantity)::text as quantity from restored_movement');
    assert.deepEqual(rows, [{ quantity: '120' }]);
  });

  it('T-34 changes nothing at all when material is short for the new need, counting what it gives back', async () => {
    await setStock(database.pool, { A: '130' });
    const planner = await released(1);
    const before = await bookState(database.pool);
    const preview = await planner.preview(more('70'), order);
    const [outcome] = await planner.refresh(more('70'), order);
    assert.deepEqual(
      outcome?.refusals.map(({ code, params }) => [
        code,
        params['need'],
        params['available'],
        params['short'],
      ]),
      [['REL-10', '140', '130', '10']],
    );
    assert.deepEqual(preview.outcomes[0]?.refusals, outcome?.refusals);
    assert.deepEqual(
      preview.shortages.map(({ item, need, available, missing }) => [item, need, available, missing]),
      [['A', '140', '130', '10']],
      'what the restore gives back counts',
    );
    assert.deepEqual(await bookState(database.pool), before);
    assert.equal((await planner.refresh(more('65'), order))[0]?.result, 'refreshed');
    assert.equal(await onHand('A'), '0');
  });

  it('RES-02 is refused for its declarations first, and then by what a refresh says', async () => {
    await setStock(database.pool, { A: '1000' });
    const planner = await released(1);
    await run(`
      insert into declaration (company_id, order_id, number, operation, quantity, scrap, closing, opened_at, opened_by)
      select company_id, order_id, 1, 20, 1, 0, false, now(), 'anna' from production_order;
      update production_order set last_declaration = 1;
      update bom set status = 'new'`);
    const before = await bookState(database.pool);
    const [outcome] = await planner.refresh(inOne, order);
    assert.deepEqual(codesOf(outcome), ['RES-02', 'REF-09']);
    const [plain] = await planner.refresh({}, order);
    assert.deepEqual(
      plain?.refusals.map(({ code, params, next }) => [code, params['context'], next]),
      [
        ['REF-08', 'notRestorable', undefined],
        ['REF-09', undefined, undefined],
      ],
    );
    assert.deepEqual(await bookState(database.pool), before);
  });

  it('RES-05 stays as it is when its movements lie in a closed period', async () => {
    await setStock(database.pool, { A: '1000' });
    const planner = await released(1);
    await run(`insert into closed_period values ('${company}', 'MAG1', '2026-11-01', '2026-11-30')`);
    assert.deepEqual(codesOf((await planner.refresh(inOne, order))[0]), ['RES-05']);
  });

  it('goes with launched orders in one run; who is short stays, the others go', async () => {
    await setStock(database.pool, { A: '250' });
    const planner = await released(1, 2);
    await addOrder(database.pool, { number: 3, quantity: '60', lines: { A: '5' } });
    const changes = { [key('2026/1/0')]: { quantity: '70' }, [key('2026/2/0')]: { quantity: '65' } };
    const outcomes = await planner.refresh({ ...inOne, changes }, '2026/1/0', '2026/2/0', '2026/3/0');
    assert.deepEqual(
      outcomes
        .map((each) => [each.key, each.result, codesOf(each), each.movements] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      [
        ['2026/1/0', 'refused', ['REL-10'], 0],
        ['2026/2/0', 'refreshed', [], 1],
        ['2026/3/0', 'refreshed', [], 0],
      ],
    );
    assert.deepEqual(await planner.movementsOf('2026/1/0'), ['MAG1/SCP A 120']);
    assert.deepEqual(await planner.movementsOf('2026/2/0'), ['MAG1/SCP A 130']);
    assert.equal(await planner.stateOf('2026/3/0'), 'launched');
  });

  it('lets later orders have what earlier ones need no more', async () => {
    await setStock(database.pool, { A: '240' });
    const planner = await released(1, 2);
    const changes = { [key('2026/1/0')]: { quantity: '50' }, [key('2026/2/0')]: { quantity: '70' } };
    const outcomes = await planner.refresh({ ...inOne, changes }, '2026/1/0', '2026/2/0');
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      ['refreshed', 'refreshed'],
    );
    assert.equal(await onHand('A'), '0');
  });

  it('is released from new stocks where its bill has changed', async () => {
    await setStock(database.pool, { A: '200', E: '160' });
    const planner = await released(1);
    await run(`update bom_line set component = 'E' where component = 'A'`);
    assert.equal((await planner.refresh(inOne, order))[0]?.result, 'refreshed');
    assert.deepEqual(await planner.movementsOf(order), ['MAG2/SCP E 120']);
    assert.deepEqual([await onHand('A'), await onHand('E')], ['200', '40']);
  });
});
