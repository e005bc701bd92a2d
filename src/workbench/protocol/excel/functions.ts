import { generalException } from '../errors';
import { RemoteObject } from '../remote-object';
import type { ExcelContext } from './context';

const MS_PER_DAY = 86_400_000;
/** Day 0 of the two calendars a workbook may have. That of 1900 holds from its March on. */
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/** `workbook.functions`: worksheet functions without a cell. Those that are not here fail loudly. */
export class FunctionsObject extends RemoteObject {
  readonly className = 'Functions';

  constructor(private readonly context: ExcelContext) {
    super();
  }

  date(year: unknown, month: unknown, day: unknown): FunctionResultObject {
    if (this.context.faults.refusesFunctions) throw generalException('Functions are not computed here.');
    const zero = DAY_ZERO[this.context.faults.countsDaysFrom1904 ? 1904 : 1900];
    const time = Date.UTC(Number(year), Number(month) - 1, Number(day));
    return new FunctionResultObject((time - zero) / MS_PER_DAY);
  }
}

/** What a function answered. */
export class FunctionResultObject extends RemoteObject {
  readonly className = 'FunctionResult';
  readonly error = '';

  constructor(readonly value: number) {
    super();
  }
}
