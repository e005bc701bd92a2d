import type { Movement } from '../../contract/movements';
import { column, day, decimal, optionalText, type Table, text, time, whole } from './table';

/** Movements as a file: a row each. Quantities are positive; the direction says whether stock fell or rose. */
export const movementTable: Table<Movement> = {
  name: 'sheet.movements',
  columns: [
    column('column.run', 8, ({ runNumber }) => whole(runNumber)),
    column('column.order', 14, ({ order }) => text(order)),
    column('column.line', 8, ({ line }) => whole(line)),
    column('column.item', 18, ({ item }) => text(item)),
    column('column.variant', 12, ({ variant }) => text(variant)),
    column('column.description', 32, ({ description }) => text(description)),
    column('column.warehouse', 12, ({ warehouse }) => text(warehouse)),
    column('column.reason', 10, ({ reason }) => text(reason)),
    column('column.direction', 10, ({ direction }, { text: t }) => text(t(`direction.${direction}`))),
    column('column.movementQuantity', 12, ({ quantity }) => decimal(quantity)),
    column('column.unit', 8, ({ unit }) => text(unit)),
    column('column.lot', 12, ({ lot }) => text(lot)),
    column('column.date', 12, ({ postedOn }) => day(postedOn)),
    column('column.record', 10, ({ record }) => whole(record)),
    time('column.postedAt', ({ postedAt }) => postedAt),
    column('column.postedBy', 14, ({ postedBy }) => text(postedBy)),
    column('column.status', 12, ({ status }, { text: t }) => text(t(`sheet.status.${status}`))),
    time('column.restoredAt', ({ restoredAt }) => restoredAt),
    column('column.restoredBy', 14, ({ restoredBy }) => optionalText(restoredBy)),
    column('column.movement', 20, ({ id }) => text(id)),
  ],
};
