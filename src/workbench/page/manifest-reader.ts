import { DOMParser, onErrorStopParsing, ParseError, type Element } from '@xmldom/xmldom';
import type {
  AddinManifest,
  LocalizedText,
  RibbonAction,
  RibbonButton,
  RibbonMenu,
  RibbonTab,
} from './manifest';

/** The manifest cannot be used; the message names the missing part. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/**
 * Reads an XML add-in manifest (task pane add-in with VersionOverrides).
 * Addresses on the origin of the pane lose that origin (`/addin/taskpane.html`), so that whoever serves the workbench serves the
 * add-in too; other addresses stay as they are.
 * @throws ManifestError for text that is not XML or lacks Id, SourceLocation or a referenced resource.
 */
export function readManifest(xml: string): AddinManifest {
  const root = parse(xml);
  const commands = findAll(root, 'VersionOverrides').at(-1);
  const pane = attribute(required(first(root, 'SourceLocation'), 'SourceLocation'), 'DefaultValue');
  const resources = new Resources(commands, originOf(pane));
  const form = commands === undefined ? undefined : findAll(commands, 'DesktopFormFactor')[0];
  const runtime = commands === undefined ? undefined : findAll(commands, 'Runtime')[0];
  const functionFile = form === undefined ? undefined : childrenNamed(form, 'FunctionFile')[0];

  return {
    id: text(required(first(root, 'Id'), 'Id')),
    version: text(first(root, 'Version')),
    provider: text(first(root, 'ProviderName')),
    defaultLocale: text(first(root, 'DefaultLocale')) || 'en-US',
    name: resources.own(required(first(root, 'DisplayName'), 'DisplayName')),
    description: resources.own(first(root, 'Description')),
    icon: resources.own(first(root, 'IconUrl')),
    pane: resources.own(first(root, 'SourceLocation')),
    sharedRuntime: runtime !== undefined && attribute(runtime, 'lifetime') === 'long',
    ...(functionFile === undefined ? {} : { functionFile: resources.of(functionFile) }),
    tabs: form === undefined ? [] : readTabs(form, resources),
  };
}

function readTabs(form: Element, resources: Resources): RibbonTab[] {
  return findAll(form, 'ExtensionPoint')
    .filter((point) => point.getAttribute('xsi:type') === 'PrimaryCommandSurface')
    .flatMap((point) => [...childrenNamed(point, 'OfficeTab'), ...childrenNamed(point, 'CustomTab')])
    .map((tab) => {
      const label = childrenNamed(tab, 'Label')[0];
      return {
        id: attribute(tab, 'id'),
        ...(label === undefined ? {} : { label: resources.of(label) }),
        groups: childrenNamed(tab, 'Group').map((group) => ({
          id: attribute(group, 'id'),
          label: resources.of(required(childrenNamed(group, 'Label')[0], 'Label')),
          controls: childrenNamed(group, 'Control').map((control) => readControl(control, resources)),
        })),
      };
    });
}

function readControl(control: Element, resources: Resources): RibbonButton | RibbonMenu {
  if (control.getAttribute('xsi:type') !== 'Menu') return readButton(control, resources);
  const items = childrenNamed(control, 'Items').flatMap((list) => childrenNamed(list, 'Item'));
  return {
    kind: 'menu',
    ...readFace(control, resources),
    items: items.map((item) => readButton(item, resources)),
  };
}

function readButton(control: Element, resources: Resources): RibbonButton {
  const id = attribute(control, 'id');
  return {
    kind: 'button',
    ...readFace(control, resources),
    action: readAction(required(childrenNamed(control, 'Action')[0], `Action (${id})`), resources),
  };
}

