import type { Withdrawal } from '../../contract/withdrawals';
import { column, decimal, type Table, text } from './table';

/** A row of the list: what one order needs from one place. */
export interface PickRow extends Omit<Withdrawal, 'orders'> {
  readonly order: string;
  readonly ofOrder: string;
  /** The first row of its place shows the quantity for all orders together, so that both columns of quantities add up. */
  readonly first: boolean;
}

export async function* pickRows(places: AsyncIterable<readonly Withdrawal[]>): AsyncGenerator<PickRow[]> {
  for await (const batch of places)
    yield batch.flatMap(({ orders, ...place }) =>
      orders.map(({ order, quantity }, index) => ({
        ...place,
        order,
        ofOrder: quantity,
        first: index === 0,
      })),
    );
}

/** The storeman's list: from place to place as one walks, and who needs it. */
export const withdrawalTable: Table<PickRow> = {
  name: 'sheet.withdrawals',
  columns: [
    column('column.warehouse', 12, ({ warehouse }) => text(warehouse)),
    column('column.warehouseName', 20, ({ warehouseName }) => text(warehouseName)),
    column('column.item', 18, ({ item }) => text(item)),
    column('column.variant', 12, ({ variant }) => text(variant)),
    column('column.description', 32, ({ description }) => text(description)),
    column('column.lot', 12, ({ lot }) => text(lot)),
    column('column.toTake', 12, ({ first, quantity }) => (first ? decimal(quantity) : null)),
    column('column.unit', 8, ({ unit }) => text(unit)),
    column('column.order', 14, ({ order }) => text(order)),
    column('column.ofOrder', 12, ({ ofOrder }) => decimal(ofOrder)),
  ],
};
