import type { WarehouseRequest } from '../../contract/warehouse-requests';
import { requestText } from '../../language/request-text';
import { column, decimal, optionalText, type Table, text, whole } from './table';

/** What warehouses are asked for: a row for each line of a request. */
export const warehouseRequestTable: Table<WarehouseRequest> = {
  name: 'sheet.requests',
  columns: [
    column('column.request', 26, (request, { text: t }) => text(t(requestText(request)))),
    column('column.order', 14, ({ order }) => text(order)),
    column('column.line', 8, ({ line }) => (line === 0 ? null : whole(line))),
    column('column.warehouse', 12, ({ warehouse }) => optionalText(warehouse)),
    column('column.warehouseName', 20, ({ warehouseName }) => text(warehouseName)),
    column('column.item', 18, ({ item }) => text(item)),
    column('column.variant', 12, ({ variant }) => text(variant)),
    column('column.description', 32, ({ description }) => text(description)),
    column('column.lot', 12, ({ lot }) => text(lot)),
    column('column.quantity', 12, ({ quantity }) => decimal(quantity)),
    column('column.remaining', 12, ({ remaining }) => decimal(remaining)),
    column('column.unit', 8, ({ unit }) => text(unit)),
    column('column.handled', 12, ({ completelyHandled }, { text: t }) =>
      text(completelyHandled ? t('export.yes') : ''),
    ),
    column('column.run', 8, ({ runNumber }) => whole(runNumber)),
  ],
};
