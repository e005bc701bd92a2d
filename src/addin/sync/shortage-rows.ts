import type { Preview, Shortage, Supply } from '../../contract/runs';
import { quantity } from '../../domain/quantity';
import type { Translate } from '../texts';
import { type Cell, type DateSystem, quantityCell, serialOfDay, textCell } from './cells';
import type { Column } from './columns';
import { rowKeyText } from './row-key';

/** The columns of the sheet that says which materials are short for which orders. */
export const shortageColumns = [
  { field: 'item', header: 'column.item', kind: 'text', width: 96 },
  { field: 'description', header: 'column.description', kind: 'text', width: 170 },
  { field: 'warehouse', header: 'column.warehouse', kind: 'text', width: 76 },
  { field: 'lot', header: 'column.lot', kind: 'text', width: 60 },
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'need', header: 'column.need', kind: 'quantity', width: 80 },
  { field: 'available', header: 'column.available', kind: 'quantity', width: 84 },
  { field: 'short', header: 'column.short', kind: 'quantity', width: 72 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 44 },
  { field: 'supply', header: 'column.nextSupply', kind: 'text', width: 110 },
  { field: 'supplied', header: 'column.supplyQuantity', kind: 'quantity', width: 74 },
  { field: 'supplyOn', header: 'column.supplyOn', kind: 'date', width: 76 },
  { field: 'maker', header: 'column.subOrder', kind: 'text', width: 90 },
  { field: 'makerEnds', header: 'column.subOrderEnd', kind: 'date', width: 116 },
  { field: 'coveredOn', header: 'column.coveredOn', kind: 'date', width: 98 },
  { field: 'feasibleOn', header: 'column.feasibleOn', kind: 'date', width: 82 },
  { field: 'key', header: 'column.key', kind: 'text', width: 84, hidden: true },
] as const satisfies readonly Column<string>[];

export type ShortageField = (typeof shortageColumns)[number]['field'];
export type ShortageCells = Record<ShortageField, Cell>;

/** A row for each order that a material is short for: most missing first, in the sequence stock is given out. */
export function shortageRows(
  { shortages, outcomes }: Pick<Preview, 'shortages' | 'outcomes'>,
  company: string,
  t: Translate,
  system: DateSystem,
): ShortageCells[] {
  const feasible = new Map(outcomes.map(({ key, feasibleOn }) => [key, feasibleOn ?? null]));
  const day = (of: Supply['on'] | null): Cell => (of === null ? '' : serialOfDay(of, system));
  return shortages.flatMap((shortage) =>
    shortage.orders.map((order): ShortageCells => {
      const [next] = shortage.supplies;
      const maker = order.subOrder ?? shortage.maker;
      return {
        item: textCell(itemText(shortage)),
        description: textCell(shortage.description),
        warehouse: textCell(shortage.warehouse),
        lot: textCell(shortage.lot),
        order: textCell(order.key),
        need: quantityCell(order.need),
        available: quantityCell(order.available),
        short: quantityCell(order.short),
        unit: textCell(shortage.unit),
        supply: next === undefined ? t('supply.none') : textCell(supplyText(next, t)),
        supplied: next === undefined ? '' : quantityCell(next.quantity),
        supplyOn: day(next?.on ?? null),
        maker: textCell(maker?.document ?? ''),
        makerEnds: day(maker?.on ?? null),
        coveredOn: day(order.feasibleOn),
        feasibleOn: day(feasible.get(order.key) ?? null),
        key: textCell(
          `${shortage.warehouse} ${shortage.lot} ${itemText(shortage)} ${rowKeyText(order.key, company)}`,
        ),
      };
    }),
  );
}

export function itemText({ item, variant }: Pick<Shortage, 'item' | 'variant'>): string {
  return variant === '' ? item : `${item} ${variant}`;
}

/** `Purchase PO-1` */
export function supplyText({ kind, document }: Supply, t: Translate): string {
  return `${t(`supply.${kind}`)} ${document}`;
}

/** Materials of the chart at most. */
const MOST_CHARTED = 15;

/** What the chart shows, most missing first: item, what there is and what is missing, as far as these are numbers. */
export function chartedShortages(
  shortages: readonly Shortage[],
): [item: string, available: number, missing: number][] {
  return shortages
    .slice(0, MOST_CHARTED)
    .map((shortage) => [
      textCell(itemText(shortage)),
      quantity(shortage.available).toNumber(),
      quantity(shortage.missing).toNumber(),
    ]);
}
