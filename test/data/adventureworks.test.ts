import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIRST_WEEK_END, figuresOf } from './adventureworks-figures';
import { readPlant, type PlantTables, type TextRow } from './read-plant';
import { releaseInSequence } from './release-in-sequence';

const DATA = join(__dirname, '../../data');
const CUT_OFF = '2014-02-28';
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const keyOf = (row: { number: string; lot: string }): string => `${row.number}/${row.lot}`;

/** The first rows that break a rule, so that a failure shows an example and not a hundred thousand rows. */
const offenders = <T>(rows: readonly T[], fits: (row: T) => boolean): T[] =>
  rows.filter((row) => !fits(row)).slice(0, 3);

describe('the sample plant AdventureWorks', function () {
  this.timeout(60_000);
  let plant: PlantTables;
  let items: Map<string, TextRow<'items'>>;
  let orders: Map<string, TextRow<'orders'>>;

  before(() => {
    plant = readPlant(join(DATA, 'adventureworks'));
    items = new Map(plant.items.map((item) => [item.item, item]));
    orders = new Map(plant.orders.map((order) => [keyOf(order), order]));
  });

  it('has every item, order and material line once', () => {
    const lines = new Set(plant.order_materials.map((line) => `${keyOf(line)}/${line.line}`));
    const stock = new Set(plant.stock.map((row) => `${row.item} ${row.warehouse} ${row.lot}`));
    assert.equal(items.size, plant.items.length);
    assert.equal(orders.size, plant.orders.length);
    assert.equal(lines.size, plant.order_materials.length);
    assert.equal(stock.size, plant.stock.length);
  });

  it('names only items that exist', () => {
    const named = [plant.stock, plant.orders, plant.order_materials, plant.movements];
    for (const rows of named)
      assert.deepEqual(
        offenders<{ item: string }>(rows, (row) => items.has(row.item)),
        [],
      );
    assert.deepEqual(
      offenders(plant.bom_lines, (row) => items.has(row.component)),
      [],
    );
    const bills = new Set(plant.boms.map((row) => row.bom));
    assert.deepEqual(
      offenders(plant.items, (row) => row.bom === '' || bills.has(row.bom)),
      [],
    );
  });

  it('names only warehouses, reasons, sites and work centres that exist', () => {
    const sites = new Set(plant.sites.map((row) => row.site));
    const centres = new Set(plant.work_centres.map((row) => row.work_centre));
    const warehouses = new Set(plant.warehouses.map((row) => row.warehouse));
    const places = (direction: 'unload' | 'load') => {
      const reasons = plant.reasons.filter((row) => row.direction === direction && row.production === 'true');
      const known = new Set(reasons.map((row) => `${row.warehouse} ${row.reason}`));
      return (row: { warehouse: string; reason: string }) => known.has(`${row.warehouse} ${row.reason}`);
    };
    const isPlace = places('unload');
    const isDeposit = places('load');
    const depositOf = (row: { deposit_warehouse: string; deposit_reason: string }) => ({
      warehouse: row.deposit_warehouse,
      reason: row.deposit_reason,
    });

    assert.deepEqual(
      offenders(plant.reasons, (row) => warehouses.has(row.warehouse)),
      [],
    );
    assert.deepEqual(
      offenders(plant.stock, (row) => warehouses.has(row.warehouse)),
      [],
    );
    assert.deepEqual(offenders(plant.withdrawal_defaults, isPlace), []);
    assert.deepEqual(offenders(plant.deposit_defaults, isDeposit), []);
    assert.deepEqual(
      offenders(
        plant.items,
        (row) => row.deposit_warehouse + row.deposit_reason === '' || isDeposit(depositOf(row)),
      ),
      [],
    );
    assert.deepEqual(
      offenders(plant.items, (row) => row.warehouse + row.reason === '' || isPlace(row)),
      [],
    );
    assert.deepEqual(offenders(plant.movements, isPlace), []);
    assert.deepEqual(
      offenders(plant.order_operations, (row) => centres.has(row.work_centre)),
      [],
    );
    assert.deepEqual(
      offenders(
        plant.orders,
        (row) => sites.has(row.site) && (row.work_centre === '' || centres.has(row.work_centre)),
      ),
      [],
    );
  });

  it('hangs every line, operation, movement and declaration on an order', () => {
    const hanging = [plant.order_materials, plant.order_operations, plant.movements, plant.declarations];
    for (const rows of hanging)
      assert.deepEqual(
        offenders<{ number: string; lot: string }>(rows, (row) => orders.has(keyOf(row))),
        [],
      );
    const operations = new Set(plant.order_operations.map((row) => `${keyOf(row)}/${row.operation}`));
    const named: readonly { number: string; lot: string; operation: string }[][] = [
      [...plant.order_materials],
      [...plant.declarations],
    ];
    for (const rows of named)
      assert.deepEqual(
        offenders(rows, (row) => row.operation === '' || operations.has(`${keyOf(row)}/${row.operation}`)),
        [],
      );
  });

  it('has for each order begun by release exactly the movements of its automatic lines, and no others', () => {
    const expected = plant.order_materials
      .filter((line) => items.get(line.item)?.pickup_type === 'automatic')
      .filter((line) => orders.get(keyOf(line))?.state !== 'launched')
      .map((line) => `${keyOf(line)}/${line.line} ${line.item} ${line.quantity} ${line.unit}`);
    const posted = plant.movements.map(
      (row) => `${keyOf(row)}/${row.line} ${row.item} ${row.quantity} ${row.unit}`,
    );
    assert.equal(new Set(posted).size, posted.length);
    assert.deepEqual(new Set(posted), new Set(expected));

    const moved = new Set(plant.movements.map(keyOf));
    assert.deepEqual(
      offenders(plant.orders, (row) => moved.has(keyOf(row)) === (row.origin === 'release')),
      [],
    );
    assert.deepEqual(
      offenders(plant.orders, (row) => (row.origin === '') === (row.state === 'launched')),
      [],
    );
    assert.deepEqual(
      offenders(plant.movements, (row) => row.posted_on === orders.get(keyOf(row))?.released_on),
      [],
    );
  });

  it('has closing declarations for fulfilled orders only, with the quantity produced', () => {
    const closed = new Map(
      plant.declarations.filter((row) => row.closing === 'true').map((row) => [keyOf(row), row.quantity]),
    );
    assert.deepEqual(
      offenders(plant.orders, (row) =>
        row.state === 'fulfilled'
          ? closed.get(keyOf(row)) === row.quantity_produced
          : !closed.has(keyOf(row)) && row.quantity_produced === '0',
      ),
      [],
    );
    const opened = plant.declarations.filter((row) => row.closing === 'false');
    assert.deepEqual(
      offenders(opened, (row) => orders.get(keyOf(row))?.state === 'executive' && row.registered_on === ''),
      [],
    );
  });

  it('has sane dates, and nothing posted or reported after the cut-off', () => {
    assert.deepEqual(
      offenders(
        plant.orders,
        (row) =>
          [row.start, row.end, row.due].every((day) => DATE.test(day)) &&
          row.start <= row.end &&
          row.end <= row.due,
      ),
      [],
    );
    assert.deepEqual(
      offenders(plant.orders, (row) => (row.state === 'launched') === row.start > CUT_OFF),
      [],
    );
    assert.deepEqual(
      offenders(plant.movements, (row) => row.posted_on <= CUT_OFF),
      [],
    );
    assert.deepEqual(
      offenders(
        plant.declarations,
        (row) => row.opened_on <= CUT_OFF && (row.registered_on === '' || row.registered_on <= CUT_OFF),
      ),
      [],
    );
    assert.deepEqual(
      offenders(plant.declarations, (row) => row.registered_on === '' || row.opened_on <= row.registered_on),
      [],
    );
  });

  it('multiplies the quantity of a line from the bill of materials of the start day', () => {
    const bills = new Map(plant.bom_lines.map((row) => [`${row.bom}/${row.line}`, row]));
    assert.deepEqual(
      offenders(plant.order_materials, (line) => {
        const order = orders.get(keyOf(line));
        const bill = bills.get(`${order?.item}/${line.line}`);
        if (order === undefined || bill === undefined) return false;
        return (
          bill.component === line.item &&
          bill.valid_from <= order.start &&
          (bill.valid_to === '' || order.start <= bill.valid_to) &&
          Number(line.quantity) === Number(bill.quantity) * Number(order.quantity)
        );
      }),
      [],
    );
  });

  it('keeps orders by start date, then number', () => {
    const sorted = [...plant.orders].sort((a, b) =>
      a.start === b.start ? Number(a.number) - Number(b.number) : a.start < b.start ? -1 : 1,
    );
    assert.deepEqual(plant.orders, sorted);
  });

  it('has enough to release: 10,000 in the whole, 1,500 in the first load, no empty day in two weeks', () => {
    const launched = plant.orders.filter((order) => order.state === 'launched');
    const firstLoad = launched.filter((order) => order.start <= '2014-03-28');
    const days = new Set(launched.filter((order) => order.start <= '2014-03-14').map((order) => order.start));
    assert.ok(launched.length >= 10_000, `${launched.length} launched`);
    assert.ok(firstLoad.length >= 1_500, `${firstLoad.length} launched in the first load`);
    assert.equal(days.size, 14);
  });

  it('lets 60 to 90 % of the first week be released from stock, with two automatic lines or more on average', () => {
    const week = releaseInSequence(plant, FIRST_WEEK_END);
    const share = week.releasable / week.orders;
    assert.ok(share >= 0.6 && share <= 0.9, `${share} releasable`);
    assert.ok(week.automaticLines / week.orders >= 2, `${week.automaticLines} automatic lines`);
  });

  it('is what the README says', () => {
    const readme = readFileSync(join(DATA, 'README.md'), 'utf8');
    for (const [figure, value] of figuresOf(plant))
      assert.match(
        readme,
        new RegExp(`^\\| ${figure} +\\| +${value.replaceAll('.', '\\.')} +\\|$`, 'm'),
        `${figure}: ${value}`,
      );
  });

  it('is described by plant.json', () => {
    const description: unknown = JSON.parse(readFileSync(join(DATA, 'adventureworks/plant.json'), 'utf8'));
    assert.deepEqual(description, {
      company: 'AW',
      name: 'AdventureWorks Cycles',
      timeZone: 'America/Los_Angeles',
      cutOff: CUT_OFF,
      firstLoad: { daysBefore: 21, daysAfter: 28 },
      source: {
        repository: 'olafusimichael/AdventureWorksParquet',
        commit: 'c8201f49dd1b0b97e584d590ef187ee7cd94d4b3',
        original: 'microsoft/sql-server-samples, AdventureWorks OLTP 2019',
      },
      licence: 'MIT',
    });
  });
});
