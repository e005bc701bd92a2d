import type { Host, HostEvent } from '../host';
import { diagnoseFrame, type FrameTrouble } from './frame-trouble';
import { OfficeServices, type OfficeShell, type PaneState } from './office-services';
import { XdmChannel, type ChannelRequest } from './xdm-channel';

/** Where a keyboard user wants to go when leaving the add-in. */
export type FocusExit = 'forward' | 'backward' | 'sheet';

export interface ParentFrameOptions {
  readonly host: Host;
  readonly shell: OfficeShell;
  /** Element the frame is put into. */
  readonly container: HTMLElement;
  /** Page of the add-in, on the origin of the workbench. */
  readonly url: string;
  /** Accessible name of the frame. */
  readonly title: string;
  readonly addinId: string;
  readonly addinName: string;
  readonly documentUrl: string;
  /** Locale of the application and of the data, e.g. `it-IT`. */
  readonly displayLanguage: string;
  readonly contentLanguage: string;
  readonly sharedRuntime: boolean;
  readonly onTrouble: (trouble: FrameTrouble) => void;
  /** The add-in wants a browser window. */
  readonly onOpenWindow: (url: string) => void;
  readonly onFocusExit: (exit: FocusExit) => void;
}

/** Ways a batch can fail before the workbook sees it, by the error code the add-in gets. */
export type BatchFault =
  | 'AccessDenied'
  | 'ActivityLimitReached'
  | 'InvalidOperationInCellEditMode'
  | 'InvalidOrTimedOutSession'
  | 'RequestPayloadSizeLimitExceeded'
  | 'ResponsePayloadSizeLimitExceeded';

/** A ribbon button of the kind ExecuteFunction, pressed. */
export interface Command {
  readonly controlId: string;
  readonly functionName: string;
}

/** The add-in did not carry a command out; `status` is office.js's number, e.g. 11006 for a function it does not know. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly functionName: string,
    readonly status: number,
  ) {
    super(`The add-in did not run "${functionName}" (${status}).`);
  }
}

interface DdaCall {
  readonly DdaMethod?: { readonly DispatchId?: number };
  readonly DdaSettingsMethod?: { readonly Properties?: readonly (readonly [string, string])[] };
  readonly ArrayData?: readonly unknown[];
  readonly [argument: number]: unknown;
}

const RICH_API_MESSAGE = 'richApiMessage';
const COMMAND_INVOKED = 'appCommandInvoked';
const EVENT_CATEGORY = 65536;
const VISIBILITY_CHANGED = 65539;
const WATCHDOG_MS = 5000;
const EXCEL_WEB_APP = 16;
const READ_WRITE = 1;
const UNKNOWN_METHOD = 5001;
const SHARED_APP_FLAG = 1;

const DISPATCH = { loadSettings: 75, saveSettings: 76, richApi: 93, commandCompleted: 94 } as const;
/** The numbers office.js translates into these codes. */
const FAULT_NUMBERS: Readonly<Record<BatchFault, number>> = {
  AccessDenied: 7000,
  ActivityLimitReached: 5102,
  InvalidOperationInCellEditMode: 5004,
  InvalidOrTimedOutSession: 5012,
  RequestPayloadSizeLimitExceeded: 5103,
  ResponsePayloadSizeLimitExceeded: 5104,
};
/** `OSF.AgaveHostAction` of office.js, as far as it is about leaving the frame by keyboard. */
const FOCUS_EXITS = new Map<number, FocusExit>([
  [5, 'sheet'],
  [6, 'backward'],
  [13, 'forward'],
  [14, 'backward'],
  [15, 'sheet'],
  [16, 'sheet'],
  [17, 'forward'],
  [18, 'backward'],
]);

/**
 * Office.js by default asks the user whether a plain http page may act as Microsoft Office and remembers the answer under this
 * key of its own origin. The workbench is that page and is of the same origin, so it answers beforehand.
 */
export function trustThisPage(storage: Storage, hostname: string): void {
  storage.setItem(`OfficeJSTrustKeyV2_http_${hostname}`, JSON.stringify({ Result: 1 }));
}

/**
 * Plays Excel on the web for one add-in page: makes its frame and answers Microsoft's unmodified office.js in it.
 * Every request gets an answer; office.js would wait for a missing one for ever.
 */
