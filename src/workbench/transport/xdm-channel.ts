/**
 * The message channel of Office on the web between an add-in frame and the application around it: JSON texts by `postMessage`.
 * Internal to Microsoft; observed in office.js 1.1.110 (`Microsoft.Office.Common.XdmCommunicationManager`).
 */

export interface ChannelRequest {
  readonly action: string;
  /** What the caller sent along; its shape depends on the action. */
  readonly data: unknown;
  reply(data: unknown): void;
  /** Tells office.js that the application could not handle the request. */
  fail(reason: string): void;
}

interface RequestMessage {
  readonly _messageType: number;
  readonly _actionType: number;
  readonly _actionName: string;
  readonly _conversationId: string;
  readonly _correlationId: number;
  readonly _data: unknown;
}

const REQUEST = 0;
const RESPONSE = 1;
const FOR_CALLING = 0;
const FOR_EVENTING = 1;
const REGISTER_EVENT = 1;
const UNREGISTER_EVENT = 2;
const OK = 0;
const ERROR_HANDLING_REQUEST = -2;
/** The reply to a (de)registration must carry something: office.js reads an empty one as an internal error. */
const REGISTERED = { Error: 0 };

/** Listens to one add-in frame; messages of other windows, origins or conversations are none of its business. */
export class XdmChannel {
  private readonly events = new Set<string>();

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly conversation: string,
    private readonly origin: string,
    private readonly onRequest: (request: ChannelRequest) => void,
  ) {
    window.addEventListener('message', this.receive);
  }

  /** Raises an event. False, and nothing sent, when the add-in has not registered for it. */
  raise(event: string, data: unknown): boolean {
    if (!this.events.has(event)) return false;
    this.post(event, 0, FOR_EVENTING, OK, data);
    return true;
  }

  /** A page that starts anew in the frame has registered for nothing yet. */
  forgetRegistrations(): void {
    this.events.clear();
  }

  close(): void {
    window.removeEventListener('message', this.receive);
    this.events.clear();
  }

  private readonly receive = (event: MessageEvent): void => {
    if (event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
    const message = parseRequest(event.data);
    if (message === undefined || message._conversationId !== this.conversation) return;
    const { _actionName: action, _actionType: type, _correlationId: correlation } = message;
    if (type === REGISTER_EVENT || type === UNREGISTER_EVENT) {
      if (type === REGISTER_EVENT) this.events.add(action);
      else this.events.delete(action);
      this.post(action, correlation, FOR_CALLING, OK, REGISTERED);
      return;
    }
    this.onRequest({
      action,
      data: message._data,
      reply: (data) => this.post(action, correlation, FOR_CALLING, OK, data),
      fail: (reason) => this.post(action, correlation, FOR_CALLING, ERROR_HANDLING_REQUEST, reason),
    });
  };

  private post(action: string, correlation: number, kind: number, code: number, data: unknown): void {
    const message = {
      _messageType: RESPONSE,
      _responseType: kind,
      _errorCode: code,
      _actionName: action,
      _conversationId: this.conversation,
      _correlationId: correlation,
      _data: data,
      _origin: this.origin,
      _serializerVersion: 1,
    };
    this.frame.contentWindow?.postMessage(JSON.stringify(message), this.origin);
  }
}

function parseRequest(data: unknown): RequestMessage | undefined {
  if (typeof data !== 'string' || !data.startsWith('{')) return undefined;
  try {
    // The window and origin were checked; a message of this type has this shape in the pinned office.js.
    const message = JSON.parse(data) as RequestMessage;
    return message._messageType === REQUEST ? message : undefined;
  } catch {
    return undefined;
  }
}
