import { calendarDate, instant } from '../../../src/domain/calendar';
import { isOrderKey } from '../../../src/domain/order';
import type { DefinitivePrint, PaperOperation, PaperOrder } from '../../../src/domain/papers/paper';
import { quantity } from '../../../src/domain/quantity';

const at = (text: string) => instant(new Date(text));
const time = (minutes: string) => ({ time: quantity(minutes), unit: 'minutes' as const });

/** An operation of one hour, worked on from `hour` to an hour later on 23 November, after what came before. */
export function operation(
  number: number,
  hour: number,
  changes: Partial<PaperOperation> = {},
): PaperOperation {
  const clock = (plus: number) => at(`2026-11-23T${String(hour + plus).padStart(2, '0')}:00:00Z`);
  return {
    ...{ orderLine: 10000, operation: number, nextOperations: null, description: `Operation ${number}` },
    ...{ workCentre: { code: '100', name: 'Assembly' }, machine: null },
    ...{ setup: time('15'), run: time('0.9'), lotSize: quantity('1'), wait: time('0'), move: time('0') },
    ...{ queue: time('0'), inputQuantity: quantity('50') },
    ...{ start: calendarDate('2026-11-23'), end: calendarDate('2026-11-23') },
    ...{ startsAt: clock(0), endsAt: clock(1) },
    work: [
      { kind: 'setup', startsAt: clock(0), endsAt: at(`2026-11-23T${String(hour).padStart(2, '0')}:15:00Z`) },
      { kind: 'run', startsAt: at(`2026-11-23T${String(hour).padStart(2, '0')}:15:00Z`), endsAt: clock(1) },
    ],
    ...changes,
  };
}

/** The same, of which only the days are known. */
export const byDays = (each: PaperOperation): PaperOperation => ({
  ...each,
  startsAt: null,
  endsAt: null,
  work: [],
});

export function paperOrder(changes: Partial<PaperOrder> = {}): PaperOrder {
  const key = '2026/125/0';
  if (!isOrderKey(key)) throw new RangeError(key);
  return {
    ...{ key, state: 'executive', item: 'P-1000', variant: '', description: 'Espresso machine, two groups' },
    ...{ quantity: quantity('50'), unit: 'PC', customer: 'Contoso Coffee' },
    ...{
      start: calendarDate('2026-11-23'),
      end: calendarDate('2026-11-24'),
      due: calendarDate('2026-11-27'),
    },
    site: { code: 'S1', name: 'Plant Verona' },
    lines: [
      {
        orderLine: 10000,
        item: 'P-1000',
        description: 'Espresso machine',
        quantity: quantity('50'),
        unit: 'PC',
      },
    ],
    operations: [operation(10, 8), operation(20, 9), operation(30, 10)],
    prints: [],
    ...changes,
  };
}

export function definitive(
  kind: DefinitivePrint['kind'],
  number: number,
  changes: Partial<DefinitivePrint> = {},
): DefinitivePrint {
  const printedAt = at('2026-11-20T09:00:00Z');
  return {
    ...{ kind, number, copy: 1, printedAt, printedBy: 'planner', firstPrintedAt: printedAt, voidedAt: null },
    ...changes,
  };
}
