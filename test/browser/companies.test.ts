import assert from 'node:assert/strict';
import { copyCompany } from '../adapter/orderbook/second-company';
import { useDatabase } from '../postgres';
import { assertAccessible } from './accessible';
import { PlannerAtWork } from './planner-at-work';
import { useLaunchbook } from './use-launchbook';

const OURS = 'AdventureWorks Cycles';
const THEIRS = 'Biciclette Esempio';

describe('a planner of two companies in the workbench', function () {
  this.timeout(240_000);
  const database = useDatabase();
  let planner: PlannerAtWork;
  // Told before that of Launchbook, so that nobody sits at one that ends.
  after(() => planner?.leave());
  const launchbook = useLaunchbook(database);

  before('sit down, with a second company in the book', async () => {
    await copyCompany(database.pool, 'AW', 'BE');
    await database.pool.query('update company set name = $1 where company_id = $2', [THEIRS, 'BE']);
    planner = await PlannerAtWork.sitDown(launchbook.url, 'it');
  });

  const button = (name: string) => planner.pane.getByRole('button', { name, exact: true });
  const status = () => planner.pane.getByRole('status').filter({ hasText: '·' });
  const company = async (name: string) => {
    await planner.pane.getByRole('button', { name: planner.text('pane.menu'), exact: true }).click();
    return planner.pane.getByRole('menuitemradio', { name, exact: true });
  };

  it('chooses one, works with it, and turns the workbook to the other one', async () => {
    await planner.page.getByRole('separator').press('Home');
    await planner.sees('pane.company.choose');
    await assertAccessible(planner, 'a choice of companies');
    await button(OURS).click();
    await status().filter({ hasText: OURS }).waitFor();
    await planner.search('launched');
    await planner.press('pane.mark.visible');
    const before = await planner.orders();
    assert.ok(before.length > 100);

    const chosen = await company(OURS);
    assert.equal(await chosen.getAttribute('aria-checked'), 'true');
    await planner.pane.getByRole('menuitemradio', { name: THEIRS, exact: true }).click();
    await planner.sees('pane.company.change.title', { company: THEIRS });
    await assertAccessible(planner, 'a change of companies');
    await planner.press('pane.cancel');
    assert.deepEqual(await planner.orders(), before);

    await planner.tab('pane.tab.refresh');
    await planner.press('pane.requests.load');
    const requests = planner.pane.getByRole('region', { name: planner.text('sheet.requests'), exact: true });
    await requests.getByRole('status').filter({ hasText: /\w/ }).waitFor();
    await (await company(THEIRS)).click();
    await planner.press('pane.company.change.confirm');
    await status().filter({ hasText: THEIRS }).waitFor();
    assert.equal(await requests.getByRole('status').innerText(), '', 'their sheet is empty');
    await planner.tab('pane.tab.release');
    assert.deepEqual(
      (await planner.orders()).map(({ order, action }) => [order, action]),
      [['', '']],
    );

    await planner.search('launched');
    await planner.sees('pane.mark.none');
    assert.deepEqual(
      (await planner.orders()).map(({ order }) => order),
      before.map(({ order }) => order),
    );
    assert.deepEqual(planner.complaints, []);
  });
});
