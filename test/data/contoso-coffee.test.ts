import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { methodsOf } from '../../data/contoso-methods';
import { GENERATED_CUSTOMER, GENERATED_JOB_ORDER, generatedOrders } from '../../data/contoso-orders';
import { decimalsOf, pickupType } from '../../data/contoso-rules';
import { scheduleOf } from '../../data/contoso-schedule';
import { formatOf, plantFileNames, type PlantFile } from '../../src/adapter/orderbook/import-format';
import { calendarDate } from '../../src/domain/calendar';
import { quantity, quantityText } from '../../src/domain/quantity';
import { readPlant, type PlantTables, type TextRow } from './read-plant';

const FOLDER = join(__dirname, '../../data/contoso-coffee');
const CUT_OFF = '2025-06-06';

const keyOf = (row: { number: string; lot: string }): string => `${row.number}/${row.lot}`;

describe('the sample plant Contoso Coffee', () => {
  let plant: PlantTables;
  let orders: Map<string, TextRow<'orders'>>;
  before(() => {
    plant = readPlant(FOLDER);
    orders = new Map(plant.orders.map((order) => [keyOf(order), order]));
  });
  const state = (row: { number: string; lot: string }) => orders.get(keyOf(row))?.state;

  it('comes with the licence of its source', () => {
    assert.ok(existsSync(join(FOLDER, 'LICENSE-MIT.txt')));
  });

  it('has the master data, calendars and stock of the source in full', () => {
    const rows = (file: PlantFile) => plant[file].length;
    assert.deepEqual(
      {
        items: rows('items'),
        units: rows('item_units'),
        bills: [rows('boms'), rows('bom_lines')],
        routings: [rows('routings'), rows('routing_operations')],
        centres: [rows('work_centres'), rows('machines')],
        calendars: [rows('calendars'), rows('calendar_hours')],
        warehouses: rows('warehouses'),
        stock: rows('stock'),
      },
      {
        items: 37,
        units: 8,
        bills: [9, 74],
        routings: [6, 20],
        centres: [6, 13],
        calendars: [2, 15],
        warehouses: 10,
        stock: 19,
      },
    );
  });

  it('has no key twice and names only what exists', () => {
    const value = (row: Readonly<Record<string, string>>, columns: readonly string[]) =>
      columns.map((column) => row[column] || formatOf.orders.columns[column]?.fallback || '').join('|');
    for (const file of plantFileNames) {
      const rows: readonly Readonly<Record<string, string>>[] = plant[file];
      const keys = new Set(rows.map((row) => value(row, formatOf[file].key)));
      assert.equal(keys.size, rows.length, file);
      for (const { columns, file: target } of formatOf[file].references) {
        const named: PlantFile = plantFileNames.find((name) => name === target) ?? assert.fail(target);
        const { key } = formatOf[named];
        const known = new Set(plant[named].map((row) => value(row, key.slice(0, columns.length))));
        const empty = columns.map(() => '').join('|');
        const lost = rows.filter((row) => {
          const named = columns.map((column) => row[column] ?? '');
          // A row may leave out what is optional: then its last column says so.
          return named.join('|') !== empty && named.at(-1) !== '' && !known.has(value(row, columns));
        });
        assert.deepEqual(lost.slice(0, 3), [], `${file} → ${target}`);
      }
    }
  });

  it('maps the flushing methods of Business Central to pickup types', () => {
    assert.equal(pickupType('Forward'), 'automatic');
    assert.equal(pickupType('Pick + Manual'), 'with_list');
    assert.equal(pickupType('Backward'), 'manual');
    assert.throws(() => pickupType('Sideways'), /Sideways/);
    const drawn = plant.items.filter((item) => item.pickup_type === 'automatic').map(({ item }) => item);
    assert.deepEqual(drawn, ['SP-BOM1303', 'SP-BOM1305']);
    assert.deepEqual([decimalsOf('1'), decimalsOf('0.001')], [0, 3]);
  });

  it('counts no stock of what is not inventory, and names lots and serial numbers', () => {
    const codes = (wanted: (item: TextRow<'items'>) => boolean) =>
      plant.items.filter(wanted).map(({ item }) => item);
    assert.deepEqual(
      codes((item) => item.stock_managed === 'false'),
      ['SP-BOM2005', 'SP-BOM1110', 'SP-BOM1111', 'SP-BOM1112'],
    );
    assert.deepEqual(
      codes((item) => item.lot_managed === 'true'),
      ['WRB-1002'],
    );
    assert.deepEqual(
      codes((item) => item.serial_managed === 'true'),
      ['SP-SCM1011', 'SP-BOM1207'],
    );
  });

  describe('its generated orders', () => {
    it('come out of the master data the same every time', () => {
      const again: Record<string, readonly object[]> = generatedOrders(plant);
      for (const [file, rows] of Object.entries(again)) {
        const texts = rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, String(cell)])),
        );
        const written: readonly object[] = plant[plantFileNames.find((name) => name === file) ?? 'orders'];
        const columns = Object.keys(texts[0] ?? {});
        const kept = written.map((row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column))),
        );
        assert.deepEqual(kept, texts, file);
      }
    });

    it('say on every order that they are generated', () => {
      for (const { customer, job_order } of plant.orders) {
        assert.deepEqual([customer, job_order], [GENERATED_CUSTOMER, GENERATED_JOB_ORDER]);
      }
    });

    it('are of every kind a planner wants to try', () => {
      const count = (wanted: (order: TextRow<'orders'>) => boolean) => plant.orders.filter(wanted).length;
      assert.deepEqual(
        {
          all: plant.orders.length,
          launched: count((order) => order.state === 'launched'),
          late: count((order) => order.state === 'launched' && order.start <= CUT_OFF),
          executiveByRelease: count((order) => order.state === 'executive' && order.origin === 'release'),
          executiveDirect: count((order) => order.state === 'executive' && order.origin === 'direct'),
          fulfilled: count((order) => order.state === 'fulfilled'),
          onHold: count((order) => order.hold_reason !== ''),
          short: count((order) => ['SP-SCM1006', 'SP-SCM1011'].includes(order.item)),
          withoutMethods: count((order) => order.item === 'SP-SCM1008'),
        },
        {
          all: 120,
          launched: 71,
          late: 3,
          executiveByRelease: 7,
          executiveDirect: 8,
          fulfilled: 34,
          onHold: 2,
          short: 10,
          withoutMethods: 1,
        },
      );
      assert.equal(new Set(plant.orders.map(({ start }) => start)).size, 35);
    });

    it('have materials and operations, but for the item without bill and routing', () => {
      const bare = [...orders.values()].filter(
        (order) => !plant.order_materials.some((line) => keyOf(line) === keyOf(order)),
      );
      assert.deepEqual(
        bare.map(({ item }) => item),
        ['SP-SCM1008'],
      );
    });

    it('were drawn what a release draws, where they were released, and nothing else', () => {
      const automatic = new Set(
        plant.items.filter((item) => item.pickup_type === 'automatic').map(({ item }) => item),
      );
      const expected = plant.order_materials
        .filter((line) => automatic.has(line.item) && state(line) !== 'launched')
        .map((line) => `${keyOf(line)} ${line.line} ${line.item} ${line.quantity}`);
      assert.deepEqual(
        plant.movements.map((row) => `${keyOf(row)} ${row.line} ${row.item} ${row.quantity}`),
        expected,
      );
      const moved = new Set(plant.movements.map(keyOf));
      for (const order of plant.orders) assert.equal(order.origin === 'release', moved.has(keyOf(order)));
    });

    it('were reported by the cut-off only where they had begun', () => {
      const kinds = plant.declarations.map((row) => [
        state(row),
        row.closing,
        row.registered_on === '' ? 'open' : 'registered',
      ]);
      assert.deepEqual(
        new Set(kinds.map(String)),
        new Set(['fulfilled,true,registered', 'executive,false,open', 'executive,false,registered']),
      );
      for (const row of plant.declarations) {
        assert.ok(row.opened_on <= CUT_OFF && row.registered_on <= CUT_OFF);
        assert.ok(row.registered_on === '' || row.opened_on <= row.registered_on);
      }
    });

    it('are more than the stock of buttons can serve: some of them are refused', () => {
      const buttons = plant.order_materials.filter(
        (line) => line.item === 'SP-BOM1303' && state(line) === 'launched',
      );
      const need = buttons.reduce((sum, line) => sum + Number(line.quantity), 0);
      const [stock] = plant.stock.filter(({ item }) => item === 'SP-BOM1303');
      assert.equal(stock?.quantity, '100');
      assert.ok(need > 200, String(need));
      assert.ok(buttons.some((line) => Number(line.quantity) <= 30));
    });
  });

  describe('its bills', () => {
    const needsOf = (bom: string, pieces: string) =>
      new Map(
        methodsOf(plant)
          .needs(bom, quantity(pieces))
          .map((need) => [need.item, quantityText(need.total)]),
      );

    it('take a fixed quantity once per order', () => {
      assert.equal(needsOf('SP-BOM2000', '9').get('SP-BOM2004'), '1');
      assert.equal(needsOf('SP-BOM2000', '9').get('SP-BOM2003'), '18');
    });

    it('count in the base unit, rounded up to what the item is counted in', () => {
      // 20 ML each, 0.005 of a piece per ML.
      assert.equal(needsOf('SP-BOM2000', '3').get('SP-BOM2005'), '1');
      assert.equal(needsOf('SP-BOM2000', '25').get('SP-BOM2005'), '3');
    });

    it('explode phantoms into their parts', () => {
      const needs = needsOf('SP-SCM1006-BLACK', '7');
      assert.equal(needs.get('SP-BOM3001'), '7');
      assert.equal(needs.get('SP-BOM1103'), '28');
      assert.equal(needs.has('SP-SCM1006-BASE'), false);
    });
  });

  describe('its calendars', () => {
    it('give each operation its days, one after the other, without Saturdays', () => {
      const friday = calendarDate('2025-06-06');
      const steps = methodsOf(plant).steps('SP-SCM1009-SERIAL');
      // 20 + 12 × 15, 20 + 12 × 18, 10 + 12 × 9, 10 + 12 × 8 minutes, 480 a day.
      assert.deepEqual(scheduleOf(plant).daysOf(steps, 12, friday), [
        { start: '2025-06-06', end: '2025-06-06' },
        { start: '2025-06-06', end: '2025-06-06' },
        { start: '2025-06-06', end: '2025-06-09' },
        { start: '2025-06-09', end: '2025-06-09' },
      ]);
    });

    it('refuse operations that do not follow one another', () => {
      assert.throws(() => methodsOf(plant).steps('SP-SCM1009-PARALLEL'), /do not follow/);
    });
  });
});
