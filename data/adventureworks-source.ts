import { readRows, text, type SourceRow } from './source-rows';

export interface SourceProduct {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly made: boolean;
  /** Empty for parts that are in no catalogue group. */
  readonly subcategory: string;
}

export interface SourceBomLine {
  readonly id: number;
  readonly assembly: string;
  readonly component: string;
  readonly unit: string;
  readonly quantity: number;
  readonly from: string;
  /** Last day of validity, empty while the line is open. */
  readonly to: string;
}

export interface SourceOrder {
  readonly id: number;
  readonly product: string;
  readonly ordered: number;
  readonly stocked: number;
  readonly scrapped: number;
  readonly start: string;
  readonly end: string;
  readonly due: string;
}

export interface SourceOperation {
  readonly order: number;
  readonly sequence: number;
  readonly location: number;
  readonly scheduledStart: string;
  readonly scheduledEnd: string;
  readonly actualStart: string;
}

export interface Source {
  readonly products: readonly SourceProduct[];
  readonly locations: readonly {
    readonly id: number;
    readonly name: string;
    readonly availability: number;
  }[];
  readonly inventory: readonly {
    readonly product: string;
    readonly location: number;
    readonly quantity: number;
  }[];
  readonly bomLines: readonly SourceBomLine[];
  readonly orders: readonly SourceOrder[];
  readonly operations: readonly SourceOperation[];
}

/** All quantities of the source are whole numbers, so plain numbers are exact here. */
function whole(row: SourceRow, column: string): number {
  const value = Number(text(row, column));
  if (!Number.isSafeInteger(value)) throw new Error(`${column} is not a whole number: ${text(row, column)}.`);
  return value;
}

/** Reads the source folder. Errors: a file or a column is missing, a number is not whole. */
export function readSource(folder: string): Source {
  const subcategories = new Map(
    readRows(folder, 'product_subcategories.csv').map((row) => [
      text(row, 'product_subcategory_id'),
      text(row, 'name'),
    ]),
  );
  return {
    products: readRows(folder, 'products.csv').map((row) => ({
      id: text(row, 'product_id'),
      number: text(row, 'product_number'),
      name: text(row, 'name'),
      made: text(row, 'make_flag') === 'true',
      subcategory: subcategories.get(text(row, 'product_subcategory_id')) ?? '',
    })),
    locations: readRows(folder, 'locations.csv').map((row) => ({
      id: whole(row, 'location_id'),
      name: text(row, 'name'),
      availability: whole(row, 'availability'),
    })),
    inventory: readRows(folder, 'product_inventory.csv').map((row) => ({
      product: text(row, 'product_id'),
      location: whole(row, 'location_id'),
      quantity: whole(row, 'quantity'),
    })),
    bomLines: readRows(folder, 'bill_of_materials.csv').map((row) => ({
      id: whole(row, 'bill_of_materials_id'),
      assembly: text(row, 'product_assembly_id'),
      component: text(row, 'component_id'),
      unit: text(row, 'unit_measure_code'),
      quantity: whole(row, 'per_assembly_qty'),
      from: text(row, 'start_date'),
      to: text(row, 'end_date'),
    })),
    orders: readRows(folder, 'work_orders.csv.gz').map((row) => ({
      id: whole(row, 'work_order_id'),
      product: text(row, 'product_id'),
      ordered: whole(row, 'order_qty'),
      stocked: whole(row, 'stocked_qty'),
      scrapped: whole(row, 'scrapped_qty'),
      start: text(row, 'start_date'),
      end: text(row, 'end_date'),
      due: text(row, 'due_date'),
    })),
    operations: readRows(folder, 'work_order_routings.csv.gz').map((row) => ({
      order: whole(row, 'work_order_id'),
      sequence: whole(row, 'operation_sequence'),
      location: whole(row, 'location_id'),
      scheduledStart: text(row, 'scheduled_start_date'),
      scheduledEnd: text(row, 'scheduled_end_date'),
      actualStart: text(row, 'actual_start_date'),
    })),
  };
}
