import { createHeadlessWorkbook, type UniverWorkbook } from '../engine/univer-workbook';
import { ExcelHost, type ExcelHostOptions } from '../protocol/excel-host';
import type { Faults } from '../protocol/faults';
import type { Metadata } from '../protocol/metadata';
import { readInstalledMetadata } from '../protocol/read-metadata';
import { type NativeBridge, type OfficeNamespaces, loadOfficeJs } from './office-js';

export interface HeadlessOptions extends Pick<ExcelHostOptions, 'requirements' | 'locale' | 'openWorkbook'> {
  /** Name of the file and of its one sheet; `Book1` and `Sheet1` unless given. */
  readonly workbookName?: string;
  readonly sheetName?: string;
}

/** An Excel without a screen, with Microsoft's own office.js in front of it. Dispose it when done, or Node does not end. */
export interface HeadlessExcel extends OfficeNamespaces {
  readonly host: ExcelHost;
  /** Switches for what can go wrong. */
  readonly faults: Faults;
  /** The spreadsheet itself, to play the person or a co-author: `workbook.as('user', () => sheet.write(...))`. */
  readonly workbook: UniverWorkbook;
  /** Resolves when every event raised so far has reached its handlers. */
  eventsDelivered(): Promise<void>;
  /** Puts `Excel`, `OfficeExtension` and a minimal `Office` on the global object; the returned function takes them away. */
  installGlobals(): () => void;
  dispose(): void;
}

let metadata: Metadata | undefined;

export function createHeadlessExcel(options: HeadlessOptions = {}): HeadlessExcel {
  metadata ??= readInstalledMetadata();
  const { workbookName: name, sheetName, ...host } = options;
  const workbook = createHeadlessWorkbook({ ...(name ? { name } : {}), ...(sheetName ? { sheetName } : {}) });
  const excelHost = new ExcelHost({ ...host, metadata, workbook });
  const bridge = new HostBridge(excelHost);
  const namespaces = loadOfficeJs(bridge);
  return {
    Excel: namespaces.Excel,
    OfficeExtension: namespaces.OfficeExtension,
    host: excelHost,
    faults: excelHost.faults,
    workbook,
    eventsDelivered: () => bridge.drained(),
    installGlobals: () => installGlobals(namespaces, excelHost),
    dispose: () => {
      excelHost.dispose();
    },
  };
}

interface BridgeRequest {
  readonly id: number;
  readonly type: number;
  readonly flags: number;
  /** office.js hands the batch over unpacked. */
  readonly message: { readonly body: object };
}

const EXECUTE = 1;
const EVENTS = 3;
/** Message category of rich API events. */
const EVENT_CATEGORY = 65536;

/** Carries batches to the host and events back, one task at a time, as a real message channel does. */
class HostBridge implements NativeBridge {
  onMessageFromHost?: (message: string) => void;
  #underway = 0;
  #idle: (() => void)[] = [];

  constructor(private readonly host: ExcelHost) {
    host.onEvent((event) => {
      const entry = [EVENT_CATEGORY, event.type, event.targetId, event.args, 0];
      this.#deliver({ type: EVENTS, controlId: '', message: { entries: [entry] } });
    });
  }

  sendMessageToHost(text: string): void {
    const request = JSON.parse(text) as BridgeRequest; // written by office.js
    if (request.type !== EXECUTE) return;
    void this.host.execute(JSON.stringify(request.message.body), request.flags).then((body) => {
      this.#deliver({ id: request.id, type: EXECUTE, message: { statusCode: 200, headers: {}, body } });
    });
  }

  async drained(): Promise<void> {
    while (this.#underway > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    // Handlers run in promise callbacks after their message; let those come first.
    await new Promise((resolve) => setImmediate(resolve));
  }

  #deliver(message: object): void {
    this.#underway++;
    const text = JSON.stringify(message);
    setImmediate(() => {
      this.onMessageFromHost?.(text);
      this.#underway--;
      if (this.#underway > 0) return;
      for (const resolve of this.#idle.splice(0)) resolve();
    });
  }
}

function installGlobals(namespaces: OfficeNamespaces, host: ExcelHost): () => void {
  const globals = { ...namespacesOf(namespaces), Office: minimalOffice(host) };
  const former = Object.keys(globals).map(
    (name) => [name, Reflect.get(globalThis, name) as unknown] as const,
  );
  Object.assign(globalThis, globals);
  return () => {
    for (const [name, value] of former) {
      if (value === undefined) Reflect.deleteProperty(globalThis, name);
      else Reflect.set(globalThis, name, value);
    }
  };
}

function namespacesOf({ Excel, OfficeExtension }: OfficeNamespaces): OfficeNamespaces {
  return { Excel, OfficeExtension };
}

/** The part of `Office` that an add-in's Excel code asks: requirement sets, document settings, languages. */
function minimalOffice(host: ExcelHost): object {
  const succeeded = { status: 'succeeded', value: null };
  const settings = {
    get: (name: string): unknown => JSON.parse(host.settings.get(name) ?? 'null'),
    set: (name: string, value: unknown): void => {
      host.settings.set(name, JSON.stringify(value));
    },
    remove: (name: string): void => {
      host.settings.delete(name);
    },
    saveAsync: (done?: (result: object) => void): void => {
      setImmediate(() => done?.(succeeded));
    },
  };
  const info = { host: 'Excel', platform: 'OfficeOnline' };
  return {
    onReady: (ready?: (value: object) => void): Promise<object> =>
      Promise.resolve(info).then((value) => (ready?.(value), value)),
    context: {
      document: { settings },
      displayLanguage: 'en-US',
      contentLanguage: 'en-US',
      requirements: {
        isSetSupported: (set: string, version?: string) => supports(host.requirements[set], version),
      },
    },
    AsyncResultStatus: { Succeeded: 'succeeded', Failed: 'failed' },
  };
}

function supports(offered: string | undefined, wanted = '1.1'): boolean {
  if (offered === undefined) return false;
  return offered.localeCompare(wanted, 'en', { numeric: true }) >= 0;
}
