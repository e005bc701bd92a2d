import type { RunSummary } from '../../contract/runs';
import type { Withdrawal } from '../../contract/withdrawals';
import type { Formats } from '../../language/formats';
import type { TextKey } from '../../language/text';
import type { Translate } from '../texts';
import { type Cell, quantityCell, textCell } from './cells';

/** What a storeman takes from the shelves for the orders of a run. */
export interface WithdrawalPaper {
  /** As people call it. */
  readonly company: string;
  readonly run: RunSummary;
  /** In the order one walks. */
  readonly places: readonly Withdrawal[];
}

interface PaperColumn {
  readonly header: TextKey;
  readonly kind: 'text' | 'quantity';
  /** Points. */
  readonly width: number;
}

/** The last one is for the storeman's pen. */
export const paperColumns: readonly PaperColumn[] = [
  { header: 'column.warehouse', kind: 'text', width: 130 },
  { header: 'column.item', kind: 'text', width: 96 },
  { header: 'column.description', kind: 'text', width: 156 },
  { header: 'column.lot', kind: 'text', width: 60 },
  { header: 'column.toTake', kind: 'quantity', width: 72 },
  { header: 'column.unit', kind: 'text', width: 44 },
  { header: 'column.order', kind: 'text', width: 84 },
  { header: 'column.ofOrder', kind: 'quantity', width: 102 },
  { header: 'column.taken', kind: 'text', width: 60 },
];

/** The two lines above the table: which list this is, and of when. */
export function paperHead({ company, run }: WithdrawalPaper, t: Translate, formats: Formats): string[] {
  return [
    t('sheet.withdrawals.title', { number: run.number }),
    t('sheet.withdrawals.of', { company, user: run.actor, at: formats.moment(run.openedAt) }),
  ].map(textCell);
}

/** Rows of the list, counted from 0, at which a warehouse begins; the first one is not among them. */
export function warehouseStarts({ places }: WithdrawalPaper): number[] {
  let row = 0;
  return places.flatMap(({ warehouse, orders }, at) => {
    const starts = at > 0 && places[at - 1]?.warehouse !== warehouse ? [row] : [];
    row += orders.length;
    return starts;
  });
}

/** A row for each order that needs something from a place; the first one says what is to be taken for all of them together. */
export function paperRows({ places }: WithdrawalPaper, t: Translate): Cell[][] {
  if (places.length === 0)
    return [paperColumns.map((_column, at) => (at === 0 ? t('sheet.withdrawals.none') : ''))];
  return places.flatMap(
    ({ warehouse, warehouseName, item, variant, description, lot, quantity, unit, orders }) =>
      orders.map((ofOrder, at) => [
        ...(at === 0
          ? [
              textCell(`${warehouse} ${warehouseName}`.trim()),
              textCell(variant === '' ? item : `${item} ${variant}`),
              textCell(description),
              textCell(lot),
              quantityCell(quantity),
            ]
          : ['', '', '', '', '']),
        textCell(unit),
        textCell(ofOrder.order),
        quantityCell(ofOrder.quantity),
        '',
      ]),
  );
}
