/** The files of a plant in the import format, each with its columns in order. Described in data/README.md. */
export const columnsOf = {
  sites: ['site', 'name'],
  work_centres: ['work_centre', 'name', 'site'],
  warehouses: ['warehouse', 'name', 'site', 'negative_stock'],
  reasons: ['warehouse', 'reason', 'name', 'direction', 'production'],
  withdrawal_defaults: ['site', 'section', 'warehouse', 'reason'],
  items: [
    'item',
    'description',
    'category',
    'unit',
    'procurement',
    'pickup_type',
    'warehouse',
    'reason',
    'stock_managed',
    'lot_managed',
    'blocked',
    'decimals',
  ],
  stock: ['item', 'variant', 'warehouse', 'lot', 'quantity'],
  boms: ['item', 'line', 'component', 'unit', 'quantity', 'valid_from', 'valid_to'],
  orders: [
    'year',
    'number',
    'lot',
    'item',
    'variant',
    'quantity',
    'unit',
    'start',
    'end',
    'due',
    'work_centre',
    'customer',
    'site',
    'job_order',
    'state',
    'origin',
    'released_on',
    'quantity_produced',
  ],
  order_materials: [
    'year',
    'number',
    'lot',
    'line',
    'item',
    'variant',
    'item_lot',
    'unit',
    'quantity_per',
    'fixed',
    'quantity',
    'warehouse',
    'reason',
    'operation',
    'usage_date',
  ],
  order_operations: [
    'year',
    'number',
    'lot',
    'operation',
    'work_centre',
    'description',
    'start',
    'end',
    'productive',
    'movable',
  ],
  movements: [
    'year',
    'number',
    'lot',
    'line',
    'part',
    'item',
    'variant',
    'item_lot',
    'warehouse',
    'reason',
    'quantity',
    'unit',
    'posted_on',
  ],
  declarations: [
    'year',
    'number',
    'lot',
    'declaration',
    'operation',
    'quantity',
    'scrap',
    'closing',
    'opened_on',
    'registered_on',
  ],
} as const satisfies Record<string, readonly string[]>;

export type PlantFile = keyof typeof columnsOf;

/** One row of a file: every column that is left out is written empty. */
export type RowOf<F extends PlantFile> = Partial<
  Record<(typeof columnsOf)[F][number], string | number | boolean>
>;

/** The files that grow with the number of orders; they are kept compressed. */
export const compressedFiles: ReadonlySet<PlantFile> = new Set([
  'orders',
  'order_materials',
  'order_operations',
  'movements',
  'declarations',
]);

export const fileNameOf = (file: PlantFile): string =>
  compressedFiles.has(file) ? `${file}.csv.gz` : `${file}.csv`;
