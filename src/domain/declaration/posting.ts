import type { ClosedDay } from '../closed-period';
import type { OrderHeader } from '../order';
import { quantityText, zero, type Quantity } from '../quantity';
import { refusal, type Refusal } from '../refusals';
import type { StockKey } from '../release/stock';

/** A movement that a registration posts, or that a rollback takes back. Line 0 is the output. */
export interface StockMove {
  readonly line: number;
  /** Line of the picking work that it is picked with; left out for what no work picks. */
  readonly workLine?: number | undefined;
  readonly direction: 'load' | 'unload';
  readonly item: string;
  readonly variant: string;
  /** Empty: no lot is known. */
  readonly lot: string;
  readonly lotManaged: boolean;
  readonly unit: string;
  /** Above zero. */
  readonly quantity: Quantity;
  readonly warehouse: string;
  readonly reason: string;
  readonly stock: StockKey;
  readonly onHand: Quantity;
  /** The shortage policy, the company and the warehouse all let this stock go below zero, and it is not lot-managed. */
  readonly mayGoNegative: boolean;
}

/** A line for which no warehouse with a fitting reason for production was found. */
export type UnresolvedMove = Pick<StockMove, 'line' | 'item'>;

/** What registering or rolling back a declaration would move, beside the stock it meets. */
export interface StockEffect {
  readonly moves: readonly StockMove[];
  readonly unresolved: readonly UnresolvedMove[];
  /** Closed days among those that the moves have in their warehouses. */
  readonly closed: readonly ClosedDay[];
}

/**
 * What keeps a registration from posting. Rules: DEC-10 to DEC-13. Source: Fluentis, warehouse parameters and production
 * declarations.
 */
export function refusalsOfPosting({ key }: OrderHeader, effect: StockEffect): Refusal[] {
  const { moves, unresolved, closed } = effect;
  const ofLine = (code: 'DEC-10' | 'DEC-13', { line, item }: UnresolvedMove) =>
    refusal(code, { order: key, line: String(line), item, ...(line === OUTPUT && { context: 'output' }) });
  return [
    ...unresolved.map((move) => ofLine('DEC-10', move)),
    ...below(
      moves.filter((move) => move.direction === 'unload' && !lacksLot(move)),
      'DEC-11',
    ),
    ...closed.map((day) => closedDay(day)),
    ...moves.filter(lacksLot).map((move) => ofLine('DEC-13', move)),
  ];
}

/** Which stock it moves is not known. */
const lacksLot = ({ lotManaged, lot }: StockMove) => lotManaged && lot === '';

/** What keeps a rollback from taking back what a registration moved. Rules: DEC-09 and DEC-12. */
export function refusalsOfTakingBack({ moves, closed }: StockEffect): Refusal[] {
  return [
    ...below(reversed(moves), 'DEC-09'),
    ...closed.map((day) => closedDay(day, { context: 'takeBack' })),
  ];
}

/** The line of the output; material lines count from 1. */
export const OUTPUT = 0;

/** What takes these moves back. */
export function reversed(moves: readonly StockMove[]): StockMove[] {
  return moves.map((move) => ({ ...move, direction: move.direction === 'load' ? 'unload' : 'load' }));
}

/** What moves change in each stock, beside one of them; positive raises the stock. */
export function changesOf(moves: readonly StockMove[]): { move: StockMove; change: Quantity }[] {
  const byStock = new Map<StockKey, { move: StockMove; change: Quantity }>();
  for (const move of moves) {
    const change = move.direction === 'load' ? move.quantity : move.quantity.negated();
    byStock.set(move.stock, { move, change: (byStock.get(move.stock)?.change ?? zero).plus(change) });
  }
  return [...byStock.values()];
}

/** DEC-09, DEC-11, WRK-07: what these moves together take out of a stock must be in it unless it may go below zero. */
export function below(moves: readonly StockMove[], code: 'DEC-09' | 'DEC-11' | 'WRK-07'): Refusal[] {
  return changesOf(moves).flatMap(({ move, change }) => {
    const { item, variant, warehouse, lot, unit, onHand, mayGoNegative } = move;
    const taken = change.negated();
    if (mayGoNegative || taken.lte(0) || taken.lte(onHand)) return [];
    const available = onHand.isNegative() ? zero : onHand;
    return [
      refusal(code, {
        ...{ item, variant, warehouse, lot, unit },
        need: quantityText(taken),
        available: quantityText(available),
        short: quantityText(taken.minus(available)),
      }),
    ];
  });
}

/** DEC-12: nothing is posted into a closed period, and nothing taken back from one. */
function closedDay({ warehouse, day, from, to }: ClosedDay, context = {}): Refusal {
  return refusal('DEC-12', { warehouse, date: day, from, to, ...context });
}
