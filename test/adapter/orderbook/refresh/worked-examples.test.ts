import assert from 'node:assert/strict';
import { calendarDate } from '../../../../src/domain/calendar';
import { useDatabase } from '../../../postgres';
import { freshBook } from '../fresh-book';
import { assertInvariants } from '../invariants';
import { codesOf, key } from '../planner';
import { addOrder, preparePlant } from '../small-plant';
import { addMethods, createRefresher, useAdapterPool } from './methods';

const order = '2026/1/0';
const due = (day: string) => ({ changes: { [key(order)]: { due: calendarDate(day) } } });

describe('a refresh in the book', () => {
  const database = useDatabase(preparePlant);
  const pool = useAdapterPool(database);
  const refresher = () => createRefresher(pool());

  beforeEach(async () => {
    await freshBook(database.pool, database.connectionString);
    await addMethods(database.pool);
    await addOrder(database.pool, { number: 1, quantity: '60', start: '2026-11-23', lines: { C: '5' } });
  });
  afterEach(() => assertInvariants(database.pool));

  it('T-20 goes backward from the due date, to the minute', async () => {
    const planner = refresher();
    const [outcome] = await planner.refresh(due('2026-11-27'), order);
    assert.deepEqual([outcome?.result, codesOf(outcome)], ['refreshed', []]);
    assert.deepEqual(await planner.planOf(order), {
      operations: ['10: 25 14:45 – 26 12:45', '20: 26 12:45 – 26 16:00'],
      materials: ['A 120: 25 14:45', 'B 60: 25 14:45'],
      header: ['2026-11-25', '2026-11-26', '2026-11-27', '60'],
    });
  });

  it('T-21 goes forward from the start', async () => {
    const planner = refresher();
    const changes = { [key(order)]: { start: calendarDate('2026-11-25'), due: calendarDate('2026-11-27') } };
    await planner.refresh({ direction: 'forward', changes }, order);
    const { operations, header } = await planner.planOf(order);
    assert.deepEqual(operations, ['10: 25 08:00 – 25 14:00', '20: 25 14:00 – 26 09:15']);
    assert.deepEqual(header, ['2026-11-25', '2026-11-26', '2026-11-27', '60']);
  });

  it('T-22 makes the due date later', async () => {
    const planner = refresher();
    const changes = { [key(order)]: { start: calendarDate('2026-11-26'), due: calendarDate('2026-11-27') } };
    await planner.refresh({ direction: 'forward', changes }, order);
    assert.deepEqual((await planner.planOf(order)).header, ['2026-11-26', '2026-11-27', '2026-11-28', '60']);
  });

  it('goes forward from its time of the day, also where the day it starts on is named', async () => {
    const planner = refresher();
    await planner.refresh(due('2026-11-27'), order);
    const back = await planner.planOf(order);
    const changes = { [key(order)]: { start: calendarDate('2026-11-25') } };
    await planner.refresh({ direction: 'forward', changes }, order);
    assert.deepEqual(await planner.planOf(order), back);
  });

  it('takes the quantity that the planner has changed', async () => {
    const planner = refresher();
    await planner.refresh({ changes: { [key(order)]: { quantity: '10' } } }, order);
    const { materials, header } = await planner.planOf(order);
    assert.deepEqual([materials.map((each) => each.split(':')[0]), header[3]], [['A 20', 'B 10'], '10']);
  });

  it('changes nothing the second time', async () => {
    const planner = refresher();
    await planner.refresh({}, order);
    const before = await planner.planOf(order);
    const preview = await planner.preview({}, order);
    assert.deepEqual(preview.refresh?.orders[0]?.changes, []);
    await planner.refresh({}, order);
    assert.deepEqual(await planner.planOf(order), before);
  });

  it('previews every change and writes nothing', async () => {
    const planner = refresher();
    const before = await planner.planOf(order);
    const { refresh, outcomes } = await planner.preview(due('2026-11-27'), order);
    const [one] = refresh?.orders ?? [];
    assert.equal(outcomes[0]?.result, 'refreshed');
    assert.deepEqual(
      one?.changes.map(({ part, kind, name }) => `${part} ${kind} ${name}`.trim()),
      [
        'header changed',
        'line changed P',
        'material added A',
        'material added B',
        'material removed C',
        'operation added Operation 10',
        'operation added Operation 20',
      ],
    );
    assert.deepEqual(
      refresh?.load.map(({ workCentre, day, capacity, before: was, after }) => [
        workCentre,
        day,
        capacity,
        was,
        after,
      ]),
      [
        ['100', '2026-11-25', '480', '0', '75'],
        ['100', '2026-11-26', '480', '0', '450'],
      ],
    );
    assert.deepEqual(
      [one?.operationsBefore, one?.operations.map(({ operation }) => operation), refresh?.closedDays],
      [[], [10, 20], []],
    );
    assert.deepEqual(await planner.planOf(order), before);
  });

  it('has the operations as they are beside those that would be', async () => {
    const planner = refresher();
    await planner.refresh(due('2026-11-27'), order);
    const { refresh } = await planner.preview(due('2026-12-01'), order);
    const starts = [refresh?.orders[0]?.operationsBefore, refresh?.orders[0]?.operations].map((operations) =>
      operations?.map(({ startsAt }) => startsAt?.slice(0, 10)),
    );
    assert.deepEqual(starts, [
      ['2026-11-25', '2026-11-26'],
      ['2026-11-27', '2026-11-30'],
    ]);
    assert.deepEqual(refresh?.closedDays, ['2026-11-28', '2026-11-29']);
  });
});
