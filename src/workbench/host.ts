/**
 * What a transport needs from the spreadsheet that plays Excel. Transports carry messages; the host understands them.
 * Both the parent frame (a browser page around the add-in) and the headless transport (Node) speak to this one interface.
 */
export interface Host {
  /** Runs one rich API batch. Takes and gives the JSON text of office.js's `ProcessQuery`; never rejects, never hangs silently. */
  execute(body: string, requestFlags: number): Promise<string>;
  /** Every event the workbook raises, in order, until the returned function is called. */
  onEvent(sink: (event: HostEvent) => void): () => void;
  /** The document settings of `Office.context.document.settings`: name to JSON text. */
  readonly settings: Map<string, string>;
  /** Requirement sets offered to the add-in, e.g. `{ ExcelApi: '1.13' }`. Versions are texts: 1.10 is not 1.1. */
  readonly requirements: Readonly<Record<string, string>>;
  dispose(): void;
}

/** One rich API event, in the terms of the protocol: numeric event type, id of the object it belongs to, JSON of its arguments. */
export interface HostEvent {
  readonly type: number;
  readonly targetId: string;
  readonly args: string;
}