function readFace(control: Element, resources: Resources) {
  const tip = childrenNamed(control, 'Supertip')[0];
  const icon = childrenNamed(control, 'Icon')[0];
  const images = icon === undefined ? [] : childrenNamed(icon, 'Image');
  return {
    id: attribute(control, 'id'),
    label: resources.of(required(childrenNamed(control, 'Label')[0], 'Label')),
    ...(tip === undefined
      ? {}
      : {
          tip: {
            title: resources.of(required(childrenNamed(tip, 'Title')[0], 'Title')),
            description: resources.of(required(childrenNamed(tip, 'Description')[0], 'Description')),
          },
        }),
    icons: Object.fromEntries(images.map((image) => [attribute(image, 'size'), resources.of(image)])),
    enabled: text(childrenNamed(control, 'Enabled')[0]).toLowerCase() !== 'false',
  };
}

function readAction(action: Element, resources: Resources): RibbonAction {
  if (action.getAttribute('xsi:type') === 'ExecuteFunction') {
    return {
      kind: 'function',
      name: text(required(childrenNamed(action, 'FunctionName')[0], 'FunctionName')),
    };
  }
  const title = childrenNamed(action, 'Title')[0];
  return {
    kind: 'pane',
    url: resources.of(required(childrenNamed(action, 'SourceLocation')[0], 'SourceLocation')),
    ...(title === undefined ? {} : { title: resources.of(title) }),
  };
}

/** Resolves `resid` references and strips the add-in's own origin from addresses. */
class Resources {
  private readonly byId = new Map<string, LocalizedText>();

  constructor(
    commands: Element | undefined,
    private readonly origin: string,
  ) {
    const list = commands === undefined ? undefined : findAll(commands, 'Resources')[0];
    if (list === undefined) return;
    for (const kind of ['Image', 'Url', 'String']) {
      for (const entry of findAll(list, kind)) this.byId.set(attribute(entry, 'id'), this.own(entry));
    }
  }

  /** The resource an element refers to by `resid`. */
  of(reference: Element): LocalizedText {
    const id = attribute(reference, 'resid');
    const found = this.byId.get(id);
    if (found === undefined) throw new ManifestError(`Resource "${id}" is referred to but not defined.`);
    return found;
  }

  /** An element that carries its value itself: `DefaultValue` and `Override` children. */
  own(element: Element | undefined): LocalizedText {
    if (element === undefined) return { default: '', byLocale: {} };
    const byLocale: Record<string, string> = {};
    for (const override of childrenNamed(element, 'Override')) {
      byLocale[attribute(override, 'Locale')] = this.local(attribute(override, 'Value'));
    }
    return { default: this.local(attribute(element, 'DefaultValue')), byLocale };
  }

  private local(value: string): string {
    return value.startsWith(`${this.origin}/`) ? value.slice(this.origin.length) : value;
  }
}

function parse(xml: string): Element {
  const root = parseXml(xml);
  if (root?.localName !== 'OfficeApp') throw new ManifestError('The manifest has no OfficeApp element.');
  return root;
}

function parseXml(xml: string): Element | null {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml').documentElement;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ManifestError(`The manifest is not readable XML: ${error.message}`, { cause: error });
  }
}

function originOf(address: string): string {
  if (!URL.canParse(address))
    throw new ManifestError(`SourceLocation "${address}" is not an absolute address.`);
  return new URL(address).origin;
}

function findAll(element: Element, name: string): Element[] {
  return [...element.getElementsByTagNameNS('*', name)];
}

function childrenNamed(element: Element, name: string): Element[] {
  return [...element.children].filter((child) => child.localName === name);
}

/** The first such element in document order; the add-in's own values precede those of VersionOverrides. */
function first(root: Element, name: string): Element | undefined {
  return findAll(root, name)[0];
}

function required(element: Element | undefined, name: string): Element {
  if (element === undefined) throw new ManifestError(`The manifest has no ${name}.`);
  return element;
}

function attribute(element: Element, name: string): string {
  return element.getAttribute(name) ?? '';
}

function text(element: Element | undefined): string {
  return element?.textContent?.trim() ?? '';
}