export class ParentFrame {
  readonly frame: HTMLIFrameElement;
  /** Office.js in the frame has asked for its context: the add-in is starting. */
  readonly started: Promise<void>;
  private readonly channel: XdmChannel;
  private readonly services: OfficeServices;
  private readonly conversation = crypto.randomUUID();
  private readonly unsubscribe: () => void;
  private readonly pending = new Map<
    string,
    { command: Command; done: () => void; failed: (error: Error) => void }
  >();
  private readonly waiting: (() => void)[] = [];
  private readonly faults: BatchFault[] = [];
  private markStarted: () => void = () => undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private runsCommands = false;
  private commands = 0;
  private inFlight = 0;

  constructor(private readonly options: ParentFrameOptions) {
    this.started = new Promise((resolve) => (this.markStarted = resolve));
    this.services = new OfficeServices(options.shell, () => this.flushCommands());
    this.frame = this.createFrame();
    this.channel = new XdmChannel(this.frame, this.conversation, location.origin, (request) =>
      this.answer(request),
    );
    this.unsubscribe = options.host.onEvent((event) => this.raise(event));
    this.watchdog = setTimeout(() => {
      void diagnoseFrame(this.frame, options.url).then(options.onTrouble);
    }, WATCHDOG_MS);
    options.container.append(this.frame);
  }

  /** Requests of the add-in that are being worked on now. */
  get busy(): boolean {
    return this.inFlight > 0 || this.pending.size > 0;
  }

  /**
   * Runs a ribbon function of the add-in. Fulfilled when the add-in says it has completed; waits for an add-in that is still starting.
   * @throws CommandError when the add-in does not know the function or fails to finish it.
   */
  invoke(command: Command): Promise<void> {
    return new Promise((done, failed) => {
      const id = `command-${++this.commands}`;
      this.pending.set(id, { command, done, failed });
      const event = { source: { id: command.controlId } };
      const send = () =>
        this.channel.raise(COMMAND_INVOKED, { 0: id, 1: command.functionName, 2: JSON.stringify(event) });
      if (this.runsCommands) send();
      else this.waiting.push(send);
    });
  }

  /** Lets the next batch for the workbook fail; called again, the one after it too. */
  failNextBatch(fault: BatchFault): void {
    this.faults.push(fault);
  }

  /** Tells the add-in that its pane was shown or hidden (`Office.addin.onVisibilityModeChanged`). */
  announceVisibility(state: PaneState): void {
    const visibility = state === 'Visible' ? 'Visible' : 'Hidden';
    this.raise({ type: VISIBILITY_CHANGED, targetId: '', args: JSON.stringify({ visibility }) });
  }

  dispose(): void {
    clearTimeout(this.watchdog);
    this.unsubscribe();
    this.channel.close();
    this.frame.remove();
  }

  /** Chromium hands `name` to a frame only if it is set before the frame is inserted; office.js reads its start data from there. */
  private createFrame(): HTMLIFrameElement {
    const { options } = this;
    const frame = document.createElement('iframe');
    const flags = options.sharedRuntime ? SHARED_APP_FLAG : 0;
    const session = crypto.randomUUID();
    frame.name = JSON.stringify({
      baseFrameName: `frame-${this.conversation}`,
      hostInfo: `Excel$Web$16.01$${options.displayLanguage}$${session}$$disableLogging$${flags}`,
      xdmInfo: `${this.conversation}|${options.addinId}|${location.origin}`,
      serializerVersion: '1',
      flights: '[]',
    });
    frame.title = options.title;
    frame.allow = 'clipboard-read; clipboard-write';
    frame.src = options.url;
    return frame;
  }

  private flushCommands(): void {
    this.runsCommands = true;
    for (const send of this.waiting.splice(0)) send();
  }

  private raise(event: HostEvent): void {
    this.channel.raise(RICH_API_MESSAGE, {
      ArrayData: [[EVENT_CATEGORY, event.type, event.targetId, event.args, 0]],
    });
  }

