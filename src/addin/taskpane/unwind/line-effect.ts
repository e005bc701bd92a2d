import type { ConfirmLine, WorkLineInHand } from '../../../contract/work';
import type { StockChange } from '../../../contract/stock-change';
import { groupBy } from '../../../domain/group-by';
import { quantity, quantityText, zero } from '../../../domain/quantity';

/** What is typed to confirm a line with; nothing where it is confirmed as it says. */
export type TypedPick = Pick<ConfirmLine, 'quantity' | 'lots'>;

/**
 * What the next step of a line changes in the stock as it was read, with what is typed so far: of each stock what the line says it
 * would, by so much as is typed, and lot by lot where lots are.
 */
export function lineEffect({ changes, lots }: WorkLineInHand, typed: TypedPick): StockChange[] {
  if (typed.lots === undefined)
    return typed.quantity === undefined
      ? changes
      : changes.map((each) => changed(each, typed.quantity ?? '0'));
  return typed.lots.flatMap((part) => {
    const there = lots.find(({ lot }) => lot === part.lot);
    return changes.map((each) => {
      const before = (isPick(each) ? there?.onHand : there?.atInput) ?? '0';
      return changed({ ...each, lot: part.lot, before }, part.quantity);
    });
  });
}

/** What confirming all these lines as they say changes in each stock as it was read. */
export function effectOfAll(lines: readonly WorkLineInHand[]): StockChange[] {
  const stocks = groupBy(
    lines.flatMap(({ changes }) => changes),
    ({ item, variant, warehouse, lot }) => JSON.stringify([item, variant, warehouse, lot]),
  );
  return [...stocks.values()].flatMap((changes) => {
    const [first] = changes;
    if (first === undefined) return [];
    const change = changes.reduce((sum, each) => sum.plus(quantity(each.change)), zero);
    return { ...first, change: quantityText(change), after: quantityText(change.plus(first.before)) };
  });
}

/** An open line takes out of the storage, and puts to the input location. */
const isPick = ({ change }: StockChange) => change.startsWith('-');

function changed(each: StockChange, by: string): StockChange {
  const change = isPick(each) ? quantity(by).negated() : quantity(by);
  return {
    ...each,
    change: quantityText(change),
    after: quantityText(quantity(each.before).plus(change)),
  };
}
