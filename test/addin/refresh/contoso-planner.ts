import assert from 'node:assert/strict';
import { createPool } from '../../../src/adapter/orderbook/postgres/database';
import { migrate } from '../../../src/adapter/orderbook/postgres/migrate';
import { textsIn } from '../../../src/addin/texts';
import { instant } from '../../../src/domain/calendar';
import { type TestAdapter, useAdapter } from '../../adapter/http/adapter';
import { importSample } from '../../data/plant-at-work';
import { rowsOf, typeInto, useWorkbook } from '../excel/workbook';
import { type PaneAtAdapter, usePaneAtAdapter } from '../pane-at-adapter';

/** 13 June 2025. */
export const DUE = 45821;

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

export interface ContosoPlanner {
  readonly adapter: TestAdapter;
  readonly desk: PaneAtAdapter;
  /** Fails where something went wrong. */
  readonly done: () => void;
  /** The row of the order that the planner writes, which is the only one. */
  readonly row: () => Promise<Row>;
  /** Cells of that row. */
  readonly cells: (...headers: string[]) => Promise<unknown[]>;
  /** Rows of the sheet of materials and operations. */
  readonly content: () => Promise<Row[]>;
  /** Writes an order into the sheet and creates it. */
  readonly writeNewOrder: () => Promise<void>;
}

/** A planner of the surrounding `describe`, at the refresh view, in the plant of Contoso Coffee in June 2025. */
export function useContosoPlanner(): ContosoPlanner {
  const adapter = useAdapter(() => ({}), prepare);
  before('it is June 2025', () => {
    adapter.now = instant(new Date('2025-06-02T09:00:00Z'));
  });
  const desk = usePaneAtAdapter(adapter, useWorkbook());
  const { pane, state } = desk;
  beforeEach('turn to the refresh view', () => pane.actions.show('refresh'));

  const done = () => assert.deepEqual(state().trouble, null);
  const row = async () => (await rowsOf())[0] ?? {};
  return {
    adapter,
    desk,
    done,
    row,
    async cells(...headers) {
      const shown = await row();
      return headers.map((header) => shown[header]);
    },
    content: () => rowsOf('values', 'MaterialsAndOperations'),
    async writeNewOrder() {
      // An empty search leaves a table with one empty row.
      pane.actions.setCriteria({ order: '1999/' });
      await pane.actions.search();
      done();
      const t = textsIn(desk.language);
      await typeInto(t('column.item'), "'SP-SCM1009");
      await typeInto(t('column.quantity'), 10);
      await typeInto(t('column.due'), DUE);
      await pane.actions.refreshMarks();
      assert.equal(state().marks.newOrders.length, 1);
      await pane.actions.createOrders();
      done();
    },
  };
}

async function prepare(connectionString: string): Promise<void> {
  await migrate(connectionString);
  const pool = createPool(connectionString);
  await importSample(pool, 'contoso-coffee');
  await pool.end();
}
