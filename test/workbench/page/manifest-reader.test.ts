import assert from 'node:assert/strict';
import { localized, type RibbonButton, type RibbonMenu } from '../../../src/workbench/page/manifest';
import { ManifestError, readManifest } from '../../../src/workbench/page/manifest-reader';
import { fixtureManifest } from './fixture-server';

describe('reading a manifest', () => {
  const manifest = readManifest(fixtureManifest);
  const [tab] = manifest.tabs;
  const [show, count, more] = tab?.groups[0]?.controls ?? [];

  it('names the add-in in the language asked for, and falls back to the default', () => {
    assert.equal(localized(manifest.name, 'it-IT'), 'Libro del raccolto');
    assert.equal(localized(manifest.name, 'it-CH'), 'Libro del raccolto');
    assert.equal(localized(manifest.name, 'de-DE'), 'Harvest Book');
  });

  it('takes the origin out of addresses of the add-in and leaves foreign ones', () => {
    assert.equal(manifest.pane.default, '/addin/taskpane.html');
    const elsewhere = fixtureManifest.replaceAll(
      'orchard.example/addin/basket.svg',
      'pictures.example/basket.svg',
    );
    assert.equal(readManifest(elsewhere).icon.default, 'https://pictures.example/basket.svg');
  });

  it('finds tab, group and controls in their order', () => {
    assert.equal(tab?.label?.default, 'Harvest');
    assert.deepEqual(
      tab?.groups[0]?.controls.map((control) => control.id),
      ['Harvest.Show', 'Harvest.Count', 'Harvest.More'],
    );
  });

  it('tells what a button does, what it says and what it looks like', () => {
    assert.deepEqual((show as RibbonButton).action, {
      kind: 'pane',
      url: { default: '/addin/taskpane.html', byLocale: {} },
    });
    assert.deepEqual((count as RibbonButton).action, { kind: 'function', name: 'countHarvest' });
    assert.equal(count?.tip?.description.default, 'Writes what was picked into a table.');
    assert.deepEqual(Object.keys(count?.icons ?? {}), ['16', '32', '80']);
  });

  it('reads the items of a menu and which of them start disabled', () => {
    const menu = more as RibbonMenu;
    assert.equal(menu.enabled, true);
    assert.deepEqual(
      menu.items.map((item) => [item.id, item.enabled]),
      [['Harvest.Ship', false]],
    );
  });

  it('knows a shared runtime from a short-lived one', () => {
    assert.equal(manifest.sharedRuntime, true);
    const short = readManifest(fixtureManifest.replace('lifetime="long"', 'lifetime="short"'));
    assert.equal(short.sharedRuntime, false);
    assert.equal(short.functionFile?.default, '/addin/taskpane.html');
  });

  it('refuses what it cannot use and names the reason', () => {
    const refusal = (xml: string) => {
      try {
        readManifest(xml);
      } catch (error) {
        if (error instanceof ManifestError) return error.message;
      }
      return assert.fail('the manifest was taken');
    };
    assert.match(refusal('<OfficeApp><Id>1</OfficeApp>'), /not readable XML/);
    assert.match(refusal('<html/>'), /no OfficeApp/);
    assert.match(
      refusal(fixtureManifest.replace(' id="Count.Label"', ' id="Other.Label"')),
      /"Count\.Label"/,
    );
    assert.match(refusal(fixtureManifest.replace(/<Id>.*<\/Id>/, '')), /no Id/);
  });
});
