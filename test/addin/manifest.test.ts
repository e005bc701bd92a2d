import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { commands } from '../../src/addin/commands/commands';

const root = documentElement();
const order = [
  'Id',
  'AlternateID',
  'Version',
  'ProviderName',
  'DefaultLocale',
  'DisplayName',
  'Description',
  'IconUrl',
  'HighResolutionIconUrl',
  'SupportUrl',
  'AppDomains',
  'Hosts',
  'Requirements',
  'DefaultSettings',
  'Permissions',
  'VersionOverrides',
];

/** Source of the rules: Office add-ins documentation, "Element ordering" and the reference of each element. */
describe('manifest', () => {
  it('has its elements in the order Office wants', () => {
    const names = [...root.children].map((child) => child.localName ?? '');
    assert.deepEqual(
      names,
      order.filter((name) => names.includes(name)),
    );
  });

  it('is known by a GUID and a version of four numbers', () => {
    assert.match(text('Id'), /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    assert.match(text('Version'), /^\d+\.\d+\.\d+\.\d+$/);
  });

  it('asks for no more than every supported Excel has', () => {
    const sets = all('Set').map((set) => [attribute(set, 'Name'), attribute(set, 'MinVersion')]);
    assert.deepEqual(sets, [
      ['SharedRuntime', '1.1'],
      ['ExcelApi', '1.13'],
    ]);
  });

  it('keeps its texts and addresses short enough', () => {
    const longest = { DisplayName: 125, Description: 250 } as const;
    for (const [name, limit] of Object.entries(longest)) {
      for (const value of valuesOf(only(root, name))) assert.ok(value.length <= limit, value);
    }
    assert.ok(text('ProviderName').length <= 125);
    for (const [kind, limit] of [
      ['ShortStrings', 125],
      ['LongStrings', 250],
      ['Urls', 2048],
      ['Images', 2048],
    ] as const) {
      for (const resource of only(root, kind).children) {
        for (const value of valuesOf(resource)) assert.ok(value.length <= limit, value);
      }
    }
  });

  it('defines every resource once, under a short id, and uses it', () => {
    const defined = resources().map((resource) => attribute(resource, 'id'));
    const used = new Set([...root.getElementsByTagName('*')].map((element) => attribute(element, 'resid')));
    used.delete('');
    assert.deepEqual([...new Set(defined)].sort(), [...used].sort());
    assert.equal(new Set(defined).size, defined.length);
    for (const id of defined) assert.ok(id.length <= 32, id);
  });

  it('speaks Italian wherever it speaks English', () => {
    const strings = resources().filter((resource) => resource.localName === 'String');
    const untranslated = strings.filter(
      (resource) =>
        attribute(resource, 'DefaultValue') !== 'Launchbook' && overridesOf(resource).length === 0,
    );
    assert.deepEqual(
      untranslated.map((resource) => attribute(resource, 'id')),
      [],
    );
    for (const override of all('Override')) assert.equal(attribute(override, 'Locale'), 'it-IT');
    assert.equal(text('DefaultLocale'), 'en-US');
  });

  it('uses https only', () => {
    const addresses = [...root.getElementsByTagName('*')]
      .flatMap((element) => [attribute(element, 'DefaultValue')])
      .filter((value) => value.includes('://'));
    assert.deepEqual(
      addresses.filter((address) => !address.startsWith('https://')),
      [],
    );
  });

  it('gives every button the sizes of icon Office asks for, each drawn at its size', () => {
    for (const icon of all('Icon')) {
      const sizes = [...icon.children].map((image) => Number(attribute(image, 'size')));
      for (const size of [16, 32, 80]) assert.ok(sizes.includes(size), `${size} of ${sizes.join()}`);
      for (const image of icon.children) {
        assert.equal(pngWidth(addressOf(attribute(image, 'resid'))), Number(attribute(image, 'size')));
      }
    }
    assert.equal(pngWidth(attribute(only(root, 'IconUrl'), 'DefaultValue')), 32);
    assert.equal(pngWidth(attribute(only(root, 'HighResolutionIconUrl'), 'DefaultValue')), 64);
  });

  it('runs pane and commands in one runtime', () => {
    const [runtime, ...others] = all('Runtime');
    assert.ok(runtime !== undefined && others.length === 0);
    assert.equal(attribute(runtime, 'lifetime'), 'long');
    assert.equal(attribute(runtime, 'resid'), attribute(only(root, 'FunctionFile'), 'resid'));
    const pane = only(only(root, 'DefaultSettings'), 'SourceLocation');
    assert.equal(addressOf(attribute(runtime, 'resid')), attribute(pane, 'DefaultValue'));
  });

  it('disables controls where the schema has the word for it: right after what they do', () => {
    const disabled = all('Enabled');
    assert.ok(disabled.length > 0);
    for (const control of [...all('Item'), ...all('Control')]) {
      const names = [...control.children].map((child) => child.localName);
      if (names.includes('Enabled')) assert.deepEqual(names.slice(-2), ['Action', 'Enabled']);
    }
    // Only a shared runtime can enable them again.
    assert.equal(only(only(root, 'VersionOverrides'), 'Host').children[0]?.localName, 'Runtimes');
  });

  it('has one tab of its own, with control ids that nobody else has', () => {
    assert.equal(all('CustomTab').length, 1);
    const controls = ['CustomTab', 'Group', 'Control', 'Item'].flatMap((name) => all(name));
    const ids = controls.map((control) => attribute(control, 'id'));
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^Launchbook\./);
  });

  it('calls functions that the add-in has, and all of them', () => {
    const called = all('FunctionName').map((name) => name.textContent ?? '');
    assert.deepEqual(called.sort(), Object.keys(commands).sort());
  });
});

function documentElement(): Element {
  const document = new DOMParser().parseFromString(readFileSync('manifest.xml', 'utf8'), 'text/xml');
  assert.ok(document.documentElement);
  return document.documentElement;
}

function all(name: string): Element[] {
  return [...root.getElementsByTagNameNS('*', name)];
}

function only(parent: Element, name: string): Element {
  const [found] = [...parent.getElementsByTagNameNS('*', name)];
  assert.ok(found, name);
  return found;
}

function text(name: string): string {
  return only(root, name).textContent ?? '';
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? '';
}

function resources(): Element[] {
  return ['Images', 'Urls', 'ShortStrings', 'LongStrings'].flatMap((kind) => [...only(root, kind).children]);
}

function overridesOf(resource: Element): Element[] {
  return [...resource.children].filter((child) => child.localName === 'Override');
}

function valuesOf(resource: Element): string[] {
  return [
    attribute(resource, 'DefaultValue'),
    ...overridesOf(resource).map((override) => attribute(override, 'Value')),
  ];
}

function addressOf(id: string): string {
  const resource = resources().find((candidate) => attribute(candidate, 'id') === id);
  assert.ok(resource, id);
  return attribute(resource, 'DefaultValue');
}

/** Width in pixels of the icon an address names, from the PNG's header. */
function pngWidth(address: string): number {
  const file = `.${new URL(address).pathname}`;
  assert.ok(existsSync(file), file);
  return readFileSync(file).readUInt32BE(16);
}
