import { lastColumn, lastRow } from '../engine/area';
import type { CellsChanged, Workbook, WorkbookEvent } from '../engine/workbook';
import type { Host, HostEvent } from '../host';
import { RichApiError } from './errors';
import { EventTranslator, WORKBOOK_TARGET } from './events';
import type { ExcelContext } from './excel/context';
import { cultureOf } from './excel/culture';
import { RangeObject } from './excel/range';
import { RuntimeObject } from './excel/application';
import { TableCollectionObject } from './excel/table';
import { WorkbookObject } from './excel/workbook';
import { Faults } from './faults';
import { Interpreter } from './interpreter';
import type { Batch, BatchReply } from './messages';
import type { Metadata } from './metadata';
import type { RemoteObject } from './remote-object';

/** office.js sets this flag on batches of `Excel.run({ delayForCellEdit: true }, ...)`. */
const DELAY_FOR_CELL_EDIT = 64;

/**
 * The oldest Excel an add-in of this time can ask for and still reach everybody: Excel on the web, on Mac, and LTSC 2021 have
 * it. What is newer, and what only one platform has, is refused as such an Excel refuses it.
 */
export const DEFAULT_REQUIREMENTS: Readonly<Record<string, string>> = { ExcelApi: '1.13' };

export interface ExcelHostOptions {
  readonly metadata: Metadata;
  readonly workbook: Workbook & { growthLimit?: number };
  readonly requirements?: Readonly<Record<string, string>>;
  /** Locale of Excel's number conventions; `en-US` unless given. */
  readonly locale?: string;
  /** What happens when the add-in creates a workbook. */
  readonly openWorkbook?: (base64: string | undefined) => void;
}

/** Excel as far as an add-in sees it: batches in, replies and events out. Batches run one after the other. */
export class ExcelHost implements Host {
  readonly settings = new Map<string, string>();
  readonly faults = new Faults();
  readonly requirements: Readonly<Record<string, string>>;
  readonly interpreter: Interpreter;
  readonly #workbook: ExcelHostOptions['workbook'];
  readonly #sinks = new Set<(event: HostEvent) => void>();
  readonly #stop: () => void;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ExcelHostOptions) {
    this.requirements = options.requirements ?? DEFAULT_REQUIREMENTS;
    this.#workbook = options.workbook;
    const context = this.#context(options);
    const events = new EventTranslator(context, this.requirements, (event) => {
      for (const sink of this.#sinks) sink(event);
    });
    this.interpreter = new Interpreter(options.metadata, this.requirements, {
      root: new WorkbookObject(context, cultureOf(options.locale ?? 'en-US')),
      services: { 'Microsoft.ExcelServices.Runtime': new RuntimeObject(context) },
      register: (type, target, on) => {
        events.register(type, targetIdOf(target), on);
      },
    });
    this.#stop = options.workbook.onEvent((event) => {
      this.#follow(event);
      events.translate(event);
    });
  }

  async execute(body: string, requestFlags: number): Promise<string> {
    try {
      // Outside of the queue: a batch that waits for the end of an edit must not keep others from being refused.
      await this.#admit(body, requestFlags);
      const run = this.#last.then(() => this.#run(body));
      this.#last = run.catch(() => undefined);
      return await run;
    } catch (error) {
      return JSON.stringify(refusal(error));
    }
  }

  onEvent(sink: (event: HostEvent) => void): () => void {
    this.#sinks.add(sink);
    return () => this.#sinks.delete(sink);
  }

  dispose(): void {
    this.#stop();
    this.#sinks.clear();
    this.faults.endCellEdit();
    this.#workbook.dispose();
  }

  async #run(body: string): Promise<string> {
    this.#workbook.growthLimit = this.faults.tableGrowthLimit;
    const batch = JSON.parse(body) as Batch; // written by office.js
    const reply = JSON.stringify(await this.interpreter.run(batch, this.faults.failAfter));
    if (byteLength(reply) > (this.faults.sizeLimits?.response ?? Number.POSITIVE_INFINITY))
      throw tooBig('Response');
    return reply;
  }

  /** What can keep a batch from being looked at: a cell being edited, or its size. */
  async #admit(body: string, requestFlags: number): Promise<void> {
    if (byteLength(body) > (this.faults.sizeLimits?.request ?? Number.POSITIVE_INFINITY))
      throw tooBig('Request');
    if (this.faults.isEditingCell) {
      if ((requestFlags & DELAY_FOR_CELL_EDIT) === 0) {
        const code = 'InvalidOperationInCellEditMode';
        throw new RichApiError(
          code,
          'Excel is in cell-editing mode. Please exit the edit mode by pressing Enter or Tab.',
        );
      }
      await this.faults.cellEditEnded();
    }
  }

  #context(options: ExcelHostOptions): ExcelContext {
    return {
      workbook: options.workbook,
      faults: this.faults,
      settings: this.settings,
      runtime: { enableEvents: true },
      openWorkbook: options.openWorkbook ?? (() => undefined),
      eventRanges: new Map(),
    };
  }

  /** Ranges the add-in tracks move with the cells they stand for. */
  #follow(event: WorkbookEvent): void {
    if (event.kind !== 'cellsChanged' || event.change === 'edited') return;
    for (const object of this.interpreter.references.values()) {
      if (object instanceof RangeObject && object.sheet.id === event.sheet.id) shift(object, event);
    }
  }
}

function shift(range: RangeObject, event: CellsChanged): void {
  const { area } = range;
  const byRows = event.change === 'rowsInserted' || event.change === 'rowsDeleted';
  const sign = event.change === 'rowsInserted' || event.change === 'columnsInserted' ? 1 : -1;
  const [at, count] = byRows ? [event.area.row, event.area.rows] : [event.area.column, event.area.columns];
  const start = byRows ? area.row : area.column;
  const end = byRows ? lastRow(area) : lastColumn(area);
  const [from, to] = [moved(start, at, count, sign, false), moved(end, at, count, sign, true)];
  const size = Math.max(to - from + 1, 1);
  range.area = byRows ? { ...area, row: from, rows: size } : { ...area, column: from, columns: size };
}

function moved(position: number, at: number, count: number, sign: 1 | -1, isEnd: boolean): number {
  if (position < at) return position;
  if (sign === 1) return position + count;
  return position >= at + count ? position - count : isEnd ? at - 1 : at;
}

/** Events are addressed to sheets and tables by id, and to everything of the workbook as such. */
function targetIdOf(target: RemoteObject): string {
  if (target instanceof TableCollectionObject && target.sheet) return target.sheet.id;
  return target.identity ?? WORKBOOK_TARGET;
}

function tooBig(what: 'Request' | 'Response'): RichApiError {
  return new RichApiError(
    `${what}PayloadSizeLimitExceeded`,
    `The ${what.toLowerCase()} payload size has exceeded the limit.`,
    413,
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function refusal(error: unknown): BatchReply {
  const known =
    error instanceof RichApiError ? error : new RichApiError('GeneralException', String(error), 500);
  return {
    Results: [],
    TraceIds: [],
    Error: {
      Code: known.code,
      Message: known.message,
      Location: '',
      ActionIndex: -1,
      HttpStatusCode: known.httpStatusCode,
    },
  };
}
