import type { CalendarDate } from '../calendar';
import { one, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import { unitFactor, type RoutingOperation } from './master-data';
import { operationSequence, type OperationSequence } from './operation-sequence';
import { operationTimes } from './operation-times';
import type { OrderLine } from './order-content';
import type { Plant } from './plant';
import type { Step } from './schedule';
import { accumulatedScrap, inputQuantity, noScrap, type AccumulatedScrap } from './scrap';
import { versionOn } from './version-on';

/** The operations of a line, ready to be scheduled. */
export interface LineOperations<T extends RoutingOperation = RoutingOperation> {
  readonly sequence: OperationSequence<LineStep<T>>;
  /** What a material's operation adds to the need; without one that of the first operation. */
  readonly scrapAt: (operation: number | null) => AccumulatedScrap;
}

export interface LineStep<T extends RoutingOperation = RoutingOperation> extends Step {
  readonly of: T;
  readonly nextOperations: readonly number[] | null;
  readonly inputQuantity: Quantity;
}

export type Refused = { readonly refusals: readonly Refusal[] };

/** REF-09: the operations of a routing's certified version that is valid on the day. */
export function copiedOperations(
  { masters }: Plant,
  routing: string | null,
  day: CalendarDate,
): { readonly version: string | null; readonly operations: readonly RoutingOperation[] } | Refused {
  if (routing === null) return { version: null, operations: [] };
  const version = versionOn(masters.routings.get(routing) ?? [], day);
  if (version) return version;
  return { refusals: [refusal('REF-09', { routing, date: day, context: 'routing' })] };
}

/** REF-11: puts the operations of a line in sequence and works out what each takes. */
export function lineOperations<T extends RoutingOperation>(
  plant: Plant,
  line: OrderLine,
  operations: readonly T[],
): LineOperations<T> | Refused {
  const sequence = operationSequence(operations);
  if ('broken' in sequence) {
    const params = { routing: line.routing ?? '', operation: String(sequence.broken), context: 'sequence' };
    return { refusals: [refusal('REF-11', params)] };
  }
  const scrap = accumulatedScrap(sequence);
  const pieces = baseQuantity(plant, line);
  const steps = operations.map((of): LineStep<T> => {
    const input = inputQuantity(pieces, line.scrap, scrap.get(of.operation) ?? noScrap);
    const centre = plant.centre(of.workCentre, of.machine);
    const { operation, nextOperations } = of;
    return {
      of,
      operation,
      nextOperations,
      centre,
      times: operationTimes(of, input, centre),
      inputQuantity: input,
    };
  });
  const stepOf = new Map(steps.map((step) => [step.operation, step]));
  const stepsOf = (list: readonly T[]) => list.flatMap(({ operation }) => stepOf.get(operation) ?? []);
  const first = sequence.forward[0]?.operation;
  return {
    sequence: {
      forward: stepsOf(sequence.forward),
      backward: stepsOf(sequence.backward),
      before: (operation) => stepsOf(sequence.before(operation)),
      after: (operation) => stepsOf(sequence.after(operation)),
    },
    scrapAt: (operation) => scrap.get(operation ?? first ?? 0) ?? noScrap,
  };
}

/** What a line makes in the item's base unit. */
function baseQuantity({ masters }: Plant, { item, unit, quantity }: OrderLine): Quantity {
  const facts = masters.items.get(item);
  return quantity.times((facts && unitFactor(facts, unit)) ?? one);
}

/** The operation that a routing link stands for: the first of several. */
export function linkedOperation(operations: readonly RoutingOperation[], link: string): number | null {
  if (link === '') return null;
  const linked = operations.filter(({ routingLink }) => routingLink === link);
  return linked.length === 0 ? null : Math.min(...linked.map(({ operation }) => operation));
}

/** No operation at all. */
export const noOperations: LineOperations<never> = {
  sequence: { forward: [], backward: [], before: () => [], after: () => [] },
  scrapAt: () => ({ factor: zero, fixed: zero }),
};
