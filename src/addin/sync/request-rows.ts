import type { WarehouseRequest } from '../../contract/warehouse-requests';
import { requestText } from '../../language/request-text';
import type { Translate } from '../texts';
import { type Cell, quantityCell, textCell } from './cells';
import type { Column } from './columns';
import { rowKeyText } from './row-key';

/** The columns of the sheet that says what warehouses are asked for. */
export const requestColumns = [
  { field: 'request', header: 'column.request', kind: 'text', width: 140 },
  { field: 'order', header: 'column.order', kind: 'text', width: 84 },
  { field: 'line', header: 'column.line', kind: 'version', width: 48 },
  { field: 'warehouse', header: 'column.warehouse', kind: 'text', width: 150 },
  { field: 'item', header: 'column.item', kind: 'text', width: 96 },
  { field: 'description', header: 'column.description', kind: 'text', width: 170 },
  { field: 'lot', header: 'column.lot', kind: 'text', width: 60 },
  { field: 'quantity', header: 'column.quantity', kind: 'quantity', width: 66 },
  { field: 'remaining', header: 'column.remaining', kind: 'quantity', width: 72 },
  { field: 'unit', header: 'column.unit', kind: 'text', width: 44 },
  { field: 'handled', header: 'column.handled', kind: 'text', width: 60 },
  { field: 'run', header: 'column.run', kind: 'version', width: 48 },
  { field: 'key', header: 'column.key', kind: 'text', width: 84, hidden: true },
] as const satisfies readonly Column<string>[];

export type RequestField = (typeof requestColumns)[number]['field'];
export type RequestCells = Record<RequestField, Cell>;

/** A row for each line of what a company's warehouses are asked for. */
export function requestRows(
  requests: readonly WarehouseRequest[],
  company: string,
  t: Translate,
): RequestCells[] {
  return requests.map((request) => ({
    request: t(requestText(request)),
    order: textCell(request.order),
    line: request.line === 0 ? '' : request.line,
    warehouse: textCell(`${request.warehouse ?? ''} ${request.warehouseName}`.trim()),
    item: textCell(request.variant === '' ? request.item : `${request.item} ${request.variant}`),
    description: textCell(request.description),
    lot: textCell(request.lot),
    quantity: quantityCell(request.quantity),
    remaining: quantityCell(request.remaining),
    unit: textCell(request.unit),
    handled: request.completelyHandled ? t('change.yes') : '',
    run: request.runNumber ?? '',
    key: textCell(`${request.line} ${rowKeyText(request.order, company)}`),
  }));
}
