import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';

/** The channel office.js looks for under the name `_richApiNativeBridge`: JSON texts both ways. */
export interface NativeBridge {
  sendMessageToHost(message: string): void;
  onMessageFromHost?: (message: string) => void;
}

/** The namespaces office.js builds. Types of the add-in's own world: those of `@types/office-js`. */
export interface OfficeNamespaces {
  readonly Excel: typeof Excel;
  readonly OfficeExtension: typeof OfficeExtension;
}

/** Names the bundle assigns as globals; declared on its window, they stay off ours. */
const NAMESPACES = [
  'Excel',
  'OfficeExtension',
  'OfficeCore',
  'OfficeExt',
  'Office',
  'OSF',
  'OSFPerformance',
  'Microsoft',
  'Sys',
  'Type',
  'CustomFunctionMappings',
  'OSFWebkit',
  'OSFRichclient',
  'OfficeFirstParty',
  '_OfficeRuntimeWeb',
  'OfficeRuntime',
];

let compiled: ((window: object) => void) | undefined;

/**
 * Loads Microsoft's own `excel-web-16.00.js`, as installed and unmodified, without a browser. Each call gives namespaces of
 * its own, bound to the given bridge. The bundle must run in this realm: it tells plain objects by their prototype.
 */
export function loadOfficeJs(bridge: NativeBridge): OfficeNamespaces {
  compiled ??= compile();
  const window = createWindow(bridge);
  compiled(window);
  // The bundle has filled in what its window declared; their shape is what the package's types describe.
  return window as unknown as OfficeNamespaces;
}

function compile(): (window: object) => void {
  const source = readFileSync(require.resolve('@microsoft/office-js/dist/excel-web-16.00.js'), 'utf8');
  // Sloppy-mode code that lives on its global object: `with` gives it one without touching ours.
  return compileFunction(`with (window) { ${source}\n }`, ['window']) as (window: object) => void;
}

function createWindow(bridge: NativeBridge): object {
  const noop = (): void => undefined;
  const window: Record<string, unknown> = {
    _richApiNativeBridge: bridge,
    navigator: { userAgent: 'Node', language: 'en-US' },
    location: { href: 'https://localhost/', search: '', hash: '', protocol: 'https:', host: 'localhost' },
    document: createDocument(),
    sessionStorage: createStorage(),
    localStorage: createStorage(),
    addEventListener: noop,
    removeEventListener: noop,
    postMessage: noop,
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    Promise,
    JSON,
  };
  for (const name of NAMESPACES) window[name] = undefined;
  for (const self of ['window', 'self', 'parent', 'top']) window[self] = window;
  return window;
}

function createDocument(): object {
  const element = { setAttribute: () => undefined, appendChild: () => undefined, style: {} };
  return {
    cookie: '',
    domain: 'localhost',
    readyState: 'complete',
    URL: 'https://localhost/',
    addEventListener: () => undefined,
    createElement: () => element,
    getElementsByTagName: () => [],
    getElementById: () => null,
    head: element,
    body: element,
  };
}

function createStorage(): object {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => items.set(key, value),
    removeItem: (key: string) => items.delete(key),
  };
}
