import type { OrderRow } from '../../contract/orders';
import { column, day, decimal, optionalText, type Table, text, time, whole } from './table';

/** Orders as a file: a row each. */
export const orderTable: Table<OrderRow> = {
  name: 'sheet.orders',
  columns: [
    column('column.order', 14, ({ key }) => text(key)),
    column('column.state', 12, ({ state }, { text: t }) => text(t(`state.${state}`))),
    column('column.item', 18, ({ item }) => text(item)),
    column('column.variant', 12, ({ variant }) => text(variant)),
    column('column.description', 32, ({ description }) => text(description)),
    column('column.quantity', 12, ({ quantity }) => decimal(quantity)),
    column('column.quantityProduced', 12, ({ quantityProduced }) => decimal(quantityProduced)),
    column('column.unit', 8, ({ unit }) => text(unit)),
    column('column.start', 12, ({ start }) => day(start)),
    column('column.end', 12, ({ end }) => day(end)),
    column('column.due', 12, ({ due }) => day(due)),
    column('column.workCentre', 14, ({ workCentre }) => text(workCentre)),
    column('column.site', 8, ({ site }) => text(site)),
    column('column.customer', 24, ({ customer }) => text(customer)),
    column('column.jobOrder', 14, ({ jobOrder }) => text(jobOrder)),
    column('column.jobOrderType', 12, ({ jobOrderType }) => text(jobOrderType)),
    column('column.salesOrder', 14, ({ salesOrder }) => text(salesOrder)),
    column('column.project', 16, ({ project }) => text(project)),
    column('column.bomLevel', 8, ({ bomLevel }) => whole(bomLevel)),
    column('column.mandatory', 10, ({ mandatory }, { text: t }) => text(mandatory ? t('export.yes') : '')),
    column('column.printedOn', 12, ({ printedOn }) => day(printedOn)),
    column('column.hold', 20, ({ holdReason }) => optionalText(holdReason)),
    time('column.releasedAt', ({ releasedAt }) => releasedAt),
    column('column.releasedBy', 14, ({ releasedBy }) => optionalText(releasedBy)),
    column('column.run', 8, ({ runNumber }) => whole(runNumber)),
  ],
};