  private answer(request: ChannelRequest): void {
    switch (request.action) {
      case 'ContextActivationManager_getAppContextAsync':
        clearTimeout(this.watchdog);
        this.channel.forgetRegistrations();
        this.runsCommands = false;
        request.reply(this.appContext());
        return this.markStarted();
      case 'ContextActivationManager_notifyHost':
        request.reply(null);
        return this.notice(request.data);
      case 'ContextActivationManager_openWindowInHost':
        request.reply(null);
        return this.openWindow(request.data);
      case 'executeMethod':
        // office.js sends every `executeMethod` with this envelope; absent parts are checked where they are used.
        return void this.execute(request, request.data as DdaCall);
      default:
        return request.fail(`"${request.action}" is not offered here.`);
    }
  }

  private async execute(request: ChannelRequest, call: DdaCall): Promise<void> {
    this.inFlight += 1;
    try {
      request.reply({ Version: 1, Error: 0, ...(await this.dispatch(call)) });
    } catch (error) {
      reportError(error);
      request.reply({ Version: 1, Error: UNKNOWN_METHOD });
    } finally {
      this.inFlight -= 1;
    }
  }

  private async dispatch(call: DdaCall): Promise<object> {
    const { settings } = this.options.host;
    switch (call.DdaMethod?.DispatchId) {
      case DISPATCH.richApi:
        return this.runBatch(call.ArrayData ?? []);
      case DISPATCH.loadSettings:
        return { Properties: { Settings: [...settings].map(([Name, Value]) => ({ Name, Value })) } };
      case DISPATCH.saveSettings:
        settings.clear();
        for (const [name, value] of call.DdaSettingsMethod?.Properties ?? []) settings.set(name, value);
        return {};
      case DISPATCH.commandCompleted:
        this.complete(String(call[0]), Number(call[1]));
        return {};
      default:
        throw new Error(`office.js method ${String(call.DdaMethod?.DispatchId)} is not offered here.`);
    }
  }

  private async runBatch(message: readonly unknown[]): Promise<object> {
    const body = String(message[4]);
    if (this.services.understands(body)) return richApiReply(this.services.execute(body));
    const fault = this.faults.shift();
    if (fault !== undefined) return { Error: FAULT_NUMBERS[fault] };
    return richApiReply(await this.options.host.execute(body, Number(message[6] ?? 0)));
  }

  private complete(id: string, status: number): void {
    const entry = this.pending.get(id);
    this.pending.delete(id);
    if (entry === undefined) return;
    if (status === 0) entry.done();
    else entry.failed(new CommandError(entry.command.functionName, status));
  }

  private notice(data: unknown): void {
    const exit = Array.isArray(data) ? FOCUS_EXITS.get(Number(data[1])) : undefined;
    if (exit !== undefined) this.options.onFocusExit(exit);
  }

  private openWindow(data: unknown): void {
    const url = typeof data === 'object' && data !== null && 'strUrl' in data ? String(data.strUrl) : '';
    if (URL.canParse(url, location.href)) this.options.onOpenWindow(new URL(url, location.href).href);
  }

  /** Requirement sets this transport fulfils itself; dialogs need https and are not among them. */
  private ownRequirements(): Readonly<Record<string, string>> {
    // Without DelayForCellEdit, office.js drops the add-in's wish to wait for the end of a cell edit.
    const own = { AddinCommands: '1.1', RibbonApi: '1.1', DelayForCellEdit: '1.1' };
    return this.options.sharedRuntime ? { ...own, SharedRuntime: '1.1' } : own;
  }

  private appContext(): object {
    const { options } = this;
    return {
      _id: options.addinId,
      _appInstanceId: this.conversation,
      _appName: EXCEL_WEB_APP,
      _appVersion: '16.01',
      _hostFullVersion: '16.0.0.0',
      _appUILocale: options.displayLanguage,
      _dataLocale: options.contentLanguage,
      _docUrl: options.documentUrl,
      _clientMode: READ_WRITE,
      _settings: [...options.host.settings],
      _reason: 'documentOpened',
      _osfControlType: 1,
      _correlationId: this.conversation,
      _requirementMatrix: JSON.stringify({ ...options.host.requirements, ...this.ownRequirements() }),
      _addinName: options.addinName,
      _appDomains: [location.origin],
      _initialDisplayMode: 2,
      _featureGates: {},
    };
  }
}

function richApiReply(body: string): object {
  return { Data: [200, [], body] };
}
