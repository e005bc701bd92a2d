import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createStore } from 'zustand/vanilla';
import { type ControlId, enabledControls, followPane, ribbonTab } from '../../src/addin/commands/ribbon';
import type { MarkedRow } from '../../src/addin/sync/sheet';
import { initialState, type PaneState } from '../../src/addin/taskpane/store/state';
import { orderKey } from '../../src/domain/order';
import type { Action } from '../../src/domain/transitions';
import { readManifest } from '../../src/workbench/page/manifest-reader';
import { aSearch } from './excel/workbook';

const manifest = readManifest(readFileSync('manifest.xml', 'utf8'));

describe('the ribbon', () => {
  it('offers before the start of the add-in what can start it, and nothing else', () => {
    const controls = controlsOfManifest();
    const enabled = controls.filter((control) => control.enabled).map(({ id }) => id);
    assert.deepEqual(enabled, ['Launchbook.Find', 'Launchbook.Pane', 'Launchbook.Movements']);
  });

  it('has every control whose state changes, in the groups of the manifest', () => {
    const [tab] = manifest.tabs;
    assert.equal(tab?.id, ribbonTab.id);
    const groups = tab.groups.map(({ id, controls }) => [
      id,
      controls.flatMap(buttonsOf).map((button) => button.id),
    ]);
    const always = 'Launchbook.Pane';
    assert.deepEqual(
      groups.map(([id, controls]) => [id, (controls as string[]).filter((control) => control !== always)]),
      Object.entries(ribbonTab.groups).map(([id, controls]) => [id, [...controls]]),
    );
  });

  it('marks only where orders are in the sheet', () => {
    assert.deepEqual(offered({}), ['Find', 'Movements']);
    assert.deepEqual(offered({ loaded: aSearch(3) }), [
      ...['Find', 'ReleaseSelected', 'ReleaseVisible', 'RestoreSelected', 'RestoreVisible'],
      ...['RefreshSelected', 'RefreshVisible', 'ClearSelected', 'ClearVisible', 'Movements'],
    ]);
  });

  it('releases and restores only what is marked for it, hidden marks included', () => {
    assert.ok(!offered(marking()).some((id) => ['Preview', 'Release', 'Restore'].includes(id)));
    const release = marking(mark('release', 1, true));
    assert.deepEqual(runs(release), ['Preview', 'Release']);
    assert.deepEqual(runs({ ...release, view: 'restore' }), ['Release']);
    assert.deepEqual(runs(marking(mark('release', 1), mark('restore', 2))), [
      'Preview',
      'Release',
      'Restore',
    ]);
    assert.deepEqual(runs({ ...marking(mark('refresh', 1)), view: 'refresh' }), ['Preview', 'Refresh']);
  });

  it('offers nobody what they may not do', () => {
    const session = {
      user: 'anna',
      company: { code: 'IT', name: 'Contoso', timeZone: 'Europe/Rome' },
      companies: [],
      rights: ['restore'],
      today: '2026-11-20',
      version: '1',
    } as unknown as NonNullable<PaneState['session']>;
    const both = marking(mark('release', 1), mark('restore', 2));
    assert.deepEqual(runs({ ...both, session }), ['Preview', 'Restore']);
  });

  it('waits while work is under way', () => {
    const work = { kind: 'release', done: 1, total: 9, cancel: null } as const;
    assert.deepEqual(offered({ ...marking(mark('release', 1)), work }), []);
  });

  describe('follows the pane', () => {
    const told: (readonly [string, boolean])[][] = [];
    let follow: ReturnType<typeof startFollowing>;
    const startFollowing = (update = async () => {}) => {
      const store = createStore<PaneState>(() => initialState);
      const stop = followPane({ store }, async ({ tabs }) => {
        const controls = tabs.flatMap(({ groups = [] }) => groups.flatMap((group) => group.controls ?? []));
        told.push(controls.map(({ id, enabled }) => [id, enabled === true] as const));
        await update();
      });
      return { store, stop };
    };
    const settled = () => new Promise((resolve) => setTimeout(resolve, 300));
    beforeEach(() => void told.splice(0));
    afterEach(() => follow.stop());

    it('with everything first, and then with what changed, a burst at once', async () => {
      follow = startFollowing();
      assert.equal(told[0]?.length, Object.values(ribbonTab.groups).flat().length);
      follow.store.setState(marking());
      follow.store.setState(marking(mark('release', 1)));
      await settled();
      assert.equal(told.length, 2);
      assert.equal(told[1]?.length, 10);
      follow.store.setState({ syncedAt: 5 });
      await settled();
      assert.equal(told.length, 2);
    });

    it('and says everything again after Excel refused', async () => {
      let refusals = 1;
      follow = startFollowing(async () => {
        if (refusals-- > 0) throw new Error('HostRestartNeeded');
      });
      follow.store.setState(marking());
      await settled();
      assert.equal(told[1]?.length, told[0]?.length);
    });
  });
});

function controlsOfManifest() {
  return manifest.tabs.flatMap(({ groups }) => groups.flatMap(({ controls }) => controls.flatMap(buttonsOf)));
}

type Control = (typeof manifest)['tabs'][number]['groups'][number]['controls'][number];

function buttonsOf(control: Control) {
  return control.kind === 'menu' ? control.items : [control];
}

/** Controls that are enabled in this state, without the product's name before them. */
function offered(state: Partial<PaneState>): string[] {
  return Object.entries(enabledControls({ ...initialState, ...state }))
    .filter(([, enabled]) => enabled)
    .map(([id]) => (id as ControlId).replace('Launchbook.', ''));
}

function runs(state: Partial<PaneState>): string[] {
  return offered(state).filter((id) => ['Preview', 'Release', 'Restore', 'Refresh'].includes(id));
}

function marking(...marked: MarkedRow[]): Partial<PaneState> {
  return { loaded: aSearch(3), marks: { marked, newOrders: [], problems: [] } };
}

function mark(action: Action, number: number, hidden = false): MarkedRow {
  const key = orderKey({ year: 2026, number, lot: 0 });
  return {
    row: number,
    key,
    company: 'IT',
    version: 1,
    action,
    priority: null,
    start: null,
    ...{ item: 'A', quantity: '1', unit: 'pcs' },
    state: null,
    wanted: {},
    hidden,
  };
}
