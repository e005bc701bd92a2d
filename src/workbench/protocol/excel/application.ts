import { RemoteObject } from '../remote-object';
import type { ExcelContext } from './context';
import type { CultureInfo } from './culture';

export class ApplicationObject extends RemoteObject {
  readonly className = 'Application';
  calculationMode = 'Automatic';
  readonly cultureInfo: CultureInfoObject;

  constructor(
    private readonly context: ExcelContext,
    private readonly culture: CultureInfo,
  ) {
    super();
    this.cultureInfo = new CultureInfoObject(culture);
  }

  get calculationState(): string {
    return 'Done';
  }

  get decimalSeparator(): string {
    return this.culture.decimal;
  }

  get thousandsSeparator(): string {
    return this.culture.group;
  }

  get useSystemSeparators(): boolean {
    return true;
  }

  calculate(): Promise<void> {
    return this.context.workbook.settled();
  }

  /** Formulas are calculated when they are read, so there is nothing to hold back until the next sync. */
  suspendApiCalculationUntilNextSync(): void {
    return undefined;
  }

  /** The screen is drawn between batches only. */
  suspendScreenUpdatingUntilNextSync(): void {
    return undefined;
  }

  createWorkbook(base64: unknown): WorkbookCreatedObject {
    return new WorkbookCreatedObject(this.context, typeof base64 === 'string' ? base64 : undefined);
  }
}

/** A new workbook before it is opened; opening hands the file to whoever hosts this Excel. */
export class WorkbookCreatedObject extends RemoteObject {
  readonly className = 'WorkbookCreated';

  constructor(
    private readonly context: ExcelContext,
    private readonly base64: string | undefined,
  ) {
    super();
  }

  get id(): string {
    return 'workbook-created';
  }

  override get identity(): string {
    return this.id;
  }

  open(): void {
    this.context.openWorkbook(this.base64);
  }
}

export class RuntimeObject extends RemoteObject {
  readonly className = 'Runtime';

  constructor(private readonly context: ExcelContext) {
    super();
  }

  get enableEvents(): boolean {
    return this.context.runtime.enableEvents;
  }

  set enableEvents(enabled: boolean) {
    this.context.runtime.enableEvents = enabled;
  }
}

export class CultureInfoObject extends RemoteObject {
  readonly className = 'CultureInfo';
  readonly numberFormat: NumberFormatInfoObject;

  constructor(private readonly culture: CultureInfo) {
    super();
    this.numberFormat = new NumberFormatInfoObject(culture);
  }

  get name(): string {
    return this.culture.name;
  }
}

export class NumberFormatInfoObject extends RemoteObject {
  readonly className = 'NumberFormatInfo';

  constructor(private readonly culture: CultureInfo) {
    super();
  }

  get numberDecimalSeparator(): string {
    return this.culture.decimal;
  }

  get numberGroupSeparator(): string {
    return this.culture.group;
  }
}
