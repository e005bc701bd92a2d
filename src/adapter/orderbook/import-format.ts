import type { Column, FileFormat } from './import/columns';
import { itemFiles, plantFiles } from './import/master-data-files';
import { orderFiles, stockFiles } from './import/order-files';

const files = { ...plantFiles, ...itemFiles, ...stockFiles, ...orderFiles };

/** A file of a plant folder, by its name without ending. */
export type PlantFile = keyof typeof files;
export type ColumnOf<F extends PlantFile> = keyof (typeof files)[F]['columns'] & string;

/** The files of a plant folder, in the order in which they are written into the book. Described in docs/import.md. */
export const formatOf: { readonly [F in PlantFile]: FileFormat } = files;

// The names of an object literal are the keys of its type.
export const plantFileNames = Object.keys(files) as readonly PlantFile[];

// fromEntries cannot pair each file with its own columns.
/** The columns of a file in the order of the documentation. */
export const columnsOf = Object.fromEntries(
  plantFileNames.map((file) => [file, Object.keys(files[file].columns)]),
) as unknown as { readonly [F in PlantFile]: readonly ColumnOf<F>[] };

export const columnOf = (file: PlantFile, name: string): Column => {
  const column = formatOf[file].columns[name];
  if (column === undefined) throw new RangeError(`${file} has no column ${name}`);
  return column;
};

/** One row to write: every column that is left out is written empty. */
export type RowOf<F extends PlantFile> = Partial<Record<ColumnOf<F>, string | number | boolean>>;

/** The name Launchbook writes a file under; `.csv` and `.csv.gz` are both read. */
export const fileNameOf = (file: PlantFile): string =>
  formatOf[file].large === true ? `${file}.csv.gz` : `${file}.csv`;
